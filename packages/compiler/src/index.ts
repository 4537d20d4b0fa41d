export { type CompileResult, compile } from "./compile.ts";
export type { CompileInput, CompileStats, Diagnostic } from "./compile-input.ts";
export { type GoldenResult, runGoldenTests } from "./golden-tests.ts";
