import type { ListFormat } from "./list-reading.ts";
import { readList } from "./read-list.ts";

const SAMPLE_CHARS = 64 * 1024;

// Of two readers that take as many lines, the first here; each takes some of what those after it are for.
const BY_CONTENT: readonly ListFormat[] = [
  "rpz",
  "unbound",
  "dnsmasq",
  "hosts",
  "cidr",
  "domains",
  "adguard",
  "geosite",
  "csv",
];

/**
 * The format that a list most likely has, by its file's name and then by its first 64 kB; null where no reader takes half of
 * the lines. A guess for people at a terminal: a policy states the format of its lists.
 */
export function guessFormat(
  file: string,
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => string,
): ListFormat | null {
  const name = file.slice(file.lastIndexOf("/") + 1).toLowerCase();
  if (name.endsWith(".dat")) return name.includes("ip") ? "geoip-dat" : "geosite-dat";
  if (name.endsWith(".csv")) return "csv";
  if (name.endsWith(".zone") || name.endsWith(".rpz")) return "rpz";
  const text = decode(bytes.subarray(0, SAMPLE_CHARS));
  // JSON may be a single line, and no other format starts like this.
  if (/^\uFEFF?\s*\{/.test(text)) return looksLikeRuleSet(text) ? "sing-box" : null;
  const whole = text.length < bytes.length ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
  let best: ListFormat | null = null;
  let most = 0;
  for (const format of BY_CONTENT) {
    const { entries, acceptedLines, refusedLines } = readList(format, whole);
    // Lines of other formats may be patterns too; those that start like one are meant as such.
    const chance = entries.filter(({ type, value }) => type === "url-pattern" && !/^[|/]/.test(value));
    const score = (acceptedLines - chance.length) / Math.max(1, acceptedLines + refusedLines);
    if (acceptedLines > 0 && score >= 0.5 && score > most) [best, most] = [format, score];
  }
  return best;
}

// The sample may end within its first rule, so that the keys have to do.
function looksLikeRuleSet(text: string): boolean {
  return /"version"\s*:/.test(text) && /"rules"\s*:/.test(text);
}
