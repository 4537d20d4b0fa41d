// The conformance vectors of test/vectors, asked of the image and of the reference interpreter.
import { readdirSync, readFileSync } from "node:fs";
import { decide, openImage, type Place, type Request } from "@demarc/matcher";
import { sha256Hex } from "@demarc/matcher/format";
import { parseAddress } from "@demarc/net";
import { digestOf, type PolicyDocument, type PolicySetDocument, readDocument } from "@demarc/policy";
import { describe, expect, test } from "vitest";
import { type CompileInput, compile } from "../src/index.ts";
import { referenceDecide } from "../src/reference.ts";
import { utf8 } from "./support/documents.ts";

interface VectorFile {
  readonly description: string;
  readonly source: string;
  readonly set: PolicySetDocument;
  readonly policies: readonly { readonly path: string; readonly document: PolicyDocument }[];
  readonly lists: readonly { readonly ref: string; readonly text: string }[];
  readonly cases: readonly {
    readonly name: string;
    readonly why: string;
    readonly request: Omit<Request, "at" | "address" | "places"> & {
      readonly at: string;
      readonly address?: string;
      readonly places?: readonly Place[];
    };
    readonly expect: {
      readonly effect: string;
      readonly verdict: string;
      readonly reason: string;
      readonly rule: string | null;
      readonly observed: readonly string[];
      /** Where laws of different places conflict: the rule that each has, and whether the set's strategy decided. */
      readonly conflict?: {
        readonly resolved: boolean;
        readonly laws: Readonly<Record<string, string>>;
      } | null;
    };
  }[];
}

const folder = new URL("../../../test/vectors/", import.meta.url);
// Vectors of other kinds lie beside these; those about decisions are the ones that bring their policies.
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .toSorted()
  .map((name) => ({ name, ...(JSON.parse(readFileSync(new URL(name, folder), "utf8")) as VectorFile) }))
  .filter((file) => "policies" in file);

test("there are vectors", () =>
  expect(files.flatMap((file) => file.cases).length).toBeGreaterThanOrEqual(50));

describe.each(files)("$name: $description", (file) => {
  const input: CompileInput = {
    set: { document: file.set, digest: digestOf(file.set) },
    policies: file.policies.map((policy) => ({ ...policy, digest: digestOf(policy.document) })),
    lists: file.lists.map(({ ref, text }) => ({ ref, bytes: utf8(text) })),
  };
  const compiled = compile(input);
  const opened = compiled.ok ? openImage(compiled.image) : null;

  test("its documents are valid and compile without errors", () => {
    for (const document of [file.set, ...file.policies.map((policy) => policy.document)]) {
      const reading = readDocument(JSON.stringify(document), { file: file.name });
      expect(reading.ok ? [] : reading.issues).toEqual([]);
    }
    expect(compiled.diagnostics.filter((each) => each.severity === "error")).toEqual([]);
    if (compiled.ok) expect(compiled.digest).toBe(sha256Hex(compiled.image.subarray(48)));
  });

  test.each(file.cases)("$name: $why", ({ request: written, expect: said }) => {
    const expected = { conflict: null, ...said };
    const { address, at, ...rest } = written;
    const bytes = address === undefined ? undefined : parseAddress(address);
    expect(bytes?.ok).not.toBe(false);
    const request: Request = { ...rest, at: Date.parse(at), address: bytes?.ok ? bytes.value : undefined };
    if (opened?.ok !== true) throw new Error("there is no image");
    const { image: _image, ...decision } = decide(opened.value, request);
    expect({
      ...decision,
      rule: decision.rule?.id ?? null,
      observed: decision.observed.map((rule) => rule.id),
      conflict:
        decision.conflict === undefined
          ? null
          : {
              resolved: decision.conflict.resolved,
              laws: Object.fromEntries(
                decision.conflict.laws.map(({ connector, rule }) => [connector, rule.id]),
              ),
            },
    }).toEqual(expected);
    const { applied: _applied, ...reference } = referenceDecide(input, request);
    expect(reference).toEqual(expected);
  });
});
