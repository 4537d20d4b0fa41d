import { describe, expect, test } from "vitest";
import { parts, rulePart } from "../test/support/parts.ts";
import { encodeImage } from "./encode-image.ts";
import { decide } from "./index.ts";
import { sha256Bytes } from "./internal/digest.ts";
import { KeyCollector } from "./key-collector.ts";
import { HEADER, RULE, SECTION, SECTION_COUNT } from "./layout.ts";
import { openImage } from "./open-image.ts";

const { bytes: good } = encodeImage(parts);
const view = new DataView(good.buffer);
const entry = (kind: number): number => HEADER.table + (kind - 1) * HEADER.tableEntryBytes;
const offset = (kind: number): number => view.getUint32(entry(kind) + 4, true);
const length = (kind: number): number => view.getUint32(entry(kind) + 8, true);

function issueOf(change: (view: DataView, bytes: Uint8Array) => void, seal = true): string {
  const bytes = good.slice();
  change(new DataView(bytes.buffer), bytes);
  if (seal) bytes.set(sha256Bytes(bytes.subarray(HEADER.table)), HEADER.digest);
  const opened = openImage(bytes);
  return opened.ok ? "opens" : opened.issue.code;
}

describe("openImage names the fault", () => {
  test.each([
    ["another magic", "image/magic", (v: DataView) => v.setUint8(0, 0)],
    ["a later version", "image/version", (v: DataView) => v.setUint32(HEADER.version, 99, true)],
    [
      "a section too many",
      "image/section-table",
      (v: DataView) => v.setUint32(HEADER.sectionCount, 16, true),
    ],
    ["a kind twice", "image/section-table", (v: DataView) => v.setUint32(entry(2), 1, true)],
    ["a reserved word in use", "image/section-table", (v: DataView) => v.setUint32(entry(1) + 12, 1, true)],
    [
      "a section off its alignment",
      "image/section-misaligned",
      (v: DataView) => v.setUint32(entry(3) + 4, offset(3) + 4, true),
    ],
    [
      "a section over the one before",
      "image/section-overlap",
      (v: DataView) => v.setUint32(entry(3) + 4, offset(2), true),
    ],
    ["a section past the end", "image/truncated", (v: DataView) => v.setUint32(entry(15) + 8, 4096, true)],
    ["a description that is no JSON", "image/meta", (v: DataView) => v.setUint8(offset(SECTION.meta), 0x5b)],
    [
      "a description that is no UTF-8",
      "image/meta",
      (v: DataView) => v.setUint8(offset(SECTION.meta) + 2, 0xff),
    ],
    [
      "a row that says otherwise than its record",
      "image/value",
      (v: DataView) => v.setUint8(offset(SECTION.rules) + RULE.effect, 0),
    ],
    [
      "an instant that is none",
      "image/value",
      (v: DataView) => v.setFloat64(offset(SECTION.rules), Number.NaN, true),
    ],
    [
      "a span past its table",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.rules) + RULE.territories + 4, 1e6, true),
    ],
    [
      "an override of no rule",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.overrides), 77, true),
    ],
    [
      "a territory without code",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.items), 999, true),
    ],
    [
      "a membership that ends before it starts",
      "image/value",
      (v: DataView) => v.setFloat64(offset(SECTION.intervals) + 16, -1, true),
    ],
    ["more codes than bytes", "image/table", (v: DataView) => v.setUint32(offset(SECTION.codes), 1e9, true)],
    ["an atom of no rule", "image/index", (v: DataView) => v.setUint32(offset(SECTION.atoms), 5, true)],
    [
      "an atom with an unknown role",
      "image/value",
      (v: DataView) => v.setUint8(offset(SECTION.atoms) + 4, 2),
    ],
    [
      "postings past their end",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.postings), 1e9, true),
    ],
    [
      "more slots than bytes",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.names) + 20, 1e9, true),
    ],
    ["no slots", "image/table", (v: DataView) => v.setUint32(offset(SECTION.names) + 20, 0, true)],
    ["no buckets", "image/table", (v: DataView) => v.setUint32(offset(SECTION.urls) + 16, 0, true)],
    [
      "more pieces than codes",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.names) + 32, 256, true),
    ],
    ["a piece of 9 characters", "image/table", (v: DataView) => v.setUint8(offset(SECTION.names) + 36, 9)],
    ["values of 3 bytes", "image/table", (v: DataView) => v.setUint32(offset(SECTION.prefixes4), 3, true)],
    [
      "more ranges than bytes",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.prefixes6) + 12, 1e8, true),
    ],
    ["a prefix of 129 bits", "image/table", (v: DataView) => v.setUint32(offset(SECTION.chains), 129, true)],
    [
      "a chain that holds itself",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.chains) + 8, 1, true),
    ],
    ["a port 0", "image/value", (v: DataView) => v.setUint16(offset(SECTION.ports), 0, true)],
    [
      "a data class without code",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.classes), 999, true),
    ],
    ["no list for anything", "image/index", (v: DataView) => v.setUint32(offset(SECTION.any), 999, true)],
    [
      "rows cut in the middle",
      "image/table",
      (v: DataView) => v.setUint32(entry(SECTION.intervals) + 8, length(SECTION.intervals) - 4, true),
    ],
  ] as const)("%s: %s", (_, code, change) => expect(issueOf(change)).toBe(code));

  test("changed content without a new digest", () =>
    expect(issueOf((v) => v.setUint8(good.length - 8, 9), false)).toBe("image/digest"));

  test("nesting that no stack survives is no stack overflow", () => {
    const rule = rulePart("deep", "block");
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const record = { ...rule.record, effect: { action: "block", notice: { secrecy: 0 } } } as const;
    const { bytes } = encodeImage({
      ...parts,
      rules: [{ ...rule, record }],
      atoms: [],
      names: new KeyCollector(),
      urls: new KeyCollector(),
      prefixes: [],
      asns: new Map(),
      schedules: [],
      ports: [],
      classes: new Map(),
      any: [],
    });
    const opened = openImage(withMeta(bytes, (text) => text.replace('"secrecy":0', `"secrecy":${deep}`)));
    expect(opened.ok ? decide(opened.value, { at: 0 }).reason : opened.issue).toBe("default");
  });
});

// The image with another description: its section grows, the others move.
function withMeta(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const from = new DataView(bytes.buffer);
  const [start, size] = [from.getUint32(entry(1) + 4, true), from.getUint32(entry(1) + 8, true)];
  const meta = new TextEncoder().encode(
    change(new TextDecoder().decode(bytes.subarray(start, start + size))),
  );
  const rest = from.getUint32(entry(2) + 4, true);
  const moved = Math.ceil((start + meta.length) / 8) * 8;
  const out = new Uint8Array(moved + bytes.length - rest);
  out.set(bytes.subarray(0, start));
  out.set(meta, start);
  out.set(bytes.subarray(rest), moved);
  const to = new DataView(out.buffer);
  to.setUint32(entry(1) + 8, meta.length, true);
  for (let kind = 2; kind <= SECTION_COUNT; kind += 1)
    to.setUint32(entry(kind) + 4, from.getUint32(entry(kind) + 4, true) + moved - rest, true);
  out.set(sha256Bytes(out.subarray(HEADER.table)), HEADER.digest);
  return out;
}
