// Every fence marked `ts check` in a README or page runs here; `expression; // => value` must hold.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkedFences, root } from "./fences.ts";

const folder = join(root, "test", ".snippets");
const fences = checkedFences().filter((fence) => fence.language === "ts");

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("snippets run", () => {
  test("there are some", () => expect(fences.length).toBeGreaterThan(0));

  test.each(fences.map((fence) => [`${fence.file}:${fence.line}`, fence] as const))(
    "%s",
    async (where, fence) => {
      const file = join(folder, `${where.replaceAll(/[^\w]/g, "-")}.ts`);
      writeFileSync(file, assertingSource(fence.text));
      await import(/* @vite-ignore */ file);
    },
  );
});

// `f(x); // => value` becomes an assertion; a value may be any expression.
function assertingSource(text: string): string {
  const lines = text.split("\n").map((line) => {
    const match = /^(.*?);?\s*\/\/ => (.+)$/.exec(line);
    return match ? `expect(${match[1]}).toEqual(${match[2]});` : line;
  });
  return `import { expect } from "vitest";\n${lines.join("\n")}\n`;
}
