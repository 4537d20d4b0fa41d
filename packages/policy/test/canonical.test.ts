// The canonical form against the published vectors of its standard.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { canonicalize, parseData } from "../src/index.ts";

interface Vectors {
  readonly texts: readonly { name: string; input: string; output: string; why: string }[];
  readonly numbers: readonly { bits: string; output: string; why: string }[];
}
const vectors = JSON.parse(readFileSync(new URL("./jcs-vectors.json", import.meta.url), "utf8")) as Vectors;

describe("RFC 8785", () => {
  test.each(vectors.texts)("$name: $why", ({ input, output }) => {
    expect(canonicalize(JSON.parse(input))).toBe(output);
    const parsed = parseData(`{"value": ${input}}`, { file: "vector.json" });
    expect(parsed.ok && canonicalize(parsed.value)).toBe(`{"value":${output}}`);
  });

  test.each(vectors.numbers)("$bits is $output: $why", ({ bits, output }) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(`0x${bits}`));
    expect(canonicalize(view.getFloat64(0))).toBe(output);
    // Read back, it is the same number, from JSON and from YAML.
    for (const file of ["vector.json", "vector.yaml"]) {
      const parsed = parseData(`{"value": ${output}}`, { file });
      expect(parsed.ok && canonicalize(parsed.value)).toBe(`{"value":${output}}`);
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%s has no form", (value) => {
    expect(() => canonicalize(value)).toThrow();
  });
});
