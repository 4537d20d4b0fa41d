export { type CompileResult, compile } from "./compile.ts";
export type { CompileInput, CompileStats, Diagnostic } from "./compile-input.ts";
export {
  type GoldenResult,
  type RunOptions,
  runGoldenTests,
  runTestsOfSet,
  type SetTestResult,
  type TestOutcome,
} from "./golden-tests.ts";
export { readSelectedList } from "./read-selected-list.ts";
export {
  COVERAGE_CASES,
  type CoverageCase,
  coverageOf,
  joinCoverage,
  type RuleCoverage,
  type TestCoverage,
} from "./test-coverage.ts";
