import { describe, expect, test } from "vitest";
import { parts, rulePart } from "../test/support/parts.ts";
import { encodeImage } from "./encode-image.ts";
import { sha256Bytes } from "./internal/digest.ts";
import { RULE_SHAPE } from "./internal/record-shape.ts";
import { KeyCollector } from "./key-collector.ts";
import * as HEADER from "./layout/header.ts";
import * as ROW_BYTES from "./layout/row-bytes.ts";
import * as RULE from "./layout/rule.ts";
import { SCOPE, SECTION } from "./layout.ts";
import { openImage } from "./open-image.ts";
import { PrefixCollector } from "./prefix-collector.ts";

const { bytes: good } = encodeImage(parts);
const view = new DataView(good.buffer);
const entry = (kind: number): number => HEADER.table + (kind - 1) * HEADER.tableEntryBytes;
const offset = (kind: number): number => view.getUint32(entry(kind) + 4, true);
const length = (kind: number): number => view.getUint32(entry(kind) + 8, true);

const nothingSelected = {
  atoms: [],
  names: new KeyCollector(),
  urls: new KeyCollector(),
  patterns: [],
  prefixes: new PrefixCollector(),
  ports: [],
  asns: new Map(),
  classes: new Map(),
  schedules: [],
  any: [],
};

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
    ["bytes between sections", "image/section-table", (v: DataView) => v.setUint8(offset(1) - 1, 1)],
    ["bytes after the last section", "image/section-table", (v: DataView) => v.setUint8(good.length - 1, 1)],
    [
      "a record past the end",
      "image/records",
      (v: DataView) => v.setUint32(offset(SECTION.records) + 4, 1e6, true),
    ],
    [
      "a record that is another's",
      "image/records",
      (v: DataView) =>
        v.setUint32(offset(SECTION.records) + 4, v.getUint32(offset(SECTION.records), true), true),
    ],
    ["a text past the last", "image/records", (v: DataView) => v.setUint32(recordOf(v, 0), 1e6, true)],
    [
      "more overrides than words",
      "image/records",
      (v: DataView) =>
        v.setUint32(wordAt(v.getUint32(recordOf(v, 0) + fieldAt("overrides"), true)), 1e9, true),
    ],
    [
      "a state whose instant is told otherwise",
      "image/value",
      (v: DataView) => v.setFloat64(offset(SECTION.states), 1, true),
    ],
    [
      "an effect that there is not",
      "image/value",
      (v: DataView) => v.setUint8(offset(SECTION.rules) + RULE.effect, 5),
    ],
    [
      "a block with an egress",
      "image/value",
      (v: DataView) => v.setUint32(offset(SECTION.rules) + RULE.egress, 1, true),
    ],
    [
      "an egress with excepted territories",
      "image/value",
      (v: DataView) =>
        v.setUint32(routeRow(v) + RULE.egress, v.getUint32(routeRow(v) + RULE.scope, true) + 1, true),
    ],
    [
      "a confidence above 1",
      "image/value",
      (v: DataView) => v.setFloat64(offset(SECTION.rules) + RULE.minConfidence, 2, true),
    ],
    [
      "a layer that there is not",
      "image/value",
      (v: DataView) => v.setUint32(offset(SECTION.rules) + RULE.layer, 9, true),
    ],
    [
      "a scope that is not there",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.rules) + RULE.scope, 99, true),
    ],
    [
      "a schedule that is not there",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.rules) + RULE.schedule, 99, true),
    ],
    [
      "a scope that ends before it starts",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.scopes) + SCOPE.except, 0, true),
    ],
    [
      "memberships out of order",
      "image/value",
      (v: DataView) => v.setUint32(offset(SECTION.intervals), 1e6, true),
    ],
    [
      "windows that overlap another schedule's",
      "image/value",
      (v: DataView) => v.setUint32(offset(SECTION.schedules), 1, true),
    ],
    [
      "an instant that is none",
      "image/value",
      (v: DataView) => v.setFloat64(offset(SECTION.rules), Number.NaN, true),
    ],
    [
      "a span past its table",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.rules) + RULE.overrides + 4, 1e6, true),
    ],
    [
      "an override of no rule",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.overrides), 77, true),
    ],
    [
      "an override of itself",
      "image/value",
      (v: DataView) => v.setUint32(offset(SECTION.overrides), 0, true),
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
    ["more texts than bytes", "image/table", (v: DataView) => v.setUint32(offset(SECTION.texts), 1e9, true)],
    [
      "texts that are no UTF-8",
      "image/table",
      (v: DataView) => v.setUint8(offset(SECTION.texts) + length(SECTION.texts) - 1, 0xff),
    ],
    [
      "a text that ends before it starts",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.texts) + 8, 0, true),
    ],
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
      "more blocks than bytes",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.names) + 12, 1e6, true),
    ],
    ["one block alone", "image/table", (v: DataView) => v.setUint32(offset(SECTION.urls) + 12, 1, true)],
    [
      "more groups than bytes",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.names) + 16, 1 << 24, true),
    ],
    ["groups of 17 bytes", "image/table", (v: DataView) => v.setUint32(offset(SECTION.names) + 28, 17, true)],
    [
      "more pieces than codes",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.names) + 24, 4097, true),
    ],
    [
      "a piece of 9 characters",
      "image/table",
      (v: DataView) => {
        const at = offset(SECTION.names);
        const blocks = v.getUint32(at + 12, true);
        const units = at + 64 + blocks * 64 + (blocks - 1) * 16;
        const pieces = units + ((v.getUint32(at + 8, true) >>> 5) + 1) * 4;
        v.setUint32(pieces + 8, 9, true);
      },
    ],
    ["values of 3 bytes", "image/table", (v: DataView) => v.setUint32(offset(SECTION.prefixes4), 3, true)],
    [
      "more ranges than bytes",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.prefixes6) + 12, 1e8, true),
    ],
    [
      "more patterns than rows",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.patterns), 1e6, true),
    ],
    [
      "tokens without rows",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.tokens) + 16, 1e6, true),
    ],
    ["a prefix of 129 bits", "image/table", (v: DataView) => v.setUint32(offset(SECTION.chains), 129, true)],
    [
      "a chain that holds itself",
      "image/table",
      (v: DataView) => v.setUint32(offset(SECTION.chains) + 8, 1, true),
    ],
    [
      "a chain whose parent is no shorter",
      "image/table",
      (v: DataView) => v.setUint32(childRow(v), v.getUint32(offset(SECTION.chains), true), true),
    ],
    ["a port 0", "image/value", (v: DataView) => v.setUint16(offset(SECTION.ports), 0, true)],
    [
      "a data class without code",
      "image/index",
      (v: DataView) => v.setUint32(offset(SECTION.classes), 999, true),
    ],
    ["no list for anything", "image/index", (v: DataView) => v.setUint32(offset(SECTION.any), 999, true)],
    ["two lists for anything", "image/index", (v: DataView) => v.setUint32(entry(SECTION.any) + 8, 8, true)],
    [
      "an instant that is written as only some engines read it",
      "image/value",
      (_v: DataView, bytes: Uint8Array) => {
        const at = Buffer.from(bytes.buffer).indexOf("2026-02-01T00:00:00.000Z");
        bytes[at + "2026-02-01".length] = 0x20;
      },
    ],
    [
      "rows cut in the middle",
      "image/table",
      (v: DataView) => v.setUint32(entry(SECTION.intervals) + 8, length(SECTION.intervals) - 4, true),
    ],
  ] as const)("%s: %s", (_, code, change) => expect(issueOf(change)).toBe(code));

  test("bytes after the end", () => {
    const { length: end } = good;
    for (const more of [1, 31, 32]) {
      const bytes = new Uint8Array(end + more);
      bytes.set(good);
      bytes.set(sha256Bytes(bytes.subarray(HEADER.table)), HEADER.digest);
      const opened = openImage(bytes);
      expect(opened.ok ? "opens" : opened.issue.code).toBe("image/section-table");
    }
  });

  test("changed content without a new digest", () =>
    expect(issueOf((v) => v.setUint8(offset(SECTION.texts), 99), false)).toBe("image/digest"));

  test("a data class that is there twice", () => {
    const health = parts.classes.get("health") ?? [];
    const { bytes } = encodeImage({
      ...parts,
      classes: new Map([
        ["health", health],
        ["payment", health],
      ]),
    });
    expect(openImage(bytes).ok).toBe(true);
    const other = new DataView(bytes.buffer);
    const start = other.getUint32(entry(SECTION.classes) + 4, true);
    other.setUint32(start + ROW_BYTES.classes, other.getUint32(start, true), true);
    bytes.set(sha256Bytes(bytes.subarray(HEADER.table)), HEADER.digest);
    const opened = openImage(bytes);
    expect(opened.ok ? "opens" : opened.issue.code).toBe("image/value");
  });

  test("a list that starts where its own item does", () => {
    const title = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`x-${index}`, "t"]));
    const rule = rulePart("a", "block");
    const classes = new Map(Array.from({ length: 1000 }, (_, index) => [`class-${index}`, []]));
    const { bytes } = encodeImage({
      ...parts,
      ...nothingSelected,
      rules: [{ ...rule, record: { ...rule.record, title } }],
      classes,
    });
    const start = new DataView(bytes.buffer).getUint32(entry(SECTION.records) + 4, true);
    const words = new Uint32Array(
      bytes.buffer,
      start,
      new DataView(bytes.buffer).getUint32(entry(SECTION.records) + 8, true) / 4,
    );
    const record = words[1] as number;
    // All but one of the titles make room for a list of one citation, which is the list itself.
    const run = words[record + fieldAt("title") / 4] as number;
    words[run] = 1;
    words.set([1, run + 3, 0, 0, 0, 0, 0, 0], run + 3);
    const basis = words[record + fieldAt("legalBasis") / 4] as number;
    words[basis + 2] = run + 3;
    bytes.set(sha256Bytes(bytes.subarray(HEADER.table)), HEADER.digest);
    const opened = openImage(bytes);
    expect(opened.ok ? "opens" : opened.issue.code).toBe("image/records");
  });

  test("a record that grows without end by referring to the same again", () => {
    const many = Array.from({ length: 2000 }, () => ({ scheme: "docket", id: "1", pinpoint: ["1", "2"] }));
    const states = Array.from({ length: 2000 }, (_, index) => ({ from: index, state: "stayed" }) as const);
    const rule = rulePart("a", "block", { states });
    const history = states.map(({ state, from }) => ({
      state,
      from: new Date(from).toISOString(),
      citations: many,
    }));
    const { bytes } = encodeImage({
      ...parts,
      rules: [{ ...rule, record: { ...rule.record, history } }],
      ...nothingSelected,
    });
    const opened = openImage(bytes);
    expect(opened.ok ? null : opened.issue.code).toBe("image/records");
    expect(bytes.length).toBeLessThan(200_000);
  });
});

// Where a chain lies whose parent is the first one.
function childRow(v: DataView): number {
  const start = offset(SECTION.chains);
  for (let row = start; ; row += ROW_BYTES.chains) if (v.getUint32(row + 8, true) === 1) return row;
}

// Where the row of the first rule that routes lies.
function routeRow(v: DataView): number {
  const start = offset(SECTION.rules);
  for (let row = start; ; row += RULE.bytes) if (v.getUint32(row + RULE.egress, true) !== 0) return row;
}

// Where the record of a rule lies, and how far into it a field does.
function wordAt(word: number): number {
  return offset(SECTION.records) + word * 4;
}
function recordOf(v: DataView, rule: number): number {
  return wordAt(v.getUint32(offset(SECTION.records) + 4 + rule * 4, true));
}
function fieldAt(name: string): number {
  return RULE_SHAPE.kind === "record" ? RULE_SHAPE.fields.findIndex((field) => field.name === name) * 4 : 0;
}
