// A process that compiles a short list of made-up names and then one of as many as it is told: `memory-process.ts COUNT`. Prints by
// how much it grew at most with the second, in sizes of the image.
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sha256Hex } from "@demarc/matcher/format";
import { compile } from "../../src/compile.ts";
import { inputOf, policyOf, ruleOf } from "./documents.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const SETTLED_BYTES = 1 << 20;

function inputWith(count: number) {
  // Seventeen bytes each or so, as names have; none comes twice.
  const line = (index: number) =>
    `${(Math.imul(index, 0x9e37_79b1) >>> 0).toString(36)}-${index % 997}.site.example\n`;
  const bytes = new Uint8Array(count * 32);
  let end = 0;
  for (let index = 0; index < count; index += 1)
    end += new TextEncoder().encodeInto(line(index), bytes.subarray(end)).written;
  const list = bytes.slice(0, end);
  const rule = ruleOf("list", {
    selectors: [{ type: "list", ref: "list", format: "domains", sha256: sha256Hex(list) }],
  });
  return inputOf({ policies: [policyOf("p", [rule])], lists: [{ ref: "list", bytes: list }] });
}

const count = Number(process.argv[2]);
const input = inputWith(count);
const before = compile(inputWith(50_000));
if (!before.ok) throw new Error(before.diagnostics[0]?.message);
// Buffers go back on another thread, some time after their garbage was collected: until nothing more does.
for (let least = Number.POSITIVE_INFINITY, quiet = 0; quiet < 3; ) {
  collect();
  await sleep(100);
  const { rss } = process.memoryUsage();
  quiet = rss < least - SETTLED_BYTES ? 0 : quiet + 1;
  least = Math.min(least, rss);
}
const start = process.memoryUsage().rss;
const compiled = compile(input);
if (!compiled.ok || compiled.stats.names !== count) throw new Error("not all names were read");
console.log((process.resourceUsage().maxRSS * 1024 - start) / compiled.image.length);
