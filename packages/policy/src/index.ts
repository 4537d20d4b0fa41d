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
export { type LintContext, lintPolicy } from "./lint-policy.ts";
export { lintText } from "./lint-text.ts";
export { type DataIssue, MAX_TEXT_CHARS, type ParsedData, type Position, parseData } from "./parse-data.ts";
export type { Fault, PolicyIssue } from "./policy-issue.ts";
export { type ReadDocument, type ReadOptions, readDocument } from "./read-document.ts";
export type { Knowledge } from "./sense-of-facts.ts";
