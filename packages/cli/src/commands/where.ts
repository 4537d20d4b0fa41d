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
  type Resolution,
  territoryName,
} from "@demarc/jurisdiction";
import { type Issue, parseAddress } from "@demarc/net";
import { loadEvidence, NO_EVIDENCE } from "@demarc/runtime";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo, InputFault, UsageFault } from "../exit.ts";
import { formatFault, json, line, styled } from "../print.ts";
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
    if (!address.ok) return yield* new UsageFault(address.issue);
    const dataDate = Option.getOrElse(input.dataDate, () => "unknown");
    const sources: AddressSource[] = [];
    for (const file of input.mmdb) {
      const opened = openMmdb(yield* readBytes(file));
      if (!opened.ok)
        return yield* new InputFault({ ...opened.issue, message: `\`${file}\`: ${opened.issue.message}` });
      sources.push(databaseSource({ name: file, mmdb: opened.value }));
    }
    for (const file of input.delegated)
      sources.push(parseDelegated(yield* readText(file), { source: file }).source);
    for (const file of input.geofeed)
      sources.push(parseGeofeed(yield* readText(file), { source: file, dataDate }).source);
    for (const file of input.relays)
      sources.push(
        parsePrefixList(yield* readText(file), { source: file, dataDate, caveat: "relay" }).source,
      );
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
    else yield* printWhere(input.address, { ...resolution, candidates, unknown }, warnings.map(formatFault));
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
  "unsupported-family": "the only sources hold IPv4",
  "source-damaged": "the only source that might know is damaged",
};

const printWhere = Effect.fnUntraced(function* (
  address: string,
  resolution: Resolution,
  warnings: readonly string[],
) {
  yield* line(`${styled("bold", address)} at ${instantText(resolution.at)}, view ${resolution.view}`);
  for (const { reason } of resolution.unknown)
    yield* line(`  location unknown: ${REASONS[reason]} (${reason})`);
  for (const each of resolution.candidates) yield* printCandidate(each);
  for (const { territories } of resolution.conflicts)
    yield* line(`  conflict: sources disagree between ${territories.join(" and ")}`);
  for (const { source, code } of resolution.faults) yield* line(`  ${source} could not answer (${code})`);
  for (const warning of warnings) yield* line(`  ${warning}`);
});

const printCandidate = Effect.fnUntraced(function* (each: PlacedCandidate) {
  yield* line(
    `  ${each.connector}: ${styled("bold", each.territory)} (${territoryName(each.territory)}), confidence ${Number(each.confidence.toFixed(4))} by ${each.basis}${each.caveats.length === 0 ? "" : `; ${each.caveats.join(", ")}`}`,
  );
  for (const { kind, value, source, dataDate, prefix } of each.evidence)
    yield* line(
      `    ${kind.padEnd(15)} ${(value ?? "-").padEnd(8)} ${(prefix ?? "-").padEnd(20)} ${dataDate ?? "now"}  ${source}`,
    );
  if (each.dispute !== null)
    yield* line(
      `    disputed: ${each.sovereign ?? each.territory} in this view${each.dispute.claims.length === 0 ? "" : `, claimed by ${each.dispute.claims.join(", ")}`}: ${each.dispute.source}`,
    );
  const told = each.status.filter((status) => status.standing !== "outside" || status.regime !== null);
  for (const { group, standing, regime, source } of told)
    yield* line(
      `    ${standing} ${group}${regime === null ? "" : ` (${regime})`}${source === null ? "" : `: ${source}`}`,
    );
});

const readBytes = Effect.fnUntraced(function* (file: string): Effect.fn.Return<Uint8Array, InputFault> {
  return yield* Effect.try({
    try: () => readFileSync(file),
    catch: (cause) =>
      new InputFault({
        code: "cli/unreadable",
        message: `\`${file}\` can not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      }),
  });
});

const readText = (file: string): Effect.Effect<string, InputFault> =>
  Effect.map(readBytes(file), (bytes) => new TextDecoder().decode(bytes));
