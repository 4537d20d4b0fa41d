// A list from a file: its bytes, its format as given or guessed, and everything its lines say.
import { existsSync } from "node:fs";
import { countryPrefixes, isTerritory, openMmdb, suggestTerritory } from "@demarc/jurisdiction";
import {
  guessFormat,
  LIST_FORMATS,
  type ListDiagnostic,
  type ListEntry,
  type ListFormat,
  streamList,
} from "@demarc/lists";
import { readGeosite } from "@demarc/lists/geosite";
import { formatPrefix } from "@demarc/net";
import { Effect, Option } from "effect";
import { Flag } from "effect/cli";
import { InputFault, UsageFault } from "./exit.ts";
import { readBytes, shownPath } from "./files.ts";
import { listsBeside } from "./list-folder.ts";

/** What a list can be read from: the formats of lists, and a database of addresses. */
export type SourceFormat = ListFormat | "mmdb";

const SOURCE_FORMATS: readonly SourceFormat[] = [...LIST_FORMATS, "mmdb"];

/** How a list is read, as the command line says it. */
export interface ListSource {
  readonly format: Option.Option<string>;
  /** Of a database of addresses, the country whose prefixes are the list. */
  readonly country: Option.Option<string>;
  /** Of a geosite.dat or geoip.dat file, which of its lists. */
  readonly category: Option.Option<string>;
  /** Of a geosite source, what attributes a rule must have, or with a minus not have. */
  readonly attribute: readonly string[];
}

/** A list, read. */
export interface ListFile {
  readonly file: string;
  readonly format: SourceFormat;
  /** Whether nobody said the format. */
  readonly isGuess: boolean;
  readonly lines: number;
  readonly accepted: number;
  readonly refused: number;
  readonly ignored: number;
  readonly countByCode: Readonly<Record<string, number>>;
  /** The first of them. */
  readonly diagnostics: readonly ListDiagnostic[];
  /** In the order of the lines, each once. */
  readonly entries: readonly ListEntry[];
  readonly exceptions: readonly ListEntry[];
  /** Entries that an earlier line has already. */
  readonly duplicates: number;
}

const MAX_DIAGNOSTICS = 1000;

const NONE = new Uint8Array(0);

/** The flag of a format; left out, it is guessed. */
export const formatFlag = (name: string) =>
  Flag.String(name).pipe(
    Flag.withDescription(`One of ${SOURCE_FORMATS.join(", ")}; v2fly is geosite; guessed if left out`),
    Flag.optional,
  );

/** The flags that say how a list is read. */
export const sourceFlags = {
  format: formatFlag("format").pipe(Flag.withAlias("from")),
  country: Flag.String("country").pipe(
    Flag.withDescription("Of an mmdb database, the country whose prefixes are the list, as DE"),
    Flag.optional,
  ),
  category: Flag.String("category").pipe(
    Flag.withDescription("Of a geosite.dat or geoip.dat file, which of its lists, as google or google@ads"),
    Flag.optional,
  ),
  attribute: Flag.String("attribute").pipe(
    Flag.withDescription(
      "Of a geosite source, keep rules with @NAME only, or with =-NAME those without; may be repeated",
    ),
    Flag.atLeast(0),
  ),
};

/** A format that there is, or a fault that names them. */
export const formatOf = (text: string): Effect.Effect<SourceFormat, UsageFault> => {
  // As its makers call it; the file of the same lists that is compiled is geosite-dat.
  const format = SOURCE_FORMATS.find((each) => each === (text === "v2fly" ? "geosite" : text));
  return format === undefined
    ? Effect.fail(
        new UsageFault({
          code: "cli/list-format",
          message: `\`${text}\` is no format of a list`,
          help: `known are ${SOURCE_FORMATS.join(", ")}`,
        }),
      )
    : Effect.succeed(format);
};

