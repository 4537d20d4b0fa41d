import type { ListDocument, PolicySetDocument } from "../document.ts";
import type { LintContext, Warn } from "./lint-context.ts";

const HOUR_MS = 3_600_000;
const HOURS = { W: 168, D: 24, H: 1 } as const;

/** Lists past their age and policies in no layer: `list-too-old`, `in-no-layer`. */
export function lintSet(set: PolicySetDocument, { at, policiesBeside }: LintContext, warn: Warn): void {
  for (const [index, list] of (set.lists ?? []).entries()) lintAge(list, `/lists/${index}`, at, warn);
  const named = new Set(
    set.layers.flatMap(({ policies }) => policies.map((path) => path.replace(/^(?:\.\/)+/, ""))),
  );
  for (const path of policiesBeside ?? [])
    if (!named.has(path))
      warn(
        "policy/in-no-layer",
        "/layers",
        `no layer names \`${path}\`: its rules are not enforced`,
        "name it in a layer, or move it elsewhere",
        { found: path },
      );
}

/** A list past its age: `list-too-old`. */
export function lintList(list: ListDocument, { at }: LintContext, warn: Warn): void {
  lintAge(list, "", at, warn);
}

function lintAge(
  {
    date,
    maxAge,
    ref,
  }: { readonly date?: string | undefined; readonly maxAge?: string | undefined; readonly ref: string },
  pointer: string,
  at: number,
  warn: Warn,
): void {
  const span = /^PT?(\d+)([WDH])$/.exec(maxAge ?? "");
  if (date === undefined || span === null) return;
  const end = Date.parse(date) + Number(span[1]) * HOURS[span[2] as keyof typeof HOURS] * HOUR_MS;
  if (at > end)
    warn(
      "policy/list-too-old",
      `${pointer}/date`,
      `the copy of ${ref} is of ${date.slice(0, 10)} and was good for ${maxAge}`,
      "fetch it anew, and write its new digest and date",
      { found: date },
    );
}
