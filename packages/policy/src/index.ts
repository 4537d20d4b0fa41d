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
