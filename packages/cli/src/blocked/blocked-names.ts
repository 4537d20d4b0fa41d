// The names that are blocked, as names alone, names with all below them, and exceptions under those.
import { MAX_NAME_BYTES, parentName } from "@demarc/net";
import { BlockedPart } from "./blocked-part.ts";
import { type Mentions, type Standing, stronger } from "./mentions.ts";
import type { Answer, Context, Prober } from "./prober.ts";

/** Blocked names, in the order of their labels from the right. */
export interface BlockedNames {
  readonly parts: readonly BlockedPart[];
  /** The part that blocks a name which is mentioned. */
  readonly partOf: (name: string) => BlockedPart | null;
  /** What a name that nobody mentions is told. */
  readonly elsewhere: Answer;
  /** Mentioned names, and names below them, about which a rule says something that is no block. */
  readonly lifting: readonly Context[];
}

// Where a mentioned name stands: under which part, and whether names below are blocked unless more is said.
interface Under {
  readonly part: BlockedPart | null;
  readonly isBlocked: boolean;
}

const NOWHERE: Under = { part: null, isBlocked: false };

/**
 * Asks about every mentioned name, about a name one label below it and about one two labels below: between mentioned names,
 * selectors tell no more apart.
 */
export function blockedNames(
  { names }: Mentions,
  prober: Prober,
  contexts: readonly Context[],
): BlockedNames {
  const label = freshLabel(names.keys());
  const walk = new Walk(prober, contexts, label);
  const ordered = [...names].map(([name, standing]) => ({ name, standing, key: rightToLeft(name) }));
  ordered.sort((a, b) => compare(a.key, b.key));
  for (const { name, standing } of ordered) walk.take(name, standing);
  return {
    parts: walk.parts,
    partOf: (name) => walk.own.get(name) ?? null,
    elsewhere: prober.ask({ name: label }),
    lifting: walk.lifting,
  };
}

class Walk {
  readonly parts: BlockedPart[] = [];
  readonly own = new Map<string, BlockedPart>();
  readonly lifting: Context[] = [];
  readonly #under = new Map<string, Under>();
  readonly #standing = new Map<string, Standing>();
  readonly #prober: Prober;
  readonly #contexts: readonly Context[];
  readonly #label: string;

  constructor(prober: Prober, contexts: readonly Context[], label: string) {
    this.#prober = prober;
    this.#contexts = contexts;
    this.#label = label;
  }

  take(name: string, own: Standing): void {
    // What is excepted with all below it excepts this too.
    const standing = stronger(own, this.#nearest(name, this.#standing) ?? "selector");
    this.#standing.set(name, standing);
    const self = this.#ask(name, name, standing);
    const child = this.#ask(`${this.#label}.${name}`, `a name below ${name}`, standing) ?? self;
    const deep =
      this.#ask(`${this.#label}.${this.#label}.${name}`, `a name below ${name}`, standing) ?? child;
    if (self === null || child === null || deep === null) return;
    const above = this.#nearest(name, this.#under) ?? NOWHERE;
    const here =
      above.part === null
        ? this.#start(name, self, child, deep)
        : above.isBlocked
          ? this.#underBlock(above.part, name, self, child, deep)
          : this.#underException(above.part, name, self, child, deep);
    this.#under.set(name, here);
  }

  // Null for a name that would be longer than names are: there is none.
  #ask(name: string, what: string, standing: Standing): Answer | null {
    if (name.length > MAX_NAME_BYTES) return null;
    const answer = this.#prober.ask({ name });
    const context = this.#prober.contextOf({ what, facts: { name }, standing }, answer);
    if (context !== null) this.lifting.push(context);
    return answer;
  }

  #nearest<T>(name: string, known: ReadonlyMap<string, T>): T | undefined {
    for (let parent = parentName(name); parent !== null; parent = parentName(parent)) {
      const found = known.get(parent);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  // Nothing above is blocked.
  #start(name: string, self: Answer, child: Answer, deep: Answer): Under {
    if (child.isBlocked !== deep.isBlocked) {
      const part = this.#part(`*.${name}`, [child, deep]);
      part.problem("a list has no words for exactly one label");
    } else if (child.isBlocked) {
      const part = this.#part(`${name} and all below`, [child, deep]);
      part.entries.push({ type: "domain", value: name, match: "subdomains" });
      if (self.isBlocked) this.#blocks(part, self);
      else part.exceptions.push({ type: "domain", value: name, match: "exact" });
      this.own.set(name, part);
      return { part, isBlocked: true };
    }
    if (self.isBlocked) {
      const part = this.#part(name, [self]);
      part.entries.push({ type: "domain", value: name, match: "exact" });
      this.own.set(name, part);
    }
    return NOWHERE;
  }

  #underBlock(part: BlockedPart, name: string, self: Answer, child: Answer, deep: Answer): Under {
    this.own.set(name, part);
    for (const answer of [self, child, deep]) if (answer.isBlocked) this.#blocks(part, answer);
    if (child.isBlocked !== deep.isBlocked) part.problem(`below ${name} exactly one label is another matter`);
    else if (!child.isBlocked && self.isBlocked)
      part.problem(`below ${name} nothing is blocked, though it is`);
    else if (!child.isBlocked) part.exceptions.push({ type: "domain", value: name, match: "subdomains" });
    else if (!self.isBlocked) part.exceptions.push({ type: "domain", value: name, match: "exact" });
    return { part, isBlocked: child.isBlocked };
  }

  // An exception of a list wins over all its entries.
  #underException(part: BlockedPart, name: string, self: Answer, child: Answer, deep: Answer): Under {
    for (const answer of [self, child, deep]) {
      if (!answer.isBlocked) continue;
      this.own.set(name, part);
      this.#blocks(part, answer);
      part.problem(`${name} is blocked again under an exception`);
    }
    return { part, isBlocked: child.isBlocked };
  }

  #part(what: string, answers: readonly Answer[]): BlockedPart {
    const part = new BlockedPart(what);
    this.parts.push(part);
    for (const answer of answers) if (answer.isBlocked) this.#blocks(part, answer);
    return part;
  }

  #blocks(part: BlockedPart, answer: Answer): void {
    part.takes(answer, this.#prober, this.#prober.liftOf(answer, this.#contexts));
  }
}

// No mentioned name has it, so that nothing about it is said by name.
function freshLabel(names: Iterable<string>): string {
  const labels = new Set([...names].flatMap((name) => name.split(".")));
  for (let number = 0; ; number += 1) {
    const label = `q${number.toString(36)}`;
    if (!labels.has(label)) return label;
  }
}

function rightToLeft(name: string): string {
  return name.split(".").toReversed().join("\0");
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
