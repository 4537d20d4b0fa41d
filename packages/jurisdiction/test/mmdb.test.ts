import { describe, expect, test } from "vitest";
import { openMmdb } from "../src/index.ts";
import { address } from "./sources.ts";
import { type MmdbOptions, rawMmdb, typed, type Value, writeMmdb } from "./write-mmdb.ts";

// The record and prefix for an address, or the code of what prevented it.
function ask(bytes: Uint8Array, text: string): unknown {
  const opened = openMmdb(bytes);
  if (!opened.ok) return opened.issue.code;
  const found = opened.value.lookup(address(text));
  if (!found.ok) return found.issue.code;
  if (found.value === null) return null;
  const { value, prefix, length } = found.value;
  expect(prefix.endsWith(`/${length}`)).toBe(true);
  return { value, prefix };
}

const COUNTRIES: Readonly<Record<string, Value>> = {
  "1.0.0.0/8": { country: { iso_code: "AU" } },
  "1.1.1.0/24": { country: { iso_code: "US" } },
  "1.1.1.1/32": { country: { iso_code: "NZ" } },
  "8.0.0.0/5": { country: { iso_code: "CA" } },
};
const MIXED: Readonly<Record<string, Value>> = {
  ...COUNTRIES,
  "2001:4860::/32": { country: { iso_code: "IE" } },
  "2a00::/12": { country: { iso_code: "DE" } },
};

const record = (code: string, prefix: string) => ({ value: { country: { iso_code: code } }, prefix });

describe.each([24, 28, 32] as const)("record size %i", (recordSize) => {
  test.each([4, 6] as const)("IPv%i: the longest prefix, and it is told", (ipVersion) => {
    const bytes = writeMmdb(ipVersion === 4 ? COUNTRIES : MIXED, { ipVersion, recordSize });
    expect(ask(bytes, "1.1.1.1")).toEqual(record("NZ", "1.1.1.1/32"));
    expect(ask(bytes, "1.1.1.2")).toEqual(record("US", "1.1.1.2/31"));
    expect(ask(bytes, "1.1.1.200")).toEqual(record("US", "1.1.1.128/25"));
    expect(ask(bytes, "1.200.0.1")).toEqual(record("AU", "1.128.0.0/9"));
    expect(ask(bytes, "9.9.9.9")).toEqual(record("CA", "8.0.0.0/5"));
    expect(ask(bytes, "16.0.0.0")).toBeNull();
    if (ipVersion === 4) return;
    expect(ask(bytes, "2001:4860::8888")).toEqual(record("IE", "2001:4860::/32"));
    expect(ask(bytes, "2a00:1450::1")).toEqual(record("DE", "2a00::/12"));
    expect(ask(bytes, "2001:db8::1")).toBeNull();
    expect(ask(bytes, "::ffff:9.9.9.9")).toEqual(record("CA", "8.0.0.0/5"));
  });

  test("offsets use all bits of a record", () => {
    // Over 2^16 bytes of data, and over 2^24, where a record of 28 bits needs its high half byte.
    for (const padding of recordSize === 24 ? [70_000] : [70_000, 17_000_000]) {
      const bytes = writeMmdb(COUNTRIES, { ipVersion: 4, recordSize, padding });
      expect(ask(bytes, "1.1.1.1")).toEqual(record("NZ", "1.1.1.1/32"));
      expect(ask(bytes, "9.9.9.9")).toEqual(record("CA", "8.0.0.0/5"));
    }
  });
});

test("a mapped address given as 16 bytes is IPv4", () => {
  const opened = openMmdb(writeMmdb(COUNTRIES, { ipVersion: 4 }));
  if (!opened.ok) throw new Error(opened.issue.message);
  const mapped = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 1, 1, 1]);
  expect(opened.value.lookup(mapped)).toMatchObject({ ok: true, value: { prefix: "1.1.1.1/32" } });
});

test("an IPv6 address asked of an IPv4 database is an error, no country", () => {
  expect(ask(writeMmdb({ "0.0.0.0/0": "all" }, { ipVersion: 4 }), "2a00:1450:4001::1")).toBe("mmdb/v6-in-v4");
});

test("bytes that are no address are an error", () => {
  const opened = openMmdb(writeMmdb(COUNTRIES));
  if (!opened.ok) throw new Error(opened.issue.message);
  for (const length of [0, 3, 5, 15, 17])
    expect(opened.value.lookup(new Uint8Array(length))).toMatchObject({ issue: { code: "mmdb/address" } });
});

