export { findTerm, isKnownTerm, type Term, type Vocabulary, vocabularies } from "./vocabulary.ts";
