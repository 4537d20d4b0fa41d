import type { PolicyDocument } from "../document.ts";
import type { Warn } from "./lint-context.ts";

const MIN_WORDS = 3;
const MAX_SAME = 5;

// Phrases that would fit any rule, in the spelling of `plain`.
const STOCK: ReadonlySet<string> = new Set([
  "as ordered by the court",
  "as required by law",
  "fill this in",
  "it is necessary",
  "lorem ipsum dolor sit amet",
  "necessary and proportionate",
  "necessary by law",
  "no other means available",
  "required by law",
  "required by the law",
  "say why this is necessary",
  "see court order",
  "see legal basis",
  "see the order",
  "the law requires it",
  "there is no alternative",
  "to comply with the law",
  "to be written",
]);

/** Words that say nothing about this rule: `necessity-stated`. `warn` is given for each rule in force, by index. */
export function lintWords({ rules }: PolicyDocument, warnOf: (index: number) => Warn): void {
  const same = new Map<string, number>();
  for (const [index, { justification, status }] of rules.entries()) {
    if (status !== "in-force") continue;
    for (const field of ["necessity", "leastRestrictive"] as const) {
      const text = plain(justification[field]);
      const pointer = `/justification/${field}`;
      if (STOCK.has(text) || countWords(justification[field]) < MIN_WORDS)
        warnOf(index)(
          "policy/necessity-stated",
          pointer,
          `\`${field}\` would fit any rule`,
          "say what was tried or weighed for this one",
          { found: justification[field] },
        );
      else if (field === "necessity") {
        const count = (same.get(text) ?? 0) + 1;
        same.set(text, count);
        if (count === MAX_SAME + 1)
          warnOf(index)(
            "policy/necessity-stated",
            pointer,
            `the same necessity is given for more than ${MAX_SAME} rules`,
            "say what is particular to each, or make them one rule with several selectors",
          );
      }
    }
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

// Scripts without spaces have long sentences in few words: letters count there.
function countWords(text: string): number {
  const words = plain(text).split(" ").length;
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
    text,
  )
    ? Math.max(words, Math.floor(text.length / 3))
    : words;
}
