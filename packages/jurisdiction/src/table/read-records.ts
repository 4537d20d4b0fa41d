// Metadata and records of a table image: JSON, checked member by member.
import type { Caveat, EvidenceKind } from "../evidence.ts";
import { decodeUtf8 } from "../internal/globals.ts";
import { isTerritory } from "../territory.ts";
import type { TableRecord } from "./compile-table.ts";

/** The texts of the metadata, or null. */
export function readTexts(
  bytes: Uint8Array,
): { readonly source: string; readonly vendor: string; readonly dataDate: string } | null {
  const value = parse(bytes);
  if (!isObject(value)) return null;
  const { source, vendor, dataDate } = value;
  if (typeof source !== "string" || typeof vendor !== "string" || typeof dataDate !== "string") return null;
  return { source, vendor, dataDate };
}

/** The records, frozen, or null when one is none. */
export function readRecords(bytes: Uint8Array): readonly TableRecord[] | null {
  const value = parse(bytes);
  if (!Array.isArray(value)) return null;
  const records = value.map(readRecord).filter((each) => each !== null);
  return records.length === value.length ? records : null;
}

const KINDS: readonly EvidenceKind[] = [
  "declaration",
  "network-map",
  "client-subnet",
  "location",
  "geofeed",
  "trusted-header",
  "registration",
  "representation",
  "name",
  "list",
];

const CAVEATS: readonly Caveat[] = [
  "stale",
  "anycast",
  "anonymiser",
  "relay",
  "satellite",
  "mobile-coarse",
  "hosting",
  "operator-declined",
  "subnet-coarse",
  "ambiguous-code",
  "disputed",
  "embedded",
  "registration-only",
];

function readRecord(value: unknown): TableRecord | null {
  if (!isObject(value)) return null;
  const { territory, region, caveats } = value;
  const kind = KINDS.find((each) => each === value["kind"]);
  if (kind === undefined || !isPlace(territory) || !isPlace(region) || !Array.isArray(caveats)) return null;
  const known = CAVEATS.filter((each) => caveats.includes(each));
  if (known.length !== caveats.length) return null;
  return Object.freeze({ kind, territory, region, caveats: Object.freeze(known.toSorted()) });
}

function isPlace(value: unknown): value is string | null {
  return value === null || (typeof value === "string" && isTerritory(value));
}

function parse(bytes: Uint8Array): unknown {
  // A shared buffer can not be decoded as it is.
  const text = decodeUtf8(bytes.slice());
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