/** Reads a list; `cli/list-format` where the format is neither given nor plain from the file. */
export const readListFile = Effect.fnUntraced(function* (
  path: string,
  { format: asked, country, category, attribute }: ListSource,
): Effect.fn.Return<ListFile, InputFault | UsageFault> {
  const file = shownPath(path);
  const named = Option.isSome(asked) ? yield* formatOf(asked.value) : null;
  const bytes = named === "geosite" && isMadeByOthers(file) ? NONE : yield* readBytes(file);
  const guess = named ?? guessSource(file, bytes);
  if (guess === null)
    return yield* new InputFault({
      code: "cli/list-format",
      message: `\`${file}\` is in no format that its first lines tell`,
      help: `say which with --format: ${SOURCE_FORMATS.join(", ")}`,
    });
  if (guess === "mmdb") return yield* readCountry(file, bytes, country, Option.isNone(asked));
  if (Option.isSome(country))
    return yield* new UsageFault({
      message: `--country chooses from a database of addresses, and \`${file}\` is a list in ${guess}`,
      help: "leave it out, or give an .mmdb file",
    });
  if (attribute.length > 0 && guess !== "geosite")
    return yield* new UsageFault({
      message: `--attribute chooses from a geosite source, and \`${file}\` is a list in ${guess}`,
      help: "leave it out, or say --from v2fly",
    });
  if (Option.isSome(category) && guess !== "geosite-dat" && guess !== "geoip-dat")
    return yield* new UsageFault({
      message: `--category chooses from a geosite.dat or geoip.dat file, and \`${file}\` is a list in ${guess}`,
      help: "leave it out, or say --from geosite-dat",
    });
  const options =
    guess === "geosite"
      ? { ...listsBeside(file), attributes: attribute }
      : { code: Option.getOrUndefined(category) };
  const entries = new Map<string, ListEntry>();
  const exceptions = new Map<string, ListEntry>();
  const diagnostics: ListDiagnostic[] = [];
  let duplicates = 0;
  const keep = (into: Map<string, ListEntry>) => (entry: ListEntry) => {
    const key = JSON.stringify(entry);
    if (into.has(key)) duplicates += 1;
    else into.set(key, entry);
  };
  const stream = streamList(
    guess,
    {
      onEntry: keep(entries),
      onException: keep(exceptions),
      onDiagnostic: (diagnostic) => {
        if (diagnostics.length < MAX_DIAGNOSTICS) diagnostics.push(diagnostic);
      },
    },
    options,
  );
  stream.push(bytes);
  const counts = stream.end();
  return {
    file,
    format: guess,
    isGuess: Option.isNone(asked),
    ...counts,
    diagnostics,
    entries: [...entries.values()],
    exceptions: [...exceptions.values()],
    duplicates,
  };
});

/** `list:3:1`, and for what an include brought the place in the included list. */
export const placeInList = (file: string, { line, column, offset, included }: ListDiagnostic): string => {
  if (offset !== undefined) return `${file}, byte ${offset}`;
  const own = `${file}:${line}:${column}`;
  return included === undefined ? own : `${own} > ${included.list}:${included.line}:${included.column}`;
};

// Whether a list without a file is there all the same, because lists beside it add to it.
function isMadeByOthers(file: string): boolean {
  if (existsSync(file)) return false;
  const { entries, diagnostics } = readGeosite("", listsBeside(file));
  return entries.length > 0 || diagnostics.some(({ included }) => included !== undefined);
}

function guessSource(file: string, bytes: Uint8Array): SourceFormat | null {
  if (file.toLowerCase().endsWith(".mmdb")) return "mmdb";
  return guessFormat(file, bytes, (part) => new TextDecoder().decode(part));
}

// The networks of a database take the place of lines.
const readCountry = Effect.fnUntraced(function* (
  file: string,
  bytes: Uint8Array,
  asked: Option.Option<string>,
  isGuess: boolean,
): Effect.fn.Return<ListFile, InputFault | UsageFault> {
  if (Option.isNone(asked))
    return yield* new UsageFault({
      message: `\`${file}\` has the networks of many countries`,
      help: "say whose are the list: --country DE",
    });
  const country = asked.value;
  if (!/^[A-Z]{2}$/.test(country) || !isTerritory(country)) {
    const guess = suggestTerritory(country);
    return yield* new UsageFault({
      message: `\`${country}\` is no country of ISO 3166-1`,
      help: guess === null ? "write two capital letters, as DE" : `did you mean \`${guess}\`?`,
    });
  }
  const opened = openMmdb(bytes);
  const read = opened.ok ? countryPrefixes(opened.value, country) : opened;
  if (!read.ok)
    return yield* new InputFault({ ...read.issue, message: `\`${file}\`: ${read.issue.message}` });
  const { prefixes, networks, ofCountry } = read.value;
  if (prefixes.length === 0)
    return yield* new InputFault({
      code: "cli/list-country",
      message: `\`${file}\` places none of its ${networks} networks in ${country}`,
      help: "give a database that has countries; one of registrations or of operators has none",
    });
  return {
    file,
    format: "mmdb",
    isGuess,
    lines: networks,
    accepted: ofCountry,
    refused: 0,
    ignored: networks - ofCountry,
    countByCode: {},
    diagnostics: [],
    entries: prefixes.map((prefix) => ({ type: "cidr", value: formatPrefix(prefix) })),
    exceptions: [],
    duplicates: 0,
  };
});
