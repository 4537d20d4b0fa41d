export { findTerm, isKnownAim, isKnownTerm, vocabularies } from "./vocabulary.ts";
