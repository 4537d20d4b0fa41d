// The published test databases of the format's authors (github.com/maxmind/MaxMind-DB, Apache-2.0 or MIT): those in maxmind/, or all of a checkout:
//   MMDB_TEST_DATA=path/to/MaxMind-DB npm test -- packages/jurisdiction/test/mmdb.published
// Every record of their sources must come back as it went in, and every file that they call broken must give a typed error.
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { formatPrefix, parseAddress } from "@demarc/net";
import { describe, expect, test } from "vitest";
import { type MmdbValue, openMmdb } from "../src/index.ts";

const checkout = process.env["MMDB_TEST_DATA"];
const folder = checkout ?? join(import.meta.dirname, "maxmind");
const bytesOf = (file: string): Uint8Array => readFileSync(join(folder, file));

// Valid, though they lie among the broken ones: an epoch as large as can be, an empty map or array at the end of the metadata.
const VALID = /uint64-max-epoch|empty-(?:map|array)-last-in-metadata/;
// No difference between 1 and 1n, nor between a float and the text of it in the source.
const plain = (value: unknown): unknown => {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  return value;
};

// Every address that the source names, and what there is at some others.
const PROBES = [
  "0.0.0.0",
  "1.1.1.1",
  "1.1.1.3",
  "8.8.8.8",
  "81.2.69.142",
  "255.255.255.255",
  "::",
  "::1:ffff:ffff",
  "2001:218::",
  "2a00:1450::1",
  "ffff::",
].map((text) => {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
});

/** Codes of all faults that opening and asking gave. */
function faultsOf(bytes: Uint8Array): readonly string[] {
  const opened = openMmdb(bytes);
  if (!opened.ok) return [opened.issue.code];
  return PROBES.flatMap((probe) => {
    const found = opened.value.lookup(probe);
    return found.ok || found.issue.code === "mmdb/v6-in-v4" ? [] : [found.issue.code];
  });
}

describe("published test databases", () => {
  const sources = globSync("source-data/*.json", { cwd: folder }).toSorted();
  const pairs = sources.filter((file) =>
    existsSync(join(folder, "test-data", `${basename(file, ".json")}.mmdb`)),
  );

  const broken = [
    ...globSync("bad-data/*/*.mmdb", { cwd: folder }),
    ...globSync("test-data/*{broken,Broken,Invalid}*.mmdb", { cwd: folder }),
  ].toSorted();

  test("are all there", () => {
    expect(pairs.length).toBeGreaterThanOrEqual(checkout === undefined ? 8 : 17);
    expect(broken.length).toBeGreaterThanOrEqual(25);
  });

  let networks = 0;
  test.each(pairs)("%s comes back as it went in", (file) => {
    const opened = openMmdb(bytesOf(`test-data/${basename(file, ".json")}.mmdb`));
    if (!opened.ok) throw new Error(opened.issue.message);
    const differing: string[] = [];
    for (const [text, expected] of (
      JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, MmdbValue>[]
    ).flatMap((each) => Object.entries(each))) {
      const address = parseAddress(text.replace(/\/.*/, ""));
      if (!address.ok) throw new Error(text);
      const found = opened.value.lookup(address.value);
      if (!found.ok) throw new Error(found.issue.message);
      networks += 1;
      if (!isDeepStrictEqual(plain(found.value?.value), plain(expected))) differing.push(text);
    }
    // Two networks of one file are in its source twice; the later wins.
    expect(differing.filter((text) => !/^2001:480:[12]::\/64$/.test(text))).toEqual([]);
  });

  test("that is many networks", () =>
    expect(networks).toBeGreaterThanOrEqual(checkout === undefined ? 600 : 5_070));

  test.each(broken.filter((file) => !VALID.test(file)))("%s gives a typed error", (file) => {
    const faults = faultsOf(bytesOf(file));
    expect(faults.length).toBeGreaterThan(0);
    for (const code of faults) expect(code).toMatch(/^mmdb\/(?:corrupt|metadata|no-metadata)$/);
  });

  test.each(broken.filter((file) => VALID.test(file)))("%s is odd, and opens", (file) => {
    expect(openMmdb(bytesOf(file))).toMatchObject({ ok: true });
  });

  test.each(globSync("test-data/MaxMind-DB-test-{ipv4,ipv6,mixed}-*.mmdb", { cwd: folder }))(
    "%s opens and answers",
    (file) => {
      const opened = openMmdb(bytesOf(file));
      if (!opened.ok) throw new Error(opened.issue.message);
      const found = opened.value.lookup(
        opened.value.ipVersion === 4 || file.includes("mixed")
          ? Uint8Array.of(1, 1, 1, 3)
          : Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff),
      );
      expect(found).toMatchObject({ ok: true, value: { value: { ip: expect.any(String) } } });
    },
  );

  test.each(["decoder", "pointer-decoder"])("every type of value comes back (%s)", (name) => {
    const opened = openMmdb(bytesOf(`test-data/MaxMind-DB-test-${name}.mmdb`));
    if (!opened.ok) throw new Error(opened.issue.message);
    const values = Array.from(opened.value.networks(), (each) => each.ok && each.value.value);
    // The second is written by another program: it has more, and a number for true.
    expect(values).toContainEqual({
      ...(name === "decoder" ? { boolean: true } : (values[1] as object)),
      array: [1, 2, 3],
      bytes: Uint8Array.of(0, 0, 0, 0x2a),
      double: 42.123456,
      float: Math.fround(1.1),
      int32: -(2 ** 28),
      map: { mapX: { arrayX: [7, 8, 9], utf8_stringX: "hello" } },
      uint16: 100,
      uint32: 2 ** 28,
      uint64: 2n ** 60n,
      uint128: 2n ** 120n,
      utf8_string: "unicode! ☯ - ♫",
    });
  });

  // A walk over the whole tree and a lookup are two ways to one answer; over broken files both end, and in the same words.
  test.each(globSync("{test-data,bad-data/*}/*.mmdb", { cwd: folder }).toSorted())(
    "%s: what the walk tells, a lookup finds",
    (file) => {
      const opened = openMmdb(bytesOf(file));
      if (!opened.ok) return expect(opened.issue.code).toMatch(/^mmdb\//);
      for (const network of opened.value.networks()) {
        if (!network.ok) return expect(network.issue.code).toBe("mmdb/corrupt");
        const { prefix, value } = network.value;
        const found = opened.value.lookup(prefix.address);
        if (!found.ok) throw new Error(found.issue.message);
        expect(found.value?.value).toEqual(value);
        expect(found.value?.prefix).toBe(formatPrefix(prefix));
      }
    },
  );
});
