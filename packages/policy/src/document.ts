// The documents as TypeScript sees them, made from the normative schema/*.schema.json; some have a longer name here.
import type { GoldenTests, List, Policy, PolicySet, Vocabulary } from "./document.generated.ts";

export type {
  Citation,
  Connector,
  Effect as RuleEffect,
  GoldenTest,
  LegalBasis,
  ListSelector,
  Notice,
  Party,
  Rule,
  Schedule,
  Scope,
  Selector,
  State,
  StateChange,
  Term,
  TestOfSet,
  Texts,
  Waiver,
  Window as ScheduleWindow,
} from "./document.generated.ts";

/** Rules by one issuer. */
export type PolicyDocument = Policy;
/** The operator's ordered layers: what one enforcement point enforces. */
export type PolicySetDocument = PolicySet;
/** A list in a foreign format, by digest. */
export type ListDocument = List;
/** Terms that policies share. */
export type VocabularyDocument = Vocabulary;
/** Golden tests in a file of their own. */
export type GoldenTestsDocument = GoldenTests;

/** Each kind of document with its type. */
export interface DocumentOfKind {
  readonly policy: PolicyDocument;
  readonly "policy-set": PolicySetDocument;
  readonly list: ListDocument;
  readonly vocabulary: VocabularyDocument;
  readonly "golden-tests": GoldenTestsDocument;
}

/** A kind of document. */
export type DocumentKind = keyof DocumentOfKind;

/** A document and its kind. */
export type KindedDocument = {
  readonly [Kind in DocumentKind]: { readonly kind: Kind; readonly document: DocumentOfKind[Kind] };
}[DocumentKind];
