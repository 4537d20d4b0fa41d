import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CompileInput } from "@demarc/compiler";

/**
 * By how much a process that only compiles an input of one rule with one list grows, in sizes of the image; the middle one of
 * three. It compiles so many lines from the start of the list before, so that the engine has its code.
 */
export function memoryAlone(input: CompileInput, linesBefore: number): number {
  const script = join(import.meta.dirname, "compile-alone.mjs");
  const file = join(tmpdir(), `demarc-bench-${process.pid}`);
  const [documents, list] = [`${file}.json`, `${file}.txt`];
  writeFileSync(documents, JSON.stringify({ ...input, lists: [] }));
  writeFileSync(list, input.lists[0]?.bytes ?? "");
  const args = [script, documents, list, String(linesBefore)];
  const times = Array.from({ length: 3 }, () =>
    Number(execFileSync(process.execPath, args, { encoding: "utf8" })),
  );
  for (const each of [documents, list]) rmSync(each);
  return times.toSorted((a, b) => a - b)[1] ?? 0;
}
