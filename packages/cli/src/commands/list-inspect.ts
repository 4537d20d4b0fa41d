import {
  type CoveredEntry,
  coveredEntries,
  type ListDiagnostic,
  type ListEntry,
  readList,
} from "@demarc/lists";
import { publicSuffix, suffixesBelow, suffixSection } from "@demarc/net/public-suffix";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { columns } from "../columns.ts";
import { InputFault } from "../exit.ts";
import { readText, shownPath } from "../files.ts";
import { type ListFile, readListFile, sourceFlags } from "../list-file.ts";
import { json, line, plural, styled } from "../print.ts";

const MAX_SHOWN = 10;

/** Something that the list reaches and that its author may not have meant. */
interface Warning {
  readonly code: "list/public-suffix" | "list/shared-hosting" | "list/top-site" | "list/above-suffixes";
  readonly entry: string;
  readonly message: string;
}

/**
 * `demarc list inspect FILE`: lines by what became of them, entries by kind and public suffix, what covers what, and what the list reaches
 * beyond a single site.
 *
 * JSON: `{ file, format, lines, accepted, refused, ignored, countByCode, entries: { domain, cidr, url, urlPattern }, exceptions, duplicates,
 * covered: [{ entry, by }], suffixes: [{ suffix, count }], warnings: [{ code, entry, message }] }`. Exit code 3 when the list can not be read.
 */
export const listInspectCommand = Command.make(
  "inspect",
  {
    file: Argument.Path("file").pipe(Argument.withDescription("The list")),
    ...sourceFlags,
    top: Flag.Path("top").pipe(
      Flag.withDescription("A list of well-known sites, a name a line: say which of them the list reaches"),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.list.inspect")(function* (input) {
    const list = yield* readListFile(input.file, input);
    const top = Option.isSome(input.top) ? yield* topSites(input.top.value) : [];
    const covered = coveredEntries(list.entries);
    const suffixes = countSuffixes(list.entries);
    const warnings = warningsOf(list.entries, top);
    const byType = (type: ListEntry["type"]): number =>
      list.entries.filter((entry) => entry.type === type).length;
    const entries = {
      domain: byType("domain"),
      cidr: byType("cidr"),
      url: byType("url"),
      urlPattern: byType("url-pattern"),
    };
    if (input.json) {
      const { diagnostics: _, isGuess: __, entries: ___, exceptions, ...counts } = list;
      return yield* json({ ...counts, entries, exceptions: exceptions.length, covered, suffixes, warnings });
    }
    yield* printLines(list);
    yield* line(
      `entries: ${plural(entries.domain, "name")}, ${plural(entries.cidr, "address prefix", "address prefixes")}, ${plural(entries.url, "URL")}, ${plural(entries.urlPattern, "URL pattern")}; ${plural(list.exceptions.length, "exception")}`,
    );
    yield* printNeedless(list, covered);
    if (suffixes.length > 0) {
      yield* line(`names by public suffix, ${Math.min(MAX_SHOWN, suffixes.length)} of ${suffixes.length}:`);
      const rows = suffixes.slice(0, MAX_SHOWN).map(({ suffix, count }) => [`  ${suffix}`, String(count)]);
      for (const row of columns(rows)) yield* line(row);
    }
    for (const { code, message } of warnings.slice(0, MAX_SHOWN * 2))
      yield* line(`${styled("yellow", "warning")}: ${message} (${code})`);
    if (warnings.length > MAX_SHOWN * 2)
      yield* line(`and ${plural(warnings.length - MAX_SHOWN * 2, "warning")} more; --json has them all`);
  }),
).pipe(
  Command.withDescription(
    "Say what is in a list, what of it is needless, and what it reaches beyond a single site",
  ),
  Command.withExamples([
    { command: "demarc list inspect blocklist.txt", description: "The format is guessed" },
    {
      command: "demarc list inspect db.rpz --format rpz --top top-10000.txt",
      description: "Which well-known sites would it reach?",
    },
  ]),
);

