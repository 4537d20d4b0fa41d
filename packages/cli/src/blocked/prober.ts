// Asks an image, always about the same place and instant, and keeps what rules do that a list can not say.
import {
  decide,
  type Explanation,
  explain,
  type PolicyImage,
  type Request,
  type RuleRecord,
} from "@demarc/matcher";
import type { MentionedFacts } from "./mentions.ts";

/** Where and when. */
export type Standpoint = Required<Pick<Request, "at" | "places">>;

/** Facts that may lift a block which stands without them. */
export interface Context extends MentionedFacts {
  /** Whether what the same rules apply to has the same answer with these facts. */
  readonly isShared: boolean;
}

// Beyond this many questions about what may lift a block, blocks are taken for lifted.
const MAX_UNSHARED = 50_000_000;

/** What is said about one name, address or URL. */
export interface Answer {
  readonly facts: Partial<Request>;
  readonly isBlocked: boolean;
  /** Null where the policy set's default decides. */
  readonly rule: RuleRecord | null;
  /** Whether a rule applies that is no block: under a block elsewhere it may lift that. */
  readonly mayLift: boolean;
  /** Ids of the rules that apply. */
  readonly applied: readonly string[];
  /** Equal for what the same rules apply to, equally closely. */
  readonly key: string;
}

/** Asks, and remembers. */
export class Prober {
  /** Why a rule that applies, or would, is not in a list; by its id. */
  readonly unsaid = new Map<string, string>();
  readonly #image: PolicyImage;
  readonly #standpoint: Standpoint;
  // For the same contexts, what the same rules apply to has the same answer.
  readonly #lifted = new WeakMap<readonly Context[], Map<string, string | null>>();
  readonly #unsharedByContexts = new WeakMap<readonly Context[], readonly Context[]>();

  readonly #excepting: ReadonlySet<string>;
  #unshared = 0;

  constructor(image: PolicyImage, standpoint: Standpoint, excepting: ReadonlySet<string>) {
    this.#image = image;
    this.#excepting = excepting;
    this.#standpoint = standpoint;
  }

  get at(): number {
    return this.#standpoint.at;
  }

  ask(facts: Partial<Request>): Answer {
    const explanation = explain(this.#image, { ...this.#standpoint, ...facts });
    this.#note(explanation);
    const { decision, applied } = explanation;
    return {
      facts,
      isBlocked: decision.effect === "block",
      rule: decision.rule,
      mayLift: applied.some(({ rule, outcome }) => outcome !== "observed" && rule.effect.action !== "block"),
      applied: applied.map(({ rule }) => rule.id),
      key: applied
        .map(({ rule, specificity: { kind, length } }) => `${rule.index} ${kind} ${length}`)
        .join(","),
    };
  }

  /** In words, what of these facts lifts a block; null where it stands. */
  liftOf(answer: Answer, contexts: readonly Context[]): string | null {
    const lifted = this.#lifted.get(contexts) ?? new Map<string, string | null>();
    this.#lifted.set(contexts, lifted);
    let lift = lifted.get(answer.key);
    if (lift === undefined) {
      lift = this.#firstLift(
        answer,
        contexts.filter(({ isShared }) => isShared),
      );
      lifted.set(answer.key, lift);
    }
    if (lift !== null) return lift;
    const unshared = this.#unsharedOf(contexts);
    this.#unshared += unshared.length;
    if (this.#unshared > MAX_UNSHARED) return "too many rules except something for all of it to be looked at";
    return this.#firstLift(answer, unshared);
  }

  /** Facts as a context, or null where they can lift no block. */
  contextOf(mentioned: MentionedFacts, answer: Answer): Context | null {
    const { standing } = mentioned;
    if (!answer.mayLift && standing === "selector") return null;
    // A rule that they bring in may except some names and not others, and which they are the key does not tell; so with a list.
    const isShared = standing !== "own exception" && !answer.applied.some((id) => this.#excepting.has(id));
    return { ...mentioned, isShared };
  }

  #unsharedOf(contexts: readonly Context[]): readonly Context[] {
    const known = this.#unsharedByContexts.get(contexts) ?? contexts.filter(({ isShared }) => !isShared);
    this.#unsharedByContexts.set(contexts, known);
    return known;
  }

  #firstLift({ facts }: Answer, contexts: readonly Context[]): string | null {
    for (const context of contexts) {
      const { effect, rule } = decide(this.#image, { ...this.#standpoint, ...facts, ...context.facts });
      if (effect === "block") continue;
      return `with ${context.what} it is not blocked${rule === null ? "" : ` (${rule.id})`}`;
    }
    return null;
  }

  #note({ decision, applied, notApplied }: Explanation): void {
    for (const { rule, outcome } of applied) {
      const { action } = rule.effect;
      if (outcome === "observed")
        this.#unsaid(
          rule,
          action === "observe"
            ? "it reports and blocks nothing"
            : "it reports only, since it depends on a place that is not known",
        );
      else if (rule.id === decision.rule?.id && action === "gate")
        this.#unsaid(rule, "it asks for something (a gate), and a list blocks");
      else if (rule.id === decision.rule?.id && action === "route")
        this.#unsaid(rule, "it says where traffic may leave, and a list blocks");
    }
    for (const { rule, why } of notApplied)
      if (why === "unknown-place" && rule.effect.action !== "allow")
        this.#unsaid(rule, `it depends on ${rule.scope.connectors.join(", ")}, which a list does not know`);
  }

  #unsaid(rule: RuleRecord, why: string): void {
    if (!this.unsaid.has(rule.id)) this.unsaid.set(rule.id, why);
  }
}

/** When a rule that is in force at an instant ends or is in another state; null where that is not known. */
export function endOf({ expires, history = [] }: RuleRecord, at: number): number | null {
  const ends = [expires, ...history.map(({ from }) => from)]
    .map((text) => (text === undefined ? Number.NaN : Date.parse(text)))
    .filter((end) => end > at);
  return ends.length === 0 ? null : Math.min(...ends);
}
