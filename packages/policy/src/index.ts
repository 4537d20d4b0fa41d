// Text to a document

// One form, one name
export { canonicalize, digestOf } from "./canonical.ts";
// The documents
export type {
  Citation,
  Connector,
  DocumentKind,
  GoldenTest,
  GoldenTestsDocument,
  KindedDocument,
  LegalBasis,
  ListDocument,
  ListSelector,
  Notice,
  Party,
  PolicyDocument,
  PolicySetDocument,
  Rule,
  RuleEffect,
  Schedule,
  ScheduleWindow,
  Scope,
  Selector,
  State,
  StateChange,
  Term,
  TestOfSet,
  Texts,
  VocabularyDocument,
  Waiver,
} from "./document.ts";
export { formatDocument } from "./format-document.ts";
// Is it well founded?
export { lintText } from "./lint-text.ts";
export { LINTS, type Lint, type LintCode } from "./lints/lint-catalogue.ts";
export type { LintContext, SuffixKnowledge } from "./lints/lint-context.ts";
export { lintDocument } from "./lints/lint-document.ts";
export { type DataIssue, MAX_TEXT_CHARS, type ParsedData, type Position, parseData } from "./parse-data.ts";
export type { Fault, PolicyIssue } from "./policy-issue.ts";
export { type ReadDocument, type ReadOptions, readDocument } from "./read-document.ts";
export type { Knowledge } from "./sense-of-facts.ts";
export { type AppliedWaiver, applyWaivers, type WaivableFinding } from "./waivers.ts";