const printLines = Effect.fnUntraced(function* (list: ListFile) {
  const guess = list.isGuess ? " (guessed)" : "";
  yield* line(`${list.file}: ${list.format}${guess}, ${plural(list.lines, "line")}`);
  yield* line(`lines: ${list.accepted} accepted, ${list.refused} refused, ${list.ignored} say nothing`);
  for (const [code, count] of Object.entries(list.countByCode).toSorted((a, b) => b[1] - a[1])) {
    const first = list.diagnostics.find((each) => each.code === code);
    const where = first === undefined ? "" : `; ${placeOf(first)}: ${first.message}`;
    yield* line(`  ${code} ${count}${where}`);
  }
});

const printNeedless = Effect.fnUntraced(function* (list: ListFile, covered: readonly CoveredEntry[]) {
  const examples = covered.slice(0, 3).map(({ entry, by }) => `${entry.value} by ${by.value}`);
  const shown = examples.length === 0 ? "" : `: ${examples.join(", ")}${covered.length > 3 ? ", ..." : ""}`;
  yield* line(
    `needless: ${plural(list.duplicates, "duplicate")}, ${covered.length} covered by another entry${shown}`,
  );
});

const topSites = Effect.fnUntraced(function* (file: string) {
  const { entries } = readList("domains", yield* readText(shownPath(file)));
  if (entries.length === 0)
    return yield* new InputFault({
      code: "cli/list-format",
      message: `\`${file}\` has no names`,
      help: "write one name a line, the best known first",
    });
  return entries.map(({ value }) => value);
});

function placeOf({ line: at, included }: ListDiagnostic): string {
  return included === undefined ? `line ${at}` : `line ${at}, in ${included.list} line ${included.line}`;
}

function countSuffixes(entries: readonly ListEntry[]): readonly { suffix: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    if (entry.type !== "domain") continue;
    const { suffix } = publicSuffix(entry.value);
    counts.set(suffix, (counts.get(suffix) ?? 0) + 1);
  }
  return [...counts]
    .map(([suffix, count]) => ({ suffix, count }))
    .toSorted((a, b) => b.count - a.count || (a.suffix < b.suffix ? -1 : 1));
}

function warningsOf(entries: readonly ListEntry[], top: readonly string[]): readonly Warning[] {
  const below = new Map<string, string>();
  const warnings: Warning[] = [];
  for (const entry of entries) {
    if (entry.type !== "domain") continue;
    const { value, match } = entry;
    below.set(value, match);
    if (match === "exact") continue;
    const section = suffixSection(value);
    const reach = suffixesBelow(value);
    if (section === "icann")
      warnings.push({ code: "list/public-suffix", entry: value, message: `${value} is a whole registry` });
    else if (section === "private")
      warnings.push({
        code: "list/shared-hosting",
        entry: value,
        message: `below ${value} are the sites of many`,
      });
    else if (reach.icann + reach.private > 0)
      warnings.push({
        code: "list/above-suffixes",
        entry: value,
        message: `${value} reaches ${plural(reach.icann + reach.private, "public suffix", "public suffixes")}, such as ${reach.examples[0] ?? ""}`,
      });
  }
  for (const [rank, site] of top.entries()) {
    const by = reachedBy(site, below);
    if (by !== null)
      warnings.push({
        code: "list/top-site",
        entry: by,
        message: `${site}, number ${rank + 1} of the well-known sites, is reached by ${by}`,
      });
  }
  return warnings;
}

function reachedBy(site: string, listed: ReadonlyMap<string, string>): string | null {
  if (listed.has(site)) return site;
  for (let dot = site.indexOf("."); dot >= 0; dot = site.indexOf(".", dot + 1))
    if (listed.get(site.slice(dot + 1)) === "subdomains") return site.slice(dot + 1);
  return null;
}
