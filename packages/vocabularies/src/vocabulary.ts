import type { Term, VocabularyDocument } from "@demarc/policy";
import { VOCABULARIES } from "./vocabularies.generated.ts";

/** Every vocabulary of this package, as its document says it. */
export const vocabularies: readonly VocabularyDocument[] = VOCABULARIES;

/** A term by its id, or null. An id is in one vocabulary only. */
export function findTerm(id: string): Term | null {
  for (const vocabulary of vocabularies) {
    const found = vocabulary.terms.find((term) => term.id === id);
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether some vocabulary has the term; for the lints of `@demarc/policy`. */
export function isKnownTerm(id: string): boolean {
  return findTerm(id) !== null;
}

/** Whether the vocabulary of aims has the term: what a restriction may be for; for the lints of `@demarc/policy`. */
export function isKnownAim(id: string): boolean {
  return AIMS.has(id);
}

const AIMS = new Set(vocabularies.find(({ id }) => id.endsWith("/aims"))?.terms.map(({ id }) => id));
