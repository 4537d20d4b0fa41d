// The public suffix list, as the package `tldts` carries it, to src/internal/public-suffix-rules.generated.ts: one text
// that the package reads on first use. Only A-labels are kept, since a canonical name has no others.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface Trie {
  readonly nodeFlags: Uint8Array;
  readonly edgeStart: Uint16Array;
  readonly edgeLength: Uint8Array;
  readonly edgeChild: Uint16Array;
  readonly labelText: string;
  readonly rulesRoot: number;
  readonly exceptionsRoot: number;
}

interface Node {
  mark: string;
  readonly children: Map<string, Node>;
}

const ICANN = 1;
const PRIVATE = 2;

const require = createRequire(import.meta.url);
const manifest = require.resolve("tldts/package.json");
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
const trie = require(join(dirname(manifest), "dist/cjs/src/data/trie.js")) as Trie;

const offsets = new Uint32Array(trie.edgeLength.length + 1);
for (const [edge, length] of trie.edgeLength.entries()) offsets[edge + 1] = (offsets[edge] ?? 0) + length;

const rules = treeOf(trie.rulesRoot, "");
// The list writes an exception with `!` before its first label; here the mark behind it says so.
merge(rules, treeOf(trie.exceptionsRoot, "!"));

writeFileSync(
  fileURLToPath(new URL("../src/internal/public-suffix-rules.generated.ts", import.meta.url)),
  `// Made from the package tldts by scripts/generate.ts (npm run generate). Do not edit.
// Public Suffix List (https://publicsuffix.org/list/), Mozilla Public License 2.0.

/** Where the rules come from. */
export const PUBLIC_SUFFIX_SOURCE = "tldts ${version}";

/** \`LABEL MARK (CHILDREN)\`, separated by commas; marks: \`+\` registry's rule, \`~\` private rule, \`!\` exception. */
export const PUBLIC_SUFFIX_RULES =
  "${textOf(rules)}";
`,
);

function treeOf(node: number, exception: string): Node {
  const flags = trie.nodeFlags[node] ?? 0;
  const mark = flags === 0 ? "" : exception || (flags & ICANN ? "+" : flags & PRIVATE ? "~" : "");
  const children = new Map<string, Node>();
  for (let edge = trie.edgeStart[node] ?? 0; edge < (trie.edgeStart[node + 1] ?? 0); edge += 1) {
    const label = trie.labelText.slice(offsets[edge], offsets[edge + 1]);
    if (/^[\x21-\x7e]+$/.test(label)) children.set(label, treeOf(trie.edgeChild[edge] ?? 0, exception));
  }
  return { mark, children };
}

function merge(into: Node, from: Node): void {
  if (from.mark !== "") into.mark = from.mark;
  for (const [label, child] of from.children) {
    const known = into.children.get(label);
    if (known === undefined) into.children.set(label, child);
    else merge(known, child);
  }
}

function textOf({ children }: Node): string {
  return [...children]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, child]) => {
      const below = textOf(child);
      return below === "" && child.mark === ""
        ? ""
        : `${label}${child.mark}${below === "" ? "" : `(${below})`}`;
    })
    .filter((text) => text !== "")
    .join(",");
}
