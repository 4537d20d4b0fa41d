import { readFileSync } from "node:fs";
import {
  type AddressSource,
  ageWarnings,
  createResolver,
  databaseSource,
  groups,
  openMmdb,
  type PlacedCandidate,
  parseDelegated,
  parseGeofeed,
  parsePrefixList,
  type ReadSource,
  type Resolution,
  territoryName,
} from "@demarc/jurisdiction";
import { addressKind, type Issue, parseAddress } from "@demarc/net";
import { loadEvidence, NO_EVIDENCE } from "@demarc/runtime";
import { Console, Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { columns, Footnotes } from "../columns.ts";
import { AnswerNo, InputFault, UsageFault } from "../exit.ts";
import { formatFinding, json, line, plural, styled } from "../print.ts";
import { instantText, readInstant } from "../read-instant.ts";
import { readSite } from "../read-site.ts";

const files = (name: string, description: string) =>
  Flag.Path(name).pipe(Flag.withDescription(`${description}; may be repeated`), Flag.atLeast(0));

/**
 * `demarc where ADDRESS --at INSTANT`: where an address is, by which evidence, and which law's tables that touches.
 *
 * JSON: the type Resolution of @demarc/jurisdiction with `address`, `at` as text and `warnings` about the age of sources.
 * Exit codes: 0 when the address has a place; 1 when it is unknown; 2 for an address or instant that is none; 3 for a file
 * that can not be read.
 */
export const whereCommand = Command.make(
  "where",
  {
    address: Argument.String("address").pipe(Argument.withDescription("An IPv4 or IPv6 address")),
    at: Flag.String("at").pipe(
      Flag.withDescription("Instant, as 2020-01-31T23:30:00Z; now if left out"),
      Flag.optional,
    ),
    site: Flag.Path("site").pipe(
      Flag.withDescription("Folder with policy-set.yaml: its networks, its evidence and its operator"),
      Flag.optional,
    ),
    mmdb: files("mmdb", "A MaxMind DB file"),
    delegated: files("delegated", "A delegated file of an RIR: registration, no location"),
    geofeed: files("geofeed", "A geofeed (RFC 8805)"),
    relays: files("relays", "A list of addresses of relays"),
    dataDate: Flag.String("data-date").pipe(
      Flag.withDescription("Day of geofeeds and lists, which do not say it, as 2026-11-01"),
      Flag.optional,
    ),
    view: Flag.Literals("view", ["iso", "un"]).pipe(
      Flag.withDescription("To which states disputed territories belong; as the site says, or iso"),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.where")(function* (input) {
    const at = yield* readInstant(input.at);
    const address = parseAddress(input.address);
    if (!address.ok)
      return yield* new UsageFault(
        isName(input.address)
          ? {
              message: `\`${input.address}\` is a name, and names are at no place`,
              help: "ask about an address, as 192.0.2.7; demarc explain decides about names",
            }
          : address.issue,
      );
    const dataDate = Option.getOrElse(input.dataDate, () => "unknown");
    const sources: AddressSource[] = [];
    for (const file of input.mmdb) {
      const opened = openMmdb(yield* readBytes(file));
      if (!opened.ok)
        return yield* new InputFault({ ...opened.issue, message: `\`${file}\`: ${opened.issue.message}` });
      sources.push(databaseSource({ name: file, mmdb: opened.value }));
    }
    const unread: Issue[] = [];
    const take = (file: string, read: ReadSource): void => {
      sources.push(read.source);
      unread.push(
        ...read.issues.map((issue) => ({ ...issue, message: `${file}:${issue.line}: ${issue.message}` })),
      );
    };
    for (const file of input.delegated) take(file, parseDelegated(yield* readText(file), { source: file }));
    for (const file of input.geofeed)
      take(file, parseGeofeed(yield* readText(file), { source: file, dataDate }));
    for (const file of input.relays)
      take(file, parsePrefixList(yield* readText(file), { source: file, dataDate, caveat: "relay" }));
    const loaded = Option.isSome(input.site) ? yield* readSite(input.site.value) : null;
    const evidence =
      loaded === null
        ? NO_EVIDENCE
        : yield* loadEvidence(loaded.site.evidence, loaded.site.directory, NO_EVIDENCE);
    sources.push(...evidence.sources.map(({ source }) => source));
    const own = loaded?.site.networks ?? null;
    const networks = [...(own === null ? [] : [own]), ...evidence.maps.map(({ map }) => map)];
    const resolution = createResolver({
      // Who asks without a site is nobody's operator: that candidate is left out below.
      operator: loaded?.image.set.operator.jurisdiction ?? "AQ",
      networks,
      sources,
      view: Option.getOrElse(input.view, () => evidence.config.view ?? "iso"),
      staleAfterDays: evidence.config.staleAfterDays,
      groups: groups(),
    }).resolve({ at, client: address.value });
    const candidates = resolution.candidates.filter((each) => each.connector !== "operator-establishment");
    const unknown = resolution.unknown.filter((each) => each.connector === "subject-location");
    const warnings: Issue[] = [
      ...unread,
      ...evidence.issues.map(({ code, message, help }) => ({ code, message, help })),
      ...ageWarnings(sources, at, evidence.config.staleAfterDays),
    ];
    if (input.json)
      yield* json({
        address: input.address,
        ...resolution,
        at: instantText(at),
        candidates,
        unknown,
        warnings,
      });
    else
      yield* printWhere(
        input.address,
        addressKind(address.value),
        { ...resolution, candidates, unknown },
        warnings,
      );
    if (unknown.length > 0) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Say where an address is, by which evidence, and whose law that touches"),
  Command.withExamples([
    {
      command: "demarc where 127.0.0.1 --site examples/site",
      description: "As the site's networks place it",
    },
    {
      command: "demarc where 198.51.100.7 --at 2020-01-31T23:30:00Z",
      description: "Half an hour after a withdrawal; documentation space is nowhere",
    },
    {
      command: "demarc where 9.9.9.9 --mmdb country.mmdb --delegated delegated-arin-extended-latest --json",
      description: "By a database and a registry, for a program to read",
    },
  ]),
);

const REASONS: Readonly<Record<Resolution["unknown"][number]["reason"], string>> = {
  "no-signal": "nothing was asked",
  malformed: "it is no address",
  reserved: "it is of special-purpose address space, which is at no place",
  "no-source": "no source was given; point at one with --site, --mmdb, --geofeed or --delegated",
  "not-found": "no source has a location for it",
  declined: "the holder of the network asks not to locate it",
  "unsupported-family": "the only sources hold IPv4; give one that has IPv6",
  "source-damaged": "the only source that might know is damaged",
};

const ROLES: Readonly<Partial<Record<PlacedCandidate["connector"], string>>> = {
  "subject-location": "the client is in",
  "network-registrant": "the network is registered in",
  "network-representation": "the network serves people of",
};

const basisText = ({ basis, evidence, territory }: PlacedCandidate): string => {
  if (basis === "agreement") return "independent sources agree";
  if (basis === "asserted") return "the operator's map of its networks says";
  if (basis === "declared") return "it is declared";
  return evidence.filter((each) => each.value?.startsWith(territory)).length < 2
    ? "one source says"
    : "sources say that are of one maker or have doubts";
};

const CAVEATS: Readonly<Record<PlacedCandidate["caveats"][number], string>> = {
  stale: "the data is of another time",
  anycast: "the address is in many places at once",
  anonymiser: "the address is an anonymiser's, not the client's own",
  relay: "the address is a privacy relay's",
  satellite: "the ground station of a satellite network is located",
  "mobile-coarse": "the gateway of a mobile network is located",
  hosting: "a data centre's address is seldom a person's",
  "operator-declined": "the holder of the network asks not to locate it",
  "subnet-coarse": "the client subnet is wider than what was located",
  "ambiguous-code": "the code stands for places under different law, so it places nothing",
  disputed: "states disagree about the territory",
  embedded: "the IPv4 address within the IPv6 one was located",
  "registration-only": "only the registration is known, which is no location",
};

const printWhere = Effect.fnUntraced(function* (
  address: string,
  kind: string,
  resolution: Resolution,
  warnings: readonly Issue[],
) {
  yield* line(`${styled("bold", address)} at ${instantText(resolution.at)}, view ${resolution.view}`);
  for (const { reason } of resolution.unknown)
    yield* line(
      `  location unknown: ${REASONS[reason]} (${reason === "reserved" ? `reserved, ${kind}` : reason})`,
    );
  const acts = new Footnotes();
  for (const each of resolution.candidates)
    yield* printCandidate(
      each,
      resolution.conflicts.some(({ connector }) => connector === each.connector),
      acts,
    );
  for (const { territories } of resolution.conflicts)
    yield* line(
      `  conflict: sources disagree between ${territories.join(" and ")}, so that each counts half; a rule may ask for more`,
    );
  for (const { source, code } of resolution.faults) yield* line(`  ${source} could not answer (${code})`);
  const lines = acts.lines();
  if (lines.length > 0) yield* line("by:");
  for (const each of lines) yield* line(`  ${each}`);
  for (const { code, message, help } of warnings.slice(0, MAX_WARNINGS))
    yield* Console.error(formatFinding({ severity: "warning", code, message, help }, process.stderr));
  if (warnings.length > MAX_WARNINGS)
    yield* Console.error(`... and ${plural(warnings.length - MAX_WARNINGS, "warning")} more: --json has all`);
});

const MAX_WARNINGS = 20;

const isName = (text: string): boolean => /^[\w-]+(?:\.[\w-]+)*\.[a-z][\w-]*\.?$/i.test(text);

const printCandidate = Effect.fnUntraced(function* (
  each: PlacedCandidate,
  contested: boolean,
  acts: Footnotes,
) {
  const role = ROLES[each.connector] ?? each.connector;
  yield* line(
    `  ${contested ? role.replace(/ is in$/, " may be in") : role} ${styled("bold", each.territory)} (${territoryName(each.territory)}), as ${basisText(each)}: confidence ${Number(each.confidence.toFixed(4))}`,
  );
  for (const caveat of each.caveats) yield* line(`    but ${CAVEATS[caveat]} (${caveat})`);
  const evidence = each.evidence.map(({ kind, value, source, dataDate, prefix }) => [
    kind,
    value ?? "-",
    prefix ?? "-",
    dataDate ?? "now",
    source,
  ]);
  for (const row of columns([["evidence", "says", "about", "data of", "source"], ...evidence]))
    yield* line(`    ${row}`);
  if (each.dispute !== null)
    yield* line(
      `    disputed: ${each.sovereign ?? each.territory} in this view${each.dispute.claims.length === 0 ? "" : `, claimed by ${each.dispute.claims.join(", ")}`} ${acts.mark(each.dispute.source)}`,
    );
  // Where it is registered is no place whose law a rule can mean.
  if (each.connector !== "subject-location") return;
  const told = each.status.filter((status) => status.standing !== "outside" || status.regime !== null);
  const rows = told.map(({ group, standing, regime, until, source }) => [
    standing,
    group,
    regime ?? "",
    until === null ? "" : `until ${instantText(until)}`,
    source === null ? "" : acts.mark(source),
  ]);
  if (rows.length > 0) yield* line("    there, at that instant:");
  for (const row of columns(rows)) yield* line(`      ${row}`);
});

const readBytes = Effect.fnUntraced(function* (file: string): Effect.fn.Return<Uint8Array, InputFault> {
  return yield* Effect.try({
    try: () => readFileSync(file),
    catch: (cause) =>
      new InputFault({
        code: "cli/unreadable",
        message: `\`${file}\` can not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
        help: "check that it is a file, and that you may read it",
      }),
  });
});

const readText = (file: string): Effect.Effect<string, InputFault> =>
  Effect.map(readBytes(file), (bytes) => new TextDecoder().decode(bytes));
