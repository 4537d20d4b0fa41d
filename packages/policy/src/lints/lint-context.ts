import type { SuffixesBelow, SuffixSection } from "@demarc/net/public-suffix";
import type { Rule } from "../document.ts";
import type { Fault } from "../policy-issue.ts";
import type { LintCode } from "./lint-catalogue.ts";

/** What the lints compare with. What is left out is not checked. */
export interface LintContext {
  /** Milliseconds since 1970: the day on which the document is looked at. */
  readonly at: number;
  /** Whether a category is a term of some vocabulary. */
  readonly isKnownCategory?: ((term: string) => boolean) | undefined;
  /** Whether an aim is one of the closed list; the vocabulary of aims has it. */
  readonly isKnownAim?: ((term: string) => boolean) | undefined;
  /**
   * Whether everything in `inner` is in `outer` at an instant, in milliseconds since 1970. Both are ISO 3166 codes or
   * groups; a state holds its subdivisions and dependent territories.
   */
  readonly covers?: ((outer: string, inner: string, at: number) => boolean) | undefined;
  /** The public suffix list, as `@demarc/net/public-suffix` has it. */
  readonly suffixes?: SuffixKnowledge | undefined;
  /** Paths, relative to the policy set, of policies that lie beside it. */
  readonly policiesBeside?: readonly string[] | undefined;
}

/** What is asked about a canonical name; `@demarc/net/public-suffix` answers. */
export interface SuffixKnowledge {
  readonly suffixSection: (name: string) => Exclude<SuffixSection, "none"> | null;
  readonly suffixesBelow: (name: string) => SuffixesBelow;
}

/** Where in a rule and what; `pointer` is relative to the rule. */
export type Warn = (
  code: LintCode,
  pointer: string,
  message: string,
  help: string,
  more?: Pick<Fault, "expected" | "found">,
) => void;

/** Kinds of legal basis that come from outside the operator and its subscriber. */
const EXTERNAL_KINDS: ReadonlySet<string> = new Set([
  "court-order",
  "administrative-order",
  "statute",
  "regulation",
  "sanctions",
  "treaty",
]);

/** Whether a rule rests on a demand of law, and not on the operator's or the subscriber's wish. */
export function isExternal({ legalBasis }: Rule): boolean {
  return EXTERNAL_KINDS.has(legalBasis.kind);
}

/** Whether a rule keeps something from passing. */
export function isRestrictive({ effect }: Rule): boolean {
  return effect.action === "block" || effect.action === "gate" || effect.action === "route";
}
