// Compiled images with requests and answers, for readers in other languages: that vectors/images.json is what the compiler makes
// now, and what the matcher answers. After a change of the bytes, delete the file and run this with UPDATE_GOLDEN=1.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { decide, openImage, type Request } from "@demarc/matcher";
import { FORMAT_VERSION } from "@demarc/matcher/format";
import { describe, expect, test } from "vitest";
import { compile } from "../src/compile.ts";
import {
  decisionVectors,
  type ImageVector,
  patternVectors,
  type VectorAnswer,
  type VectorRequest,
} from "./support/image-vectors.ts";
import { keyVectors, malformedVectors, prefixVectors } from "./support/table-vectors.ts";

interface VectorsFile {
  readonly description: string;
  readonly formatVersion: number;
  readonly images: readonly {
    readonly name: string;
    readonly digest: string;
    readonly image: string;
    readonly cases: ImageVector["cases"];
  }[];
}

const file = new URL("vectors/images.json", import.meta.url);
const made = [
  ...decisionVectors(),
  ...patternVectors(),
  keyVectors(),
  prefixVectors(),
  malformedVectors(),
].map(({ name, input, cases }) => {
  const compiled = compile(input);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return { name, digest: compiled.digest, bytes: compiled.image, cases };
});
if (process.env["UPDATE_GOLDEN"] === "1" && !existsSync(file)) writeFileSync(file, textOf());
const known = JSON.parse(readFileSync(file, "utf8")) as VectorsFile;

describe("images as data", () => {
  test("the file is small, and of this version of the format", () => {
    expect(known.formatVersion).toBe(FORMAT_VERSION);
    expect(readFileSync(file).length).toBeLessThan(190_000);
    expect(known.images.flatMap((each) => each.cases).length).toBeGreaterThanOrEqual(300);
  });

  test("has what the compiler makes, byte for byte, and the cases of its sources", () => {
    const { images } = known;
    expect(images.map(({ image: _image, ...rest }) => rest)).toEqual(
      made.map(({ bytes: _bytes, ...rest }) => JSON.parse(JSON.stringify(rest)) as unknown),
    );
    for (const [index, { bytes }] of made.entries())
      expect(Buffer.compare(bytesOf(images[index]?.image ?? ""), bytes), images[index]?.name).toBe(0);
  });

  test("reaches every form of the tables", () => {
    const forms = known.images.map(({ image }) => formsOf(bytesOf(image)));
    const most = (of: (form: ReturnType<typeof formsOf>) => number) => Math.max(...forms.map(of));
    expect(most((each) => each.groupBytes)).toBe(2);
    expect(most((each) => each.goOn)).toBeGreaterThan(0);
    expect(most((each) => each.longRecords)).toBeGreaterThan(2);
    expect(most((each) => each.direct4)).toBe(65_537);
    expect(most((each) => each.direct6)).toBe(65_537);
    expect(most((each) => each.fine)).toBeGreaterThan(0);
    expect(most((each) => each.whole)).toBeGreaterThan(1);
    expect(Math.min(...forms.map((each) => each.direct4))).toBe(0);
  });
});

describe.each(known.images)("$name", ({ image, cases, digest }) => {
  const opened = openImage(bytesOf(image));
  test.each(cases)("$why", ({ request, expect: answer }) => {
    if (!opened.ok) throw new Error(opened.issue.message);
    expect(opened.value.digest).toBe(digest);
    expect(answerOf(decide(opened.value, requestOf(request)))).toEqual(answer);
  });
});

function bytesOf(image: string): Uint8Array {
  return gunzipSync(Buffer.from(image, "base64"));
}

function requestOf({ address, ...rest }: VectorRequest): Request {
  return {
    ...(rest as Request),
    ...(address === undefined ? {} : { address: Uint8Array.from(Buffer.from(address, "hex")) }),
  };
}

function answerOf({
  effect,
  verdict,
  reason,
  rule,
  observed,
  conflict,
}: ReturnType<typeof decide>): VectorAnswer {
  return {
    effect,
    verdict,
    reason,
    rule: rule?.id ?? null,
    observed: observed.map(({ id }) => id),
    conflict:
      conflict === undefined
        ? null
        : {
            resolved: conflict.resolved,
            laws: Object.fromEntries(conflict.laws.map(({ connector, rule: { id } }) => [connector, id])),
          },
  };
}

// Numbers of the heads of the tables, see docs/image-format.md.
function formsOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (kind: number, index: number) =>
    view.getUint32(view.getUint32(48 + (kind - 1) * 16 + 4, true) + index * 4, true);
  const blocks = [9, 10].flatMap((kind) =>
    Array.from({ length: word(kind, 3) }, (_, block) => {
      const start = view.getUint32(48 + (kind - 1) * 16 + 4, true) + 64 + block * 64;
      return bytes.subarray(start, start + 64);
    }),
  );
  return {
    groupBytes: word(9, 7),
    goOn: blocks.filter((block) => (block[7] as number) > 127).length,
    longRecords: blocks.flatMap((block) => [...block.subarray(36)]).filter((each) => each === 255).length,
    direct4: word(11, 1),
    direct6: word(12, 1),
    fine: word(12, 2),
    whole: word(12, 4),
  };
}

function textOf(): string {
  const images = made.map(({ name, digest, bytes, cases }) => {
    const head = JSON.stringify({ name, digest, image: gzipSync(bytes, { level: 9 }).toString("base64") });
    return `${head.slice(0, -1)},"cases":[\n${cases.map((each) => JSON.stringify(each)).join(",\n")}\n]}`;
  });
  const description =
    "Images (base64 of gzip), requests (at: milliseconds since 1970 UTC; address: hex), and the answers, by ids of rules. docs/image-format.md says how to read them.";
  return `{"description":${JSON.stringify(description)},"formatVersion":${FORMAT_VERSION},"images":[\n${images.join(",\n")}\n]}\n`;
}
