// Lints that a document sets aside, each with its reason. No waiver sets an error aside.
import type { KindedDocument, Waiver } from "./document.ts";

/** What a waiver may set aside. */
export interface WaivableFinding {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly pointer?: string | undefined;
}

/** A waiver, where it stands, and the warnings that it sets aside. */
export interface AppliedWaiver<F> extends Waiver {
  /** JSON Pointer of the waiver. */
  readonly pointer: string;
  /** Whether its day has come, from which it no longer counts. */
  readonly lapsed: boolean;
  readonly setsAside: readonly F[];
}

/**
 * Holds findings against the waivers of their document and of its rules.
 *
 * Input: the document, the findings about it, and the instant, in milliseconds since 1970.
 * Output: the findings that are left, and every waiver with what it sets aside. A waiver of a rule sets aside warnings
 * about that rule; one of the document, warnings about any of it.
 */
export function applyWaivers<F extends WaivableFinding>(
  { kind, document }: KindedDocument,
  findings: readonly F[],
  at: number,
): { readonly findings: readonly F[]; readonly waivers: readonly AppliedWaiver<F>[] } {
  const written = [
    ...("waivers" in document ? placed(document.waivers, "") : []),
    ...(kind === "policy"
      ? document.rules.flatMap((rule, index) => placed(rule.waivers, `/rules/${index}`))
      : []),
  ];
  let left = findings;
  const waivers = written.map(({ waiver, about, pointer }): AppliedWaiver<F> => {
    const lapsed = waiver.until !== undefined && Date.parse(waiver.until) <= at;
    const setsAside = lapsed ? [] : left.filter((finding) => isSetAside(finding, waiver, about));
    left = left.filter((finding) => !setsAside.includes(finding));
    return { pointer, ...waiver, lapsed, setsAside };
  });
  return { findings: left, waivers };
}

function placed(waivers: readonly Waiver[] | undefined, about: string) {
  return (waivers ?? []).map((waiver, index) => ({ waiver, about, pointer: `${about}/waivers/${index}` }));
}

function isSetAside({ severity, code, pointer }: WaivableFinding, waiver: Waiver, about: string): boolean {
  if (severity !== "warning" || code !== waiver.lint) return false;
  return about === "" || pointer === about || pointer?.startsWith(`${about}/`) === true;
}
