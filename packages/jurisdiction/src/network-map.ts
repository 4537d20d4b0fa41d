// The operator's own knowledge of its networks: which client prefixes are where, and which hosts.
import { type Address, formatPrefix, type Prefix, parsePrefix } from "@demarc/net";
import { ambiguousParts, isTerritory, suggestTerritory, territoryName } from "./territory.ts";

/** One prefix with its place. */
export interface NetworkEntry {
  readonly prefix: Prefix;
  readonly text: string;
  readonly territory: string;
  /** 0–1. */
  readonly confidence: number;
  /** Labels that the operator puts on flows of these clients. */
  readonly dataClasses: readonly string[];
}

/** The whole map. `find` returns the entry with the longest prefix that contains an address, or null. */
export interface NetworkMap {
  readonly source: string;
  /** `2026-11-01`. */
  readonly dataDate: string;
  readonly clients: readonly NetworkEntry[];
  readonly hosts: readonly NetworkEntry[];
  readonly findClient: (address: Address) => NetworkEntry | null;
  readonly findHost: (address: Address) => NetworkEntry | null;
}

/** One fault in a network map; `pointer` is a JSON Pointer into the document. */
export interface NetworkMapIssue {
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly help?: string | undefined;
}

/** Confidence of an entry that states none: the operator knows its own address plan. */
export const DEFAULT_MAP_CONFIDENCE = 0.95;

/**
 * Reads a network map from parsed YAML or JSON: `{ source, dataDate, clients: [{ prefix, territory, confidence?, dataClasses? }],
 * hosts: [...] }`.
 *
 * Errors, all of them: `networks/form`, `networks/unknown-field`, `networks/prefix`, `networks/duplicate-prefix`,
 * `networks/unknown-territory`, `networks/ambiguous-territory`, `networks/confidence`.
 */
export function parseNetworkMap(
  value: unknown,
):
  | { readonly ok: true; readonly value: NetworkMap }
  | { readonly ok: false; readonly issues: readonly NetworkMapIssue[] } {
  const issues: NetworkMapIssue[] = [];
  const report = (code: string, pointer: string, message: string, help?: string): void => {
    issues.push({ code: `networks/${code}`, pointer, message, help });
  };
  if (!isObject(value)) {
    report("form", "", "an object with `source`, `dataDate`, `clients` and `hosts` is expected");
    return { ok: false, issues };
  }
  const known = ["source", "dataDate", "clients", "hosts"];
  for (const key of Object.keys(value))
    if (!known.includes(key))
      report(
        "unknown-field",
        `/${pointerPart(key)}`,
        `there is no field \`${key}\``,
        `known are ${known.join(", ")}`,
      );
  const source = value["source"];
  const dataDate = value["dataDate"];
  if (typeof source !== "string" || source === "")
    report("form", "/source", "a text is expected that says where the map comes from");
  if (typeof dataDate !== "string" || !isDate(dataDate))
    report("form", "/dataDate", "the date of the map is expected, as 2026-11-01");
  const clients = readEntries(value["clients"], "/clients", report);
  const hosts = readEntries(value["hosts"] ?? [], "/hosts", report);
  if (issues.length > 0) return { ok: false, issues };
  return {
    ok: true,
    value: {
      source: source as string,
      dataDate: dataDate as string,
      clients,
      hosts,
      findClient: finderOf(clients),
      findHost: finderOf(hosts),
    },
  };
}

type Report = (code: string, pointer: string, message: string, help?: string) => void;

function readEntries(value: unknown, pointer: string, report: Report): NetworkEntry[] {
  if (!Array.isArray(value)) {
    report("form", pointer, "a list of prefixes with their territories is expected");
    return [];
  }
  const seen = new Set<string>();
  const entries: NetworkEntry[] = [];
  for (const [index, item] of value.entries()) {
    const entry = readEntry(item, `${pointer}/${index}`, report);
    if (entry === null) continue;
    if (seen.has(entry.text))
      report(
        "duplicate-prefix",
        `${pointer}/${index}/prefix`,
        `\`${entry.text}\` is there twice`,
        "keep one",
      );
    seen.add(entry.text);
    entries.push(entry);
  }
  return entries;
}

