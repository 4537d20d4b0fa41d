import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { isGroup, isTerritory, suggestTerritory } from "@demarc/jurisdiction";
import { type KindedDocument, type LintContext, lintText, readDocument } from "@demarc/policy";
import { loadSite, type SiteIssue } from "@demarc/runtime";
import { Effect } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo, InputFault, InputsUnread } from "../exit.ts";
import { readText, shownPath } from "../files.ts";
import { lintContext, otherPolicies } from "../lint-knowledge.ts";
import { countFindings, type Finding, formatFinding, json, line, plural, styled } from "../print.ts";
import { formatWaiver, type ShownWaiver, waive } from "../waivers.ts";

/**
 * `demarc check PATH...`: documents and site folders; every fault once, with its place, the lints, and the waivers.
 *
 * JSON: `{ ok, findings: [{ severity, code, file, line, column, pointer, message, help }], waivers: [{ file, line, column,
 * pointer, lint, reason, until, lapsed, setsAside }] }`; what a waiver sets aside is a finding, and counts as none.
 * Exit codes: 1 when there is an error, or a warning under --strict; 3 when a path can not be read. The other paths are
 * checked all the same.
 */
export const checkCommand = Command.make(
  "check",
  {
    paths: Argument.Path("path").pipe(
      Argument.withDescription("A policy, a policy set, or a site's folder"),
      Argument.variadic({ min: 1 }),
    ),
    strict: Flag.Boolean("strict").pipe(
      Flag.withDescription("Warnings count as errors"),
      Flag.withDefault(false),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.check")(function* (input) {
    const findings: Finding[] = [];
    const waivers: ShownWaiver[] = [];
    let checked = 0;
    let unread = 0;
    for (const path of input.paths.map(shownPath)) {
      const found = yield* Effect.result(checkPath(path));
      if (found._tag === "Success") {
        findings.push(...found.success.findings);
        waivers.push(...found.success.waivers);
        checked += found.success.checked;
        unread += found.success.unread ?? 0;
      } else {
        const { code, message, help } = found.failure;
        findings.push({ severity: "error", code, message, help, file: path });
        unread += 1;
      }
    }
    const bad = findings.some((finding) => finding.severity === "error" || input.strict);
    if (input.json) yield* json({ ok: !bad, findings, waivers });
    else {
      for (const finding of findings) yield* line(formatFinding(finding));
      for (const waiver of waivers) yield* line(formatWaiver(waiver));
      const setAside = waivers.reduce((sum, waiver) => sum + waiver.setsAside.length, 0);
      yield* line(
        `${bad ? styled("red", "not valid") : styled("green", "valid")}: ${plural(checked, "document")} checked, ${countFindings(findings)}${setAside === 0 ? "" : `, ${setAside} waived`}`,
      );
    }
    if (unread > 0) return yield* new InputsUnread();
    if (bad) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Check documents and site folders: form, sense, law, dates, golden tests"),
  Command.withExamples([
    { command: "demarc check examples/site", description: "A whole site" },
    { command: "demarc check --strict policies/court.yaml", description: "One policy; warnings fail too" },
    { command: "demarc check --json examples/site", description: "For an editor or CI" },
  ]),
);

interface Checked {
  readonly findings: readonly Finding[];
  readonly waivers: readonly ShownWaiver[];
}

const checkPath = Effect.fnUntraced(function* (
  path: string,
): Effect.fn.Return<Checked & { readonly checked: number; readonly unread?: number }, InputFault> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    return yield* new InputFault({ code: "cli/unreadable", message: `\`${path}\` is not there` });
  if (!stat.isDirectory()) return { ...checkFile(path, yield* readText(path)), checked: 1 };
  const loaded = yield* Effect.result(loadSite(path));
  const place = (file: string) => relative(process.cwd(), join(path, file));
  const here = (issue: SiteIssue): Finding => ({
    ...issue,
    file: issue.file === undefined ? undefined : place(issue.file),
  });
  if (loaded._tag === "Failure") {
    const { issues } = loaded.failure;
    const unread = issues.filter(
      ({ code, severity }) => code === "site/unreadable" && severity === "error",
    ).length;
    return { findings: issues.map(here), waivers: [], checked: unread > 0 ? 0 : 1, unread };
  }
  const site = loaded.success;
  const about = (path: string, kinded: KindedDocument, context?: Partial<LintContext>): Checked =>
    judge(place(path), new TextDecoder().decode(site.sources.get(path)), kinded, {
      found: site.issues.filter(({ file, severity }) => file === path && severity === "warning").map(here),
      context,
    });
  const judgedPaths = new Set([site.setPath, ...site.policies.map((policy) => policy.path)]);
  const policiesBeside = yield* otherPolicies(path, judgedPaths);
  const judged = [
    about(site.setPath, { kind: "policy-set", document: site.set }, { policiesBeside }),
    ...site.policies.map((policy) => about(policy.path, { kind: "policy", document: policy.document })),
  ];
  const others = site.issues.filter(
    ({ file, severity }) => file === undefined || severity !== "warning" || !judgedPaths.has(file),
  );
  return {
    findings: [...others.map(here), ...judged.flatMap(({ findings }) => findings)],
    waivers: judged.flatMap(({ waivers }) => waivers),
    checked: site.policies.length + 1,
  };
});

function checkFile(file: string, text: string): Checked {
  const read = readDocument(text, { file, isTerritory, isGroup, suggestTerritory });
  return read.ok
    ? judge(file, text, read.value, { found: read.value.warnings })
    : { findings: read.issues, waivers: [] };
}

/** What was found about a document, and its lints, less what its waivers set aside. */
function judge(
  file: string,
  text: string,
  kinded: KindedDocument,
  { found, context }: { found: readonly Finding[]; context?: Partial<LintContext> | undefined },
): Checked {
  const at = Date.now();
  const lints = lintText(text, kinded, { ...lintContext(at), ...context, file });
  // The compiler says some of it too, where a policy's text is not at hand.
  const findings = [
    ...found.filter(
      (each) => !lints.some((lint) => lint.code === each.code && lint.pointer === each.pointer),
    ),
    ...lints,
  ];
  return waive(file, text, kinded, findings, at);
}
