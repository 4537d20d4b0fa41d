// The rules of the Public Suffix List as a tree of labels, from the right; made once, on first use.
import { PUBLIC_SUFFIX_RULES } from "./public-suffix-rules.generated.ts";

/** What ends at a label: nothing, a registry's rule, a private rule, an exception. */
export type Mark = "" | "+" | "~" | "!";

/** A label of the list. `any` is the child for any label (`*`). */
export interface RuleNode {
  readonly mark: Mark;
  readonly children: ReadonlyMap<string, RuleNode>;
  readonly any: RuleNode | undefined;
}

let tree: RuleNode | undefined;

/** The root, whose children are top-level domains. */
export function ruleTree(): RuleNode {
  tree ??= readTree(PUBLIC_SUFFIX_RULES);
  return tree;
}

interface Growing {
  mark: Mark;
  readonly children: Map<string, Growing>;
  any: Growing | undefined;
}

function readTree(text: string): RuleNode {
  const root: Growing = { mark: "", children: new Map(), any: undefined };
  const open: Growing[] = [root];
  let last = root;
  for (const [, label, mark, punctuation] of text.matchAll(/([^(),+~!]*)([+~!]?)([(),]|$)/g)) {
    const parent = open.at(-1) ?? root;
    if (label !== "" && label !== undefined) {
      last = { mark: (mark ?? "") as Mark, children: new Map(), any: undefined };
      if (label === "*") parent.any = last;
      else parent.children.set(label, last);
    }
    if (punctuation === "(") open.push(last);
    else if (punctuation === ")") open.pop();
  }
  return root;
}