function readEntry(item: unknown, pointer: string, report: Report): NetworkEntry | null {
  if (!isObject(item)) {
    report("form", pointer, "an object with `prefix` and `territory` is expected");
    return null;
  }
  const known = ["prefix", "territory", "confidence", "dataClasses"];
  for (const key of Object.keys(item))
    if (!known.includes(key))
      report(
        "unknown-field",
        `${pointer}/${pointerPart(key)}`,
        `there is no field \`${key}\``,
        `known are ${known.join(", ")}`,
      );
  const prefixText = item["prefix"];
  const prefix = parsePrefix(typeof prefixText === "string" ? prefixText : "");
  if (!prefix.ok) report("prefix", `${pointer}/prefix`, prefix.issue.message, prefix.issue.help);
  const territory = item["territory"];
  if (typeof territory !== "string" || !isTerritory(territory)) {
    const suggestion = typeof territory === "string" ? suggestTerritory(territory) : null;
    const message =
      territory === false
        ? "`false` is no territory: an unquoted NO in YAML 1.1"
        : `\`${String(territory)}\` is no territory`;
    report(
      "unknown-territory",
      `${pointer}/territory`,
      message,
      suggestion === null ? 'write an ISO 3166 code, in quotes for "NO"' : `did you mean ${suggestion}?`,
    );
  }
  const parts = ambiguousParts(String(territory));
  if (parts.length > 0)
    report(
      "ambiguous-territory",
      `${pointer}/territory`,
      `\`${String(territory)}\` (${territoryName(String(territory))}) stands for places under different law`,
      `write ${parts.join(" or ")}`,
    );
  const confidence = item["confidence"] ?? DEFAULT_MAP_CONFIDENCE;
  if (typeof confidence !== "number" || !(confidence >= 0 && confidence <= 1))
    report("confidence", `${pointer}/confidence`, "a number from 0 to 1 is expected");
  const dataClasses = item["dataClasses"] ?? [];
  if (!Array.isArray(dataClasses) || !dataClasses.every((each) => typeof each === "string"))
    report("form", `${pointer}/dataClasses`, "a list of labels is expected");
  if (!prefix.ok) return null;
  return {
    prefix: prefix.value,
    text: formatPrefix(prefix.value),
    territory: String(territory),
    confidence: Number(confidence),
    dataClasses: dataClasses as readonly string[],
  };
}

type Key = number | string;

interface Table {
  readonly length: number;
  readonly entries: Map<Key, NetworkEntry>;
}

// One map per family and prefix length in use, longest first. The key is the masked address.
function finderOf(entries: readonly NetworkEntry[]): (address: Address) => NetworkEntry | null {
  const tablesOf = (bytes: number): readonly Table[] => {
    const byLength = new Map<number, Table>();
    for (const entry of entries) {
      const { address, length } = entry.prefix;
      if (address.length !== bytes) continue;
      const table = byLength.get(length) ?? { length, entries: new Map<Key, NetworkEntry>() };
      byLength.set(length, table);
      table.entries.set(keyOf(address, length), entry);
    }
    return [...byLength.values()].toSorted((a, b) => b.length - a.length);
  };
  const v4 = tablesOf(4);
  const v6 = tablesOf(16);
  return (address) => {
    for (const table of address.length === 4 ? v4 : address.length === 16 ? v6 : []) {
      const found = table.entries.get(keyOf(address, table.length));
      if (found !== undefined) return found;
    }
    return null;
  };
}

// A number for IPv4, which costs no allocation; the kept bytes as text for IPv6.
function keyOf(address: Address, length: number): Key {
  if (address.length === 4) {
    const [a = 0, b = 0, c = 0, d = 0] = address;
    const bits = (a << 24) | (b << 16) | (c << 8) | d;
    return length === 0 ? 0 : (bits & (-1 << (32 - length))) >>> 0;
  }
  let key = "";
  for (let index = 0; index * 8 < length; index += 1) {
    const kept = Math.min(8, length - index * 8);
    key += String.fromCharCode((address[index] as number) & ((0xff << (8 - kept)) & 0xff));
  }
  return key;
}

// A civil date that exists; `2026-02-30` would be another day.
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

// RFC 6901 §3.
function pointerPart(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
