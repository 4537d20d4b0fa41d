// How waivers are shown: never hidden, each with its reason.
import { type AppliedWaiver, applyWaivers, type KindedDocument, parseData } from "@demarc/policy";
import type { Finding } from "./print.ts";

/** A waiver with its place in the text. */
export interface ShownWaiver extends AppliedWaiver<Finding> {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Holds the findings about a document against its waivers at an instant, and finds these in its text. */
export function waive(
  file: string,
  text: string,
  document: KindedDocument,
  findings: readonly Finding[],
  at: number,
): { readonly findings: readonly Finding[]; readonly waivers: readonly ShownWaiver[] } {
  const applied = applyWaivers(document, findings, at);
  if (applied.waivers.length === 0) return { findings, waivers: [] };
  const data = parseData(text, { file });
  return {
    findings: applied.findings,
    waivers: applied.waivers.map((waiver) => ({
      file,
      ...(data.ok ? data.positionOf(waiver.pointer) : { line: 1, column: 1 }),
      ...waiver,
    })),
  };
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
