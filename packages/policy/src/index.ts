export type {
  Citation,
  GoldenTest,
  LegalBasis,
  Notice,
  Party,
  PolicyDocument,
  PolicySetDocument,
  Rule,
  RuleEffect,
  Selector,
  Texts,
} from "./document.ts";
export { type DataIssue, MAX_TEXT_CHARS, type ParsedData, type Position, parseData } from "./parse-data.ts";
