// What documents may say and an image can not: refused, so that nothing of a document is lost in silence.
import type { Selector } from "@demarc/policy";
import type { CompileInput, Diagnostic } from "./compile-input.ts";
import type { LinkedRule } from "./link-rules.ts";

/** Reports every feature in use that can not be compiled. */
export function refuseUnsupported(
  { set }: CompileInput,
  rules: readonly LinkedRule[],
  report: (diagnostic: Diagnostic) => void,
): void {
  if (set.document.conflict !== undefined)
    report({ ...refusal("`conflict` of the policy set"), file: set.file });
  for (const { rule, file } of rules) {
    const features = [
      ...(rule.schedule === undefined ? [] : ["`schedule`"]),
      ...(rule.history === undefined ? [] : ["`history`"]),
      ...[...rule.selectors, ...(rule.exceptions ?? [])].flatMap(unsupportedSelector),
    ];
    for (const feature of new Set(features))
      report({ ...refusal(`${feature} of the rule \`${rule.id}\``), file, rule: rule.id });
  }
}

function unsupportedSelector(selector: Selector): string[] {
  if (selector.type === "domain" && selector.match === "wildcard")
    return ["a selector with `match: wildcard`"];
  if (selector.type === "asn") return ["a selector of type `asn`"];
  if (selector.type === "port" && typeof selector.value !== "number")
    return ["a selector of a range of ports"];
  return [];
}

function refusal(what: string): Diagnostic {
  return {
    code: "compiler/unsupported",
    severity: "error",
    message: `${what} can not be compiled yet`,
    help: "leave it out, or use a release that compiles it",
  };
}
