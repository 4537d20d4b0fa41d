export { findTerm, isKnownTerm, vocabularies } from "./vocabulary.ts";
