// Addresses against a million prefixes, in numbers and in text, beside what npm has for it.
// Run after a build: `npm run bench -- compiler/bench/addresses`.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BlockList } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "@demarc/compiler";
import { decide, openImage, type PolicyImage, type Request } from "@demarc/matcher";
import { formatAddress, parseAddress, readAddress } from "@demarc/net";
import { beside, type Contender, compare, format, microseconds, row } from "./support/compare.ts";
import { ruleInput } from "./support/list-input.ts";
import { memoryAlone } from "./support/memory-alone.ts";
import { generator } from "./support/random.ts";

const EACH = Number(process.argv[2] ?? 500_000);
const FEW = 10_000;
const below = generator(17);

// Of the lengths that routes have: most of them /24 and /48.
function prefixes(bytes: 4 | 16): readonly string[] {
  const found = new Set<string>();
  while (found.size < EACH) {
    const length =
      bytes === 4 ? [16, 20, 22, 23, 24, 24, 24, 24][below(8)] : [32, 36, 40, 44, 48, 48, 48, 48][below(8)];
    const address = new Uint8Array(bytes);
    for (let bit = 0; bit < (length ?? 24); bit += 8) address[bit >> 3] = below(256);
    const last = (length ?? 24) >> 3;
    if ((length ?? 24) % 8 !== 0) address[last] = (address[last] ?? 0) & (0xff << (8 - ((length ?? 24) % 8)));
    if (bytes === 16) address[0] = 0x20;
    else if (address[0] === 0) continue;
    found.add(`${formatAddress(address)}/${length}`);
  }
  return [...found];
}

const v4 = prefixes(4);
const v6 = prefixes(16);
const list = new TextEncoder().encode(`${[...v4, ...v6].join("\n")}\n`);
const { createHash } = await import("node:crypto");
const sha256 = createHash("sha256").update(list).digest("hex");
const start = process.cpuUsage().user;
const input = ruleInput(
  [{ type: "list", ref: "list", sha256, format: "cidr" }],
  [{ ref: "list", bytes: list }],
);
const compiled = compile(input);
if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
console.log(`${(EACH * 2).toLocaleString("en")} prefixes, half of them IPv6, under one rule`);
row("compile", `${format((process.cpuUsage().user - start) / 1e6)} s`);
row("most memory while compiling, over the list", `${format(memoryAlone(input, 0))} x image`);
row("  when it compiled a short list before", beside(memoryAlone(input, 50_000), 2, "x image"));
row("image", beside(compiled.image.length / (EACH * 2), 6, "bytes/prefix"));
const file = join(tmpdir(), `demarc-bench-${process.pid}.image`);
writeFileSync(file, compiled.image);
const loads = Array.from({ length: 5 }, () => {
  const from = performance.now();
  load();
  return performance.now() - from;
});
row("load from file", beside(loads.toSorted((a, b) => a - b)[2] ?? 0, 5, "ms"));
const image = load();
rmSync(file);

function load(): PolicyImage {
  const opened = openImage(readFileSync(file), { digest: "trust" });
  if (!opened.ok) throw new Error(opened.issue.message);
  return opened.value;
}

const request: { at: number; address: Uint8Array; places: Request["places"] } = {
  at: Date.parse("2026-06-01T00:00:00Z"),
  address: new Uint8Array(4),
  places: [{ connector: "subject-location", territory: "DE", confidence: 1 }],
};
const buffer = new Uint8Array(16);
const buffer4 = buffer.subarray(0, 4);
const fromText: Contender = {
  name: "demarc decide, from text",
  ask: (text) => {
    const length = readAddress(text, buffer);
    request.address = length === 4 ? buffer4 : buffer;
    return length > 0 && decide(image, request).verdict === "refuse";
  },
};
const peers = createRequire(join(import.meta.dirname, "peers/package.json"));
const IPSet = peers("ip-set") as new (prefixes: readonly string[]) => { contains(text: string): boolean };

for (const [family, all, numeric, text, targets] of [
  ["ipv4", v4, 4, "IPv4", [30, 75]],
  ["ipv6", v6, 16, "IPv6", [60, 180]],
] as const) {
  const asked = Array.from({ length: 300_000 }, () => addressIn(all[below(all.length)] ?? "", numeric));
  const bytes = new Map(asked.map((each) => [each, parsed(each)]));
  const few = new BlockList();
  for (const prefix of all.slice(0, FEW)) {
    const [address, length] = prefix.split("/");
    few.addSubnet(address ?? "", Number(length), family);
  }
  const contenders: Contender[] = [fromText];
  if (numeric === 4) {
    const set = new IPSet(all);
    contenders.push({
      name: `ip-set (${EACH.toLocaleString("en")}, yes or no)`,
      ask: (each) => set.contains(each),
      share: 0.2,
    });
  }
  contenders.push({
    name: `net.BlockList (${FEW.toLocaleString("en")} only)`,
    ask: (each) => few.check(each, family),
    share: 0.001,
  });
  const measured = compare(contenders, asked.join("\n"));
  console.log(`\n${text}`);
  row("", "median", "best", "yes");
  for (const each of measured)
    row(
      each.name,
      `${format(each.median)} ns`,
      `${format(each.best)} ns`,
      `${(each.yes * 100).toFixed(1)} %`,
    );
  row("target from text", beside(measured[0]?.median ?? 0, targets[1], "ns"));
  row("in numbers", beside(ofBytes([...bytes.values()]), targets[0], "ns"));
}

function addressIn(prefix: string, bytes: 4 | 16): string {
  const address = parsed(prefix.slice(0, prefix.indexOf("/"))).slice();
  address[bytes - 1] = below(256);
  return formatAddress(address);
}

function parsed(text: string): Uint8Array {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(address.issue.message);
  return address.value;
}

function ofBytes(addresses: readonly Uint8Array[]): number {
  const times = Array.from({ length: 5 }, () => {
    const from = microseconds();
    let refused = 0;
    for (const address of addresses) {
      request.address = address;
      if (decide(image, request).verdict === "refuse") refused += 1;
    }
    if (refused === 0) throw new Error("nothing was refused; the measurement is void");
    return ((microseconds() - from) * 1000) / addresses.length;
  });
  return times.toSorted((a, b) => a - b)[2] ?? 0;
}
