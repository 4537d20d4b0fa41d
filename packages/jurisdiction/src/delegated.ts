// The RIRs' statistics: where a network is registered. Never where it is.
import { type Address, parseAddress } from "@demarc/net";
import { type LineIssue, type ReadSource, type SourceInfo, sourceOf } from "./prefix-source.ts";
import type { TableEntry, TableRecord } from "./table/compile-table.ts";
import { isTerritory } from "./territory.ts";

/**
 * Reads a delegated or delegated-extended file (`registry|cc|type|start|value|date|status[|opaque-id]`). The value of IPv4 is a
 * count of addresses, of IPv6 a prefix length. Evidence of kind `registration`. The data's day is the end date of the version
 * line unless `dataDate` is given.
 *
 * Errors, by line: `delegated/form`, `delegated/address`, `delegated/count`, `delegated/status`, `delegated/territory` (`EU` and `AP`
 * are regions, no places). Lines of AS numbers, summaries, and space that nobody holds are counted in `skipped`.
 *
 * Source: RIR Statistics Exchange Format and its extended form (NRO).
 */
export function parseDelegated(text: string, info: Partial<SourceInfo> = {}): ReadSource {
  const issues: LineIssue[] = [];
  const skipped: Record<string, number> = {};
  const entries: TableEntry[] = [];
  const records = new Map<string, TableRecord>();
  let version: readonly string[] | null = null;
  const skip = (what: string): void => {
    skipped[what] = (skipped[what] ?? 0) + 1;
  };
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const report = (code: string, message: string): void => {
      issues.push({ code: `delegated/${code}`, message, line: index + 1 });
    };
    const fields = line.split("|");
    if (version === null && /^[\d.]+$/.test(fields[0] ?? "")) {
      version = fields;
      continue;
    }
    if (fields.at(-1) === "summary") {
      skip("summary");
      continue;
    }
    if (fields.length < 7) {
      report("form", `7 fields with \`|\` between them are expected, not ${fields.length}`);
      continue;
    }
    const [, code = "", type = "", start = "", value = "", , status = ""] = fields;
    if (type === "asn") {
      skip("asn");
      continue;
    }
    if (type !== "ipv4" && type !== "ipv6") {
      report("form", `\`${type}\` is no type; asn, ipv4 or ipv6 is expected`);
      continue;
    }
    if (status === "available" || status === "reserved") {
      skip(status);
      continue;
    }
    if (status !== "allocated" && status !== "assigned") {
      report("status", `\`${status}\` is no status; allocated, assigned, available or reserved is expected`);
      continue;
    }
    const address = parseAddress(start);
    if (!address.ok || (address.value.length === 4) !== (type === "ipv4")) {
      report("address", `\`${start}\` is no ${type === "ipv4" ? "IPv4" : "IPv6"} address`);
      continue;
    }
    const prefixes = prefixesOf(address.value, value);
    if (prefixes === null) {
      report("count", `\`${value}\` does not fit \`${start}\``);
      continue;
    }
    if (!/^[A-Z]{2}$/.test(code) || !isTerritory(code)) {
      report("territory", `\`${code}\` is no territory`);
      continue;
    }
    const record: TableRecord = records.get(code) ?? {
      kind: "registration",
      territory: code,
      region: null,
      caveats: [],
    };
    records.set(code, record);
    for (const prefix of prefixes) entries.push({ prefix, record });
  }
  const registry = version?.[1] ?? "unknown registry";
  const made = {
    source: info.source ?? `${registry} delegated`,
    vendor: info.vendor ?? "nro",
    dataDate: info.dataDate ?? dayOf(version?.[5]),
  };
  return { source: sourceOf({ ...made, entries }), entries, issues, skipped };
}

// `20261101` of the version line.
function dayOf(text: string | undefined): string {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? "");
  return match === null ? "unknown" : `${match[1]}-${match[2]}-${match[3]}`;
}

function prefixesOf(
  address: Address,
  value: string,
): readonly { readonly address: Address; readonly length: number }[] | null {
  if (!/^[1-9]\d{0,9}$/.test(value)) return null;
  const number = Number(value);
  if (address.length === 16) {
    if (number > 128) return null;
    const sound = address.every(
      (byte, at) => (byte & (0xff >> Math.min(8, Math.max(0, number - at * 8)))) === 0,
    );
    return sound ? [{ address, length: number }] : null;
  }
  let start = address.reduce((sum, byte) => sum * 256 + byte, 0);
  const end = start + number;
  if (end > 2 ** 32) return null;
  // Largest aligned blocks first: 768 addresses are a /23 and a /24, in the order in which they fit.
  const prefixes = [];
  while (start < end) {
    let size = 1;
    while (start % (size * 2) === 0 && start + size * 2 <= end) size *= 2;
    const bytes = Uint8Array.of(start >>> 24, (start >>> 16) & 0xff, (start >>> 8) & 0xff, start & 0xff);
    prefixes.push({ address: bytes, length: 32 - Math.log2(size) });
    start += size;
  }
  return prefixes;
}
