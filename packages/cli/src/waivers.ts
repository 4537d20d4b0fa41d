// Lints that a document sets aside, each with its reason: shown by `check`, never hidden. No waiver sets an error aside.
import { type PolicyDocument, parseData, type Waiver } from "@demarc/policy";
import type { Finding } from "./print.ts";

/** A waiver where it stands, with the warnings that it sets aside. */
export interface ShownWaiver {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
  readonly lint: string;
  readonly reason: string;
  /** Day from which it no longer counts. */
  readonly until?: string | undefined;
  /** Whether that day has come. */
  readonly lapsed: boolean;
  readonly setsAside: readonly Finding[];
}

/**
 * Holds a policy's findings against its waivers and those of its rules.
 *
 * Input: the document, its text, the findings about it, and the instant, in milliseconds since 1970.
 * A waiver of a rule sets aside warnings about that rule; one of the document, warnings about any.
 */
export function applyWaivers(
  file: string,
  text: string,
  document: PolicyDocument,
  findings: readonly Finding[],
  at: number,
): { readonly findings: readonly Finding[]; readonly waivers: readonly ShownWaiver[] } {
  const written = [
    ...placed(document.waivers, ""),
    ...document.rules.flatMap((rule, index) => placed(rule.waivers, `/rules/${index}`)),
  ];
  if (written.length === 0) return { findings, waivers: [] };
  const data = parseData(text, { file });
  let left = findings;
  const waivers = written.map(({ waiver, about, pointer }): ShownWaiver => {
    const lapsed = waiver.until !== undefined && Date.parse(waiver.until) <= at;
    const setsAside = lapsed ? [] : left.filter((finding) => isSetAside(finding, waiver, about));
    left = left.filter((finding) => !setsAside.includes(finding));
    const place = data.ok ? data.positionOf(pointer) : { line: 1, column: 1 };
    return { file, ...place, pointer, ...waiver, lapsed, setsAside };
  });
  return { findings: left, waivers };
}

function placed(waivers: readonly Waiver[] | undefined, about: string) {
  return (waivers ?? []).map((waiver, index) => ({ waiver, about, pointer: `${about}/waivers/${index}` }));
}

function isSetAside(finding: Finding, waiver: Waiver, about: string): boolean {
  if (finding.severity !== "warning" || finding.code !== waiver.lint) return false;
  return about === "" || finding.pointer === about || finding.pointer?.startsWith(`${about}/`) === true;
}

/** `file:line:column: waived: what would have been said (code)` and the reason, on a line of its own. */
export function formatWaiver({
  file,
  line,
  column,
  lint,
  reason,
  until,
  lapsed,
  setsAside,
}: ShownWaiver): string {
  const place = `${file}:${line}:${column}`;
  const end = until === undefined ? "" : ` (until ${until})`;
  const said = lapsed
    ? [`${place}: waiver of ${lint} no longer counts since ${until}`]
    : setsAside.length === 0
      ? [`${place}: waiver of ${lint} sets nothing aside`]
      : setsAside.map(({ message }) => `${place}: waived: ${message} (${lint})`);
  return said.map((each) => `${each}\n  reason: ${reason}${lapsed ? "" : end}`).join("\n");
}
