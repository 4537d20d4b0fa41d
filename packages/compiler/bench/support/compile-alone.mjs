// A process that does nothing but compile a list: `node compile-alone.mjs input.json list [lines before]`. It is no
// TypeScript, since an engine that reads that has grown by it. Prints the bytes by which the process grew at most, over those of
// the image.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compile } from "@demarc/compiler";

const [, , documents, file, before] = process.argv;
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const list = readFileSync(file);

function imageOf(bytes) {
  const input = JSON.parse(readFileSync(documents, "utf8"));
  const [selector] = input.policies[0].document.rules[0].selectors;
  selector.sha256 = createHash("sha256").update(bytes).digest("hex");
  const made = compile({ ...input, lists: [{ ref: selector.ref, bytes }] });
  if (!made.ok) throw new Error(made.diagnostics[0]?.message);
  return made.image;
}

// So many lines from the start of the list, for an engine that has read and compiled its own code and ours.
let end = 0;
for (let line = 0; line < Number(before); line += 1) end = list.indexOf(0x0a, end) + 1;
if (end > 0) imageOf(list.subarray(0, end));
collect();
const start = process.memoryUsage().rss;
const { length } = imageOf(list);
console.log((process.resourceUsage().maxRSS * 1024 - start) / length);
