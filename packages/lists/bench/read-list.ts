// Time to read lists: synthetic ones of 150,000 lines in every format, and any files named on the command line.
// Run after a build: `node bench/read-list.ts [format:file ...]`. Every reading is checked to hold all entries.
import { readFileSync } from "node:fs";
import {
  formatList,
  LIST_FORMATS,
  type ListEntry,
  type ListFormat,
  readList,
  type WritableFormat,
} from "../dist/index.js";

const LINES = 150_000;
const ROUNDS = 7;

const write: Record<Exclude<WritableFormat, "sing-box">, (name: string, index: number) => string> = {
  domains: (name) => name,
  hosts: (name) => `0.0.0.0 ${name}`,
  adguard: (name) => `||${name}^`,
  dnsmasq: (name) => `local=/${name}/`,
  rpz: (name) => `${name} CNAME .`,
  geosite: (name) => `domain:${name}`,
  unbound: (name) => `local-zone: "${name}." always_nxdomain`,
  csv: (name, index) => (index === 0 ? `url\nhttps://${name}/` : `https://${name}/`),
  cidr: (_name, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
};

function measure(label: string, format: ListFormat, text: string, expected: number | null): void {
  const times: number[] = [];
  let entries = 0;
  let lines = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const reading = readList(format, text);
    times.push(performance.now() - start);
    entries = reading.entries.length;
    lines = reading.lineCount;
  }
  if (expected !== null && entries !== expected)
    throw new Error(`${label}: ${entries} entries, not ${expected}; the measurement is void`);
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[ROUNDS >> 1] ?? 0;
  const each = ((median * 1000) / lines).toFixed(2);
  console.log(
    `${label.padEnd(28)} ${String(lines).padStart(8)} lines ${String(entries).padStart(8)} entries` +
      ` first ${(times[0] ?? 0).toFixed(0).padStart(5)} ms, median ${median.toFixed(0).padStart(5)} ms, ${each} µs/line`,
  );
}

for (const format of Object.keys(write) as (keyof typeof write)[]) {
  const lines = Array.from({ length: LINES }, (_, index) =>
    write[format](`host-${(index * 7919) % LINES}.site-${index % 977}.example`, index),
  );
  measure(format, format, `${lines.join("\n")}\n`, LINES);
}
const entries = Array.from(
  { length: LINES },
  (_, index): ListEntry => ({
    type: "domain",
    value: write.domains(`host-${index}.example`, index),
    match: "exact",
  }),
);
const ruleSet = formatList("sing-box", entries);
if (!ruleSet.ok) throw new Error("the rule-set can not be written; the measurement is void");
measure("sing-box", "sing-box", ruleSet.text, LINES);
for (const argument of process.argv.slice(2)) {
  const colon = argument.indexOf(":");
  const format = LIST_FORMATS.find((each) => each === argument.slice(0, colon));
  if (format === undefined)
    throw new Error(`${argument} does not start with one of ${LIST_FORMATS.join(", ")}`);
  const file = argument.slice(colon + 1);
  measure(file.slice(file.lastIndexOf("/") + 1), format, readFileSync(file, "utf8"), null);
}
