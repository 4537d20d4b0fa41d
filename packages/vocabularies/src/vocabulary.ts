import { VOCABULARIES } from "./vocabularies.generated.ts";

/** One term: `id` is what documents write. */
export interface Term {
  readonly id: string;
  readonly title: string;
}

/** A set of terms with its owner, version and source. */
export interface Vocabulary {
  /** A URI with the major version only; a released one never changes meaning. */
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly licence: string;
  readonly stability: string;
  readonly version: string;
  readonly source: string;
  readonly terms: readonly Term[];
}

/** Every vocabulary of this package. */
export const vocabularies: readonly Vocabulary[] = VOCABULARIES;

/** A term by its id, or null. */
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
