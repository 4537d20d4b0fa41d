// Which citations are well formed, and which are of another state than the authority that cites them.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readDocument } from "../src/index.ts";
import { knowledge } from "./places.ts";

interface Vector {
  readonly citation: object;
  readonly valid: boolean;
  readonly warnings?: readonly string[];
  readonly why: string;
}
const { vectors } = JSON.parse(readFileSync(new URL("./citation-vectors.json", import.meta.url), "utf8")) as {
  readonly vectors: readonly Vector[];
};
const policy = readFileSync(
  new URL("./fixtures/lints/citation-country/silent.yaml", import.meta.url),
  "utf8",
);

test.each(vectors)("$citation.id: $why", ({ citation, valid, warnings = [] }) => {
  const text = policy.replace(/citations: .*/, `citations: [${JSON.stringify(citation)}]`);
  expect(text).not.toBe(policy);
  const read = readDocument(text, { file: "policy.yaml", ...knowledge });
  expect(read.ok, JSON.stringify(read)).toBe(valid);
  if (read.ok) expect(read.value.warnings.map(({ code }) => code)).toEqual(warnings);
});
