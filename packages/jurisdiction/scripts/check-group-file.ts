// What a contributor wrote in data/groups/*.yaml, checked with the place of every fault, before anything is made from it.
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { readLocal } from "./local-time.ts";

const FILE_KEYS = ["group", "title", "zone", "sources", "intervals"];
const INTERVAL_KEYS = ["territories", "from", "until", "inside", "regime", "source", "note"];

/** Everything that is wrong with a file of a group, as `eu.yaml:12:5: what, and what to do`; empty when it is sound. */
export function checkGroupFile(
  file: string,
  text: string,
  isTerritory: (code: string) => boolean,
): readonly string[] {
  const faults: string[] = [];
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const report: Report = (node, message) => {
    const { line, col } = lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
    faults.push(`${file}:${line}:${col}: ${message}`);
  };
  for (const error of document.errors)
    faults.push(`${file}:${error.linePos?.[0].line ?? 1}: ${error.message}`);
  const root = document.contents;
  if (faults.length > 0 || !isMap(root)) return faults.length > 0 ? faults : [`${file}:1: a map is expected`];
  knownKeys(root, FILE_KEYS, report);
  for (const key of ["group", "title"])
    if (typeof root.get(key) !== "string") report(root, `\`${key}\` is missing`);
  const sources = root.get("sources");
  const intervals = root.get("intervals");
  if (!isMap(sources)) report(root, "`sources` is missing: a name and the act for each");
  if (!isSeq(intervals)) report(root, "`intervals` is missing: a list");
  if (!isMap(sources) || !isSeq(intervals)) return faults;
  for (const { key, value } of sources.items)
    if (!isScalar(value) || String(value.value).length <= 10)
      report(key, `the source \`${String(key)}\` says which act, in more than ten characters`);
  const zone = root.get("zone");
  const used = new Set<unknown>();
  const seen = new Map<string, { readonly from: number; readonly until: number; readonly line: number }[]>();
  for (const interval of intervals.items) {
    if (!isMap(interval)) {
      report(interval, "an interval is a map with `territories`, `from` and `source`");
      continue;
    }
    knownKeys(interval, INTERVAL_KEYS, report);
    const source: unknown = interval.get("source");
    used.add(source);
    if (typeof source !== "string") report(interval, "an interval needs a `source`");
    else if (!sources.has(source))
      report(interval.get("source", true), `there is no source \`${source}\` above`);
    // One zone for order: an hour more or less makes no overlap of days.
    const clock = typeof zone === "string" ? zone : "UTC";
    const from = momentOf(interval, "from", clock, report);
    const until = interval.has("until")
      ? momentOf(interval, "until", clock, report)
      : Number.POSITIVE_INFINITY;
    if (from !== null && until !== null && until <= from)
      report(interval.get("until", true), "`until` is not after `from`");
    const territories = interval.get("territories");
    if (!isSeq(territories) || territories.items.length === 0) {
      report(interval, "`territories` is a list of codes");
      continue;
    }
    for (const item of territories.items) {
      const code = isScalar(item) ? item.value : null;
      if (typeof code !== "string" || !isTerritory(code)) {
        report(item, `\`${String(code)}\` is no territory${code === false ? ': quote "NO"' : ""}`);
        continue;
      }
      if (from === null || until === null) continue;
      const before = seen.get(code) ?? [];
      const other = before.find((each) => each.from < until - HOURS_MS && from < each.until - HOURS_MS);
      if (other !== undefined)
        report(item, `\`${code}\` is in the interval of line ${other.line} at that time too`);
      seen.set(code, [...before, { from, until, line: lines.linePos(interval.range?.[0] ?? 0).line }]);
    }
  }
  for (const { key } of sources.items)
    if (!used.has(isScalar(key) ? key.value : null))
      report(key, `no interval has the source \`${String(key)}\``);
  return faults;
}

const HOURS_MS = 26 * 3_600_000;

/** `node` is of the document; anything else stands for its beginning. */
type Report = (node: unknown, message: string) => void;

function knownKeys(map: YAMLMap, known: readonly string[], report: Report): void {
  for (const { key } of map.items)
    if (!isScalar(key) || !known.includes(String(key.value)))
      report(key, `\`${String(key)}\` is not known; there are ${known.join(", ")}`);
}

function momentOf(interval: YAMLMap, key: string, zone: string, report: Report): number | null {
  const node = interval.get(key, true);
  try {
    return readLocal(String(isScalar(node) ? node.value : ""), zone).at;
  } catch (cause) {
    report(
      node ?? interval,
      `${cause instanceof Error ? cause.message : String(cause)}: \`${key}\` is 2013-07-01, or "2020-02-01T00:00[Europe/Brussels]"`,
    );
    return null;
  }
}