test("every type of value", () => {
  const record = {
    text: "Åland",
    empty: "",
    long: "x".repeat(300),
    double: typed("double", -1.5),
    float: typed("float", 0.25),
    bytes: new Uint8Array([0, 1, 255]),
    uint16: typed("uint16", 65_535),
    uint32: typed("uint32", 4_294_967_295),
    zero: typed("uint32", 0),
    int32: typed("int32", -2),
    uint64: typed("uint64", 2n ** 64n - 1n),
    uint128: typed("uint128", 2n ** 128n - 1n),
    list: ["a", true, false, [], {}],
    __proto: { constructor: "text" },
  };
  const found = ask(writeMmdb({ "1.0.0.0/8": record }), "1.2.3.4");
  expect(found).toEqual({
    prefix: "1.0.0.0/8",
    value: {
      ...record,
      double: -1.5,
      float: 0.25,
      uint16: 65_535,
      uint32: 4_294_967_295,
      zero: 0,
      int32: -2,
      uint64: 2n ** 64n - 1n,
      uint128: 2n ** 128n - 1n,
    },
  });
});

test("a Buffer's values are no windows into it", () => {
  const file = Buffer.from(writeMmdb({ "1.0.0.0/8": { raw: Uint8Array.of(1, 2, 3) } }, { ipVersion: 4 }));
  const opened = openMmdb(file);
  if (!opened.ok) throw new Error(opened.issue.message);
  const found = opened.value.lookup(address("1.1.1.1"));
  file.fill(0xff);
  expect(found).toMatchObject({ value: { value: { raw: Uint8Array.of(1, 2, 3) } } });
});

test("a key named __proto__ is a key", () => {
  const bytes = writeMmdb({ "1.0.0.0/8": { ["__proto__"]: "text" } });
  const found = ask(bytes, "1.2.3.4") as { readonly value: object };
  expect(Object.keys(found.value)).toEqual(["__proto__"]);
});

test.each([0, 3_000, 600_000])("pointers, %i bytes on", (padding) => {
  const shared = { iso_code: "SE", names: { en: "Sweden" } };
  const records = { "1.0.0.0/8": { country: shared }, "2.0.0.0/8": { country: shared, again: shared } };
  const bytes = writeMmdb(records, { pointers: true, padding });
  expect(ask(bytes, "2.2.2.2")).toMatchObject({ value: { country: shared, again: shared } });
});

test("a pointer of four bytes", () => {
  // 0x38 and four bytes: an absolute offset; here to the text behind it.
  expect(ask(rawMmdb([0x38, 0, 0, 0, 5, 0x42, 0x44, 0x45]), "1.1.1.1")).toMatchObject({ value: "DE" });
});

test("the last metadata marker counts, for data may hold another", () => {
  const bytes = writeMmdb({ "1.0.0.0/8": "\u00ab\u00cd\u00efMaxMind.com" });
  const raw = new Uint8Array([0xab, 0xcd, 0xef, ...new TextEncoder().encode("MaxMind.com")]);
  expect(ask(bytes, "1.1.1.1")).toMatchObject({ prefix: "1.0.0.0/8" });
  expect(ask(writeMmdb({ "1.0.0.0/8": raw }), "1.1.1.1")).toMatchObject({ value: raw });
});

test("what it is comes from the metadata", () => {
  expect(
    openMmdb(writeMmdb(COUNTRIES, { ipVersion: 4, databaseType: "X", buildEpoch: 1_700_000_000 })),
  ).toMatchObject({
    value: { databaseType: "X", buildAt: 1_700_000_000_000, ipVersion: 4, recordSize: 24 },
  });
  // The largest epoch is silly, and valid.
  expect(openMmdb(writeMmdb(COUNTRIES, { buildEpoch: 2n ** 64n - 1n }))).toMatchObject({ ok: true });
  expect(openMmdb(writeMmdb({}))).toMatchObject({ ok: true });
});

describe("metadata that is missing or wrong is refused", () => {
  const wrong: readonly (readonly [string, MmdbOptions["metadata"]])[] = [
    ["no version", { binary_format_major_version: undefined }],
    ["version 3", { binary_format_major_version: typed("uint16", 3) }],
    ["record size 20", { record_size: typed("uint16", 20) }],
    ["no record size", { record_size: undefined }],
    ["IP version 5", { ip_version: typed("uint16", 5) }],
    ["a text for a number", { ip_version: "6" }],
    ["no node count", { node_count: undefined }],
    ["a broken node count", { node_count: typed("double", 1.5) }],
    ["no build epoch", { build_epoch: undefined }],
  ];
  test.each(wrong)("%s", (_what, metadata) =>
    expect(openMmdb(writeMmdb(COUNTRIES, { metadata: metadata ?? {} }))).toMatchObject({
      ok: false,
      issue: { code: "mmdb/metadata" },
    }),
  );

  test("more nodes than bytes", () => {
    for (const count of [typed("uint32", 4_000_000_000), typed("uint128", 2n ** 127n)])
      expect(ask(writeMmdb(COUNTRIES, { metadata: { node_count: count } }), "1.1.1.1")).toMatch(
        /^mmdb\/(?:corrupt|metadata)$/,
      );
  });
});

