// What the matcher publishes is what a decision runs: its constants must still be some, and close to what uses them. See
// docs/decisions/0013.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const dist = fileURLToPath(new URL("../../packages/matcher/dist/", import.meta.url));

test.each(["index", "format", "delta"])(
  "the entry %s of the matcher keeps its constants, and is one file",
  (entry) => {
    const code = readFileSync(`${dist}${entry}.js`, "utf8");
    expect(code.match(/^const /gm)?.length).toBeGreaterThan(10);
    expect(code.match(/^(var|let|import) .*/gm)).toBeNull();
  },
);
