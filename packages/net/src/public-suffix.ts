// Which names a registry or a host hands out to others: the Public Suffix List. An entry of its own, since its rules weigh
// more than the rest of the package.
import { type Mark, type RuleNode, ruleTree } from "./internal/rule-tree.ts";

export { PUBLIC_SUFFIX_SOURCE } from "./internal/public-suffix-rules.generated.ts";

/**
 * Who says that a suffix is public: `icann`, the registry of the top-level domain; `private`, the holder of a name that
 * hands out names below it (hosting, dynamic DNS, clouds); `none`, no rule, so that the last label stands for it.
 */
export type SuffixSection = "icann" | "private" | "none";

/** The public suffix of a name. */
export interface PublicSuffix {
  /** The name's last labels, below which others register names; at least its last label. */
  readonly suffix: string;
  readonly section: SuffixSection;
}

/** Rules strictly below a name, by who made them. */
export interface SuffixesBelow {
  readonly icann: number;
  readonly private: number;
  /** Some of them, in the order of the list; a rule for any label has `*` for its first. */
  readonly examples: readonly string[];
}

/**
 * The longest public suffix that a canonical name ends in; the name itself, when it is one.
 *
 * Input: a name in the form of `parseName`. An address has none: ask `parseAddress` first.
 * Cost: about a microsecond; the first call reads the rules, some milliseconds.
 * Source: https://publicsuffix.org/list/, "Algorithm": an exception wins, then the rule of most labels, then `*`.
 */
export function publicSuffix(name: string): PublicSuffix {
  const best: Best = { start: name.lastIndexOf(".") + 1, section: "none", isException: false };
  walk(ruleTree(), name, name.length, best);
  return { suffix: name.slice(best.start), section: best.section };
}

/**
 * The name that someone registered: the public suffix and one label before it; null for a public suffix.
 *
 * Input: a canonical name. `a.b.example.co.uk` gives `example.co.uk`.
 */
export function registrableName(name: string): string | null {
  const { suffix } = publicSuffix(name);
  if (suffix.length === name.length) return null;
  return name.slice(name.lastIndexOf(".", name.length - suffix.length - 2) + 1);
}

/** The section whose rule makes this very name a public suffix; null where none does. A canonical name is expected. */
export function suffixSection(name: string): "icann" | "private" | null {
  const { suffix, section } = publicSuffix(name);
  return section === "none" || suffix !== name ? null : section;
}

/**
 * The public suffixes strictly below a canonical name: what a block of everything below it would reach as well.
 *
 * Cost: as many steps as there are rules below; a few thousand at most.
 */
export function suffixesBelow(name: string, maxExamples = 3): SuffixesBelow {
  let node: RuleNode | undefined = ruleTree();
  for (const label of name.split(".").toReversed()) node = node.children.get(label) ?? node.any ?? EMPTY;
  const found = { icann: 0, private: 0, examples: [] as string[] };
  count(node, name, found, maxExamples);
  return found;
}

interface Best {
  start: number;
  section: SuffixSection;
  isException: boolean;
}

const EMPTY: RuleNode = { mark: "", children: new Map(), any: undefined };

// Both the label's own node and the one for any label may lead to a longer rule.
function walk(node: RuleNode, name: string, end: number, best: Best): void {
  const start = name.lastIndexOf(".", end - 1) + 1;
  if (end <= start) return;
  const own = node.children.get(name.slice(start, end));
  for (const child of [own, node.any]) {
    if (child === undefined) continue;
    if (child.mark === "!") {
      best.isException = true;
      best.start = end + 1;
      best.section = sectionOf(node.any?.mark ?? "+");
    } else if (child.mark !== "" && !best.isException && start <= best.start) {
      best.start = start;
      best.section = sectionOf(child.mark);
    }
    if (start > 0) walk(child, name, start - 1, best);
  }
}

function sectionOf(mark: Mark): SuffixSection {
  return mark === "~" ? "private" : "icann";
}

function count(
  node: RuleNode,
  name: string,
  found: { icann: number; private: number; examples: string[] },
  maxExamples: number,
): void {
  const children = node.any === undefined ? node.children : new Map([...node.children, ["*", node.any]]);
  for (const [label, child] of children) {
    const below = `${label}.${name}`;
    if (child.mark === "+" || child.mark === "~") {
      found[child.mark === "+" ? "icann" : "private"] += 1;
      if (found.examples.length < maxExamples) found.examples.push(below);
    }
    count(child, below, found, maxExamples);
  }
}
