// The other way round: entries to the text of a format. Read read-list.ts for the readers.
import { NameStanding } from "./internal/name-standing.ts";
import { patternRule } from "./internal/url-pattern.ts";
import { writeRpz } from "./internal/write-rpz.ts";
import { writeSingBox } from "./internal/write-sing-box.ts";
import type { ListEntry, ListFormat } from "./list-reading.ts";

/** The formats that `formatList` writes: those that are text. */
export type WritableFormat = Exclude<ListFormat, "geosite-dat" | "geoip-dat">;

/** What goes into a list beside its entries. */
export interface FormatListOptions {
  /** Written where the format has exceptions (adguard, dnsmasq, unbound, rpz; in sing-box that of a name all below which is listed). */
  readonly exceptions?: readonly ListEntry[] | undefined;
  /** Serial of an RPZ zone's SOA, 0–4294967295; 1 when not given. Secondaries reload only when it grows (RFC 1982). */
  readonly serial?: number | undefined;
  /**
   * Write the rest where the format has no words for some entries. Without an exception, the text matches more than it should;
   * without an entry, less.
   */
  readonly leaveOut?: boolean | undefined;
}

/** A list as text; or, unless `leaveOut` says to go on, no text and what the format has no words for. */
export type WrittenList =
  | { readonly ok: true; readonly text: string; readonly omitted: readonly ListEntry[] }
  | { readonly ok: false; readonly omitted: readonly ListEntry[] };

/**
 * Writes canonical entries (as `readList` returns them) in a format. Reading the text again gives entries that match the
 * same names and addresses, less those in `omitted`. Entries keep their order (in sing-box within each field); the text ends in a line feed.
 * In dnsmasq, Unbound and RPZ the nearest name wins, here an exception does: so what an exception takes out is not written there, and a zone
 * has what holds at each name, once.
 *
 * What the format can not say is refused, never dropped in silence: `ok` is false then, and `omitted` says what it is.
 */
export function formatList(
  format: WritableFormat,
  entries: readonly ListEntry[],
  options: FormatListOptions = {},
): WrittenList {
  const excepted = options.exceptions ?? [];
  if (format === "sing-box" || format === "rpz") {
    const { text, omitted } =
      format === "rpz" ? writeRpz(entries, excepted, options.serial ?? 1) : writeSingBox(entries, excepted);
    return omitted.length > 0 && options.leaveOut !== true
      ? { ok: false, omitted }
      : { ok: true, text, omitted };
  }
  const write = WRITERS[format];
  const lines: string[] = [];
  const omitted: ListEntry[] = [];
  const add = (entry: ListEntry, exception: boolean) => {
    const written = write(entry, exception);
    if (written === null) omitted.push(entry);
    else lines.push(written);
  };
  if (format === "csv") lines.push("url");
  for (const entry of NEAREST_WINS.has(format) ? unexcepted(entries, excepted) : entries) add(entry, false);
  for (const entry of excepted) add(entry, true);
  if (omitted.length > 0 && options.leaveOut !== true) return { ok: false, omitted };
  return { ok: true, text: lines.length === 0 ? "" : `${lines.join("\n")}\n`, omitted };
}

// Programs in which a name wins over those above it, be it blocked or excepted.
const NEAREST_WINS: ReadonlySet<WritableFormat> = new Set(["dnsmasq", "unbound"]);

// Here an exception wins: at and below one of a name with all below it, entries match nothing, and there they would block.
function unexcepted(entries: readonly ListEntry[], exceptions: readonly ListEntry[]): readonly ListEntry[] {
  const excepting = new NameStanding([], exceptions);
  return entries.filter(({ type, value }) => type !== "domain" || excepting.below(value) === null);
}

type Writer = (entry: ListEntry, exception: boolean) => string | null;

const WRITERS: Readonly<Record<Exclude<WritableFormat, "sing-box" | "rpz">, Writer>> = {
  domains: (entry, exception) => {
    if (exception || entry.type !== "domain") return null;
    return entry.match === "exact" ? `=${entry.value}` : entry.value;
  },
  // A hosts file says nothing about names below.
  hosts: (entry, exception) =>
    exception || entry.type !== "domain" || entry.match !== "exact" ? null : `0.0.0.0 ${entry.value}`,
  adguard: (entry, exception) => {
    if (entry.type === "url-pattern") return `${exception ? "@@" : ""}${patternRule(entry.value)}`;
    if (entry.type !== "domain") return null;
    return `${exception ? "@@" : ""}${entry.match === "exact" ? "|" : "||"}${entry.value}^`;
  },
  dnsmasq: (entry, exception) => {
    if (entry.type !== "domain" || entry.match !== "subdomains") return null;
    return exception ? `server=/${entry.value}/#` : `local=/${entry.value}/`;
  },
  geosite: (entry, exception) => {
    if (exception || entry.type !== "domain") return null;
    return `${entry.match === "exact" ? "full" : "domain"}:${entry.value}`;
  },
  // `static` answers that the name is not there, and so for all below it; a zone of one name alone does not exist.
  unbound: (entry, exception) => {
    if (entry.type !== "domain" || entry.match !== "subdomains") return null;
    return `local-zone: "${entry.value}." ${exception ? "always_transparent" : "always_nxdomain"}`;
  },
  // Written below the header `url`.
  csv: (entry, exception) =>
    exception || entry.type !== "url" || entry.match !== "exact" ? null : csvField(entry.value),
  cidr: (entry, exception) => (exception || entry.type !== "cidr" ? null : entry.value),
};

function csvField(value: string): string {
  return /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