const nested = (depth: number, control: readonly number[]): number[] => [
  ...Array.from({ length: depth }, () => control).flat(),
  0x40,
];
// An array of eight pointers to the next such array: 8^12 values in 300 bytes.
const bomb = Array.from({ length: 12 }, (_, level) => [
  0x08,
  0x04,
  ...Array.from({ length: 8 }, () => [0x20, (level + 1) * 18]).flat(),
]).flat();

describe("damage gives an error and nothing else", () => {
  const files: readonly (readonly [string, Uint8Array, string])[] = [
    ["nothing", new Uint8Array(0), "mmdb/no-metadata"],
    ["a text", new TextEncoder().encode("1.1.1.0/24,AU\n"), "mmdb/no-metadata"],
    [
      "the marker alone",
      new Uint8Array([0xab, 0xcd, 0xef, 0x4d, 0x61, 0x78, 0x4d, 0x69, 0x6e, 0x64, 0x2e, 0x63, 0x6f, 0x6d]),
      "mmdb/corrupt",
    ],
    ["metadata cut short", writeMmdb(COUNTRIES).slice(0, -20), "mmdb/corrupt"],
    ["data cut out", writeMmdb(COUNTRIES).slice(60), "mmdb/corrupt"],
    ["a pointer at itself", rawMmdb([0x20, 0x00]), "mmdb/corrupt"],
    ["a pointer at a pointer", rawMmdb([0x20, 0x02, 0x20, 0x00]), "mmdb/corrupt"],
    ["an array that holds itself", rawMmdb([0x01, 0x04, 0x20, 0x00]), "mmdb/corrupt"],
    ["a map that holds itself", rawMmdb([0xe1, 0x41, 0x61, 0x20, 0x00]), "mmdb/corrupt"],
    ["a pointer beyond the data", rawMmdb([0x27, 0xff]), "mmdb/corrupt"],
    ["arrays nested 600 deep", rawMmdb(nested(600, [0x01, 0x04])), "mmdb/corrupt"],
    ["maps nested 100,000 deep", rawMmdb(nested(100_000, [0xe1, 0x41, 0x61])), "mmdb/corrupt"],
    ["a map of 16 million", rawMmdb([0xff, 0xff, 0xff, 0xff, 0x41, 0x61]), "mmdb/corrupt"],
    ["an array of 16 million", rawMmdb([0x1f, 0x04, 0xff, 0xff, 0xff]), "mmdb/corrupt"],
    ["an array of pointers of arrays of pointers", rawMmdb(bomb), "mmdb/corrupt"],
    ["a text longer than the data", rawMmdb([0x5c, 0x61]), "mmdb/corrupt"],
    ["a text that is no UTF-8", rawMmdb([0x42, 0xc3, 0x28]), "mmdb/corrupt"],
    ["a key that is no text", rawMmdb([0xe1, 0xc0, 0xc0]), "mmdb/corrupt"],
    ["a double of seven bytes", rawMmdb([0x67, 0, 0, 0, 0, 0, 0, 0]), "mmdb/corrupt"],
    ["a float of eight bytes", rawMmdb([0x08, 0x08, 0, 0, 0, 0, 0, 0, 0, 0]), "mmdb/corrupt"],
    ["a uint16 of three bytes", rawMmdb([0xa3, 1, 1, 1]), "mmdb/corrupt"],
    ["a uint128 of 17 bytes", rawMmdb([0x11, 0x03, ...new Uint8Array(17)]), "mmdb/corrupt"],
    ["a boolean of two", rawMmdb([0x02, 0x07]), "mmdb/corrupt"],
    ["a type that is none", rawMmdb([0x00, 0x10]), "mmdb/corrupt"],
    ["a cache container", rawMmdb([0x00, 0x05]), "mmdb/corrupt"],
    ["no data at all", rawMmdb([]), "mmdb/corrupt"],
  ];
  test.each(files)("%s", (_what, bytes, code) => {
    const start = performance.now();
    expect(ask(bytes, "1.1.1.1")).toBe(code);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test.each([
    ["the separator", 1 + 3],
    ["beyond the data", 1 + 16 + 500],
    ["the root again", 0],
  ])("a record that points at %s", (_what, to) => {
    const bytes = rawMmdb([0x42, 0x44, 0x45]);
    bytes.set([to >> 16, to >> 8, to & 0xff], 3);
    expect(openMmdb(bytes)).toMatchObject({ ok: false, issue: { code: "mmdb/corrupt", offset: 0 } });
  });
});
