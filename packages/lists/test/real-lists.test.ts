// Published lists of the size that operators load. They are kept outside the repository; without them this is skipped.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readGeosite } from "../src/geosite.ts";
import { type ListFormat, readList, streamList } from "../src/index.ts";
import published from "./vectors/published-counts.json" with { type: "json" };

const data = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
const present = existsSync(`${data}lists`) && existsSync(`${data}v2fly/data`);
const word = present ? "" : " (skipped: no folder ../shared/data beside the repository)";

// Lines, and entries after duplicates; taken from the lists with other tools (wc, sort -u).
const LISTS: [file: string, format: ListFormat, lines: number, entries: number][] = [
  ["crypto-ags.txt", "adguard", 1285, 1272],
  ["disposable.txt", "domains", 8335, 8335],
  ["malware.ip", "cidr", 20_922, 20_907],
  ["opendns-random-10k.txt", "domains", 10_000, 9794],
  ["phishing-nl.txt", "domains", 190_228, 190_215],
  ["redirect-dnsmasq.txt", "dnsmasq", 108_698, 108_685],
  ["redirect.txt", "hosts", 108_698, 108_685],
  ["tracking-ags.txt", "adguard", 143_889, 143_876],
];

const names = (file: string, format: ListFormat) =>
  readList(format, readFileSync(`${data}lists/${file}`, "utf8")).entries.map((entry) => entry.value);

describe.skipIf(!present)(`published lists${word}`, { timeout: 120_000 }, () => {
  test.each(LISTS)("%s as %s", (file, format, lines, entries) => {
    const reading = readList(format, readFileSync(`${data}lists/${file}`, "utf8"));
    expect(reading.lineCount).toBe(lines);
    expect(reading.entries.length).toBe(entries);
    expect(reading.diagnosticCount).toBe(0);
  });

  test("the same names in two formats are the same names", () => {
    expect(names("redirect-dnsmasq.txt", "dnsmasq")).toEqual(names("redirect.txt", "hosts"));
    const sorted = (file: string, format: ListFormat) => names(file, format).toSorted();
    expect(sorted("tracking-ags.txt", "adguard")).toEqual(sorted("tracking-nl.txt", "domains"));
  });

  test.each(present ? readdirSync(`${data}ipranges`) : [])("%s as cidr", (file) => {
    const text = readFileSync(`${data}ipranges/${file}`, "utf8");
    const { entries, diagnostics } = readList("cidr", text);
    expect(diagnostics).toEqual([]);
    expect(entries.length).toBe(new Set(text.split("\n").filter((line) => /^[^#]/.test(line))).size);
  });

  test("a list in the wrong format gives a diagnostic for each line, and little time goes", () => {
    const text = readFileSync(`${data}lists/tracking-ags.txt`, "utf8");
    const { entries, diagnosticCount } = readList("domains", text);
    expect(entries).toEqual([]);
    expect(diagnosticCount).toBeGreaterThan(143_000);
  });

  test("every geosite list, includes followed", () => {
    const folder = `${data}v2fly/data/`;
    const codes = new Set<string>();
    const missing = new Set<string>();
    let entries = 0;
    for (const file of readdirSync(folder)) {
      const reading = readGeosite(readFileSync(folder + file, "utf8"), {
        include: (name) => {
          if (existsSync(folder + name)) return readFileSync(folder + name, "utf8");
          missing.add(name);
          return null;
        },
      });
      entries += reading.entries.length;
      for (const code of Object.keys(reading.countByCode)) codes.add(code);
    }
    expect(entries).toBeGreaterThan(50_000);
    // Nothing was refused but what the format's reader says it leaves out, and lists that the folder lacks.
    codes.delete("lists/geosite-keyword");
    codes.delete("lists/geosite-regexp");
    expect([...codes]).toEqual(missing.size > 0 ? ["lists/geosite-include"] : []);
  });

  // Blank lines, comments, keywords and expressions were counted with grep and awk as well.
  test.each(published)("$file: every line is counted for what became of it", (counts) => {
    const all = counts.file.endsWith("/*");
    const folder = data + counts.file.slice(0, counts.file.lastIndexOf("/") + 1);
    const files = all ? readdirSync(folder).map((file) => folder + file) : [data + counts.file];
    const sum = { lines: 0, accepted: 0, refused: 0, ignored: 0 };
    const codes: Record<string, number> = {};
    for (const file of files) {
      const stream = streamList(counts.format as ListFormat, {});
      const bytes = readFileSync(file);
      for (let from = 0; from < bytes.length; from += 65_536)
        stream.push(bytes.subarray(from, from + 65_536));
      const read = stream.end();
      sum.lines += read.lines;
      sum.accepted += read.accepted;
      sum.refused += read.refused;
      sum.ignored += read.ignored;
      for (const [code, count] of Object.entries(read.countByCode)) codes[code] = (codes[code] ?? 0) + count;
    }
    const { lines, accepted, refused, ignored } = counts;
    expect(sum).toEqual({ lines, accepted, refused, ignored });
    expect(codes).toEqual(counts.codes ?? {});
  });

  test("no published file is left uncounted", () => {
    const present = ["lists", "ipranges"].flatMap((folder) =>
      readdirSync(data + folder).map((file) => `${folder}/${file}`),
    );
    expect(published.map((each) => each.file).toSorted()).toEqual([...present, "v2fly/data/*"].toSorted());
  });
});
