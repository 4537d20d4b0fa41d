import { describe, expect, test } from "vitest";
import { address } from "../test/sources.ts";
import { DEFAULT_MAP_CONFIDENCE, type NetworkMap, parseNetworkMap } from "./network-map.ts";

function mapOf(clients: readonly unknown[], hosts: readonly unknown[] = []): NetworkMap {
  const parsed = parseNetworkMap({ source: "address plan", dataDate: "2026-11-01", clients, hosts });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

const clientOf = (map: NetworkMap, text: string): string | undefined =>
  map.findClient(address(text))?.territory;

describe("the longest prefix that contains the address", () => {
  const map = mapOf([
    { prefix: "0.0.0.0/0", territory: "US" },
    { prefix: "10.0.0.0/8", territory: "DE" },
    { prefix: "10.1.0.0/16", territory: "FR", confidence: 0.6, dataClasses: ["personal-data"] },
    { prefix: "10.1.2.3", territory: "AT" },
    { prefix: "255.0.0.0/8", territory: "NL" },
    { prefix: "2001:db8::/32", territory: "SE" },
    { prefix: "2001:db8:8000::/33", territory: "FI" },
  ]);

  test.each([
    ["10.1.2.3", "AT"],
    ["10.1.2.4", "FR"],
    ["10.2.0.0", "DE"],
    ["9.255.255.255", "US"],
    ["255.255.255.255", "NL"],
    ["0.0.0.0", "US"],
    ["2001:db8::1", "SE"],
    ["2001:db8:ffff::1", "FI"],
    ["2001:db9::1", undefined],
    ["::", undefined],
  ])("%s is in %s", (text, territory) => expect(clientOf(map, text)).toBe(territory));

  test("with its confidence and labels", () => {
    expect(map.findClient(address("10.1.2.4"))).toMatchObject({
      text: "10.1.0.0/16",
      confidence: 0.6,
      dataClasses: ["personal-data"],
    });
    expect(map.findClient(address("10.2.0.0"))).toMatchObject({
      confidence: DEFAULT_MAP_CONFIDENCE,
      dataClasses: [],
    });
  });

  test("clients are no hosts", () => expect(map.findHost(address("10.1.2.3"))).toBeNull());

  test("bytes that are no address are nowhere", () => {
    for (const length of [0, 3, 5, 17]) expect(map.findClient(new Uint8Array(length))).toBeNull();
  });
});

describe("every fault, where it is", () => {
  const CASES: readonly (readonly [string, unknown, readonly (readonly [string, string, RegExp?])[]])[] = [
    ["null", null, [["networks/form", ""]]],
    ["a list", [], [["networks/form", ""]]],
    [
      "an empty object",
      {},
      [
        ["networks/form", "/source"],
        ["networks/form", "/dataDate"],
        ["networks/form", "/clients"],
      ],
    ],
    [
      "an unknown field, escaped as JSON Pointer asks",
      { source: "s", dataDate: "2026-11-01", clients: [], "a/b~c": 1 },
      [["networks/unknown-field", "/a~1b~0c"]],
    ],
    [
      "a day that is none",
      { source: "s", dataDate: "2026-02-30", clients: [] },
      [["networks/form", "/dataDate"]],
    ],
    [
      "entries of the wrong form",
      {
        source: "s",
        dataDate: "2026-11-01",
        clients: [7, { prefix: "10.0.0.0/8", territory: "DE", city: "x" }],
      },
      [
        ["networks/form", "/clients/0"],
        ["networks/unknown-field", "/clients/1/city", /prefix, territory/],
      ],
    ],
    [
      "prefixes",
      {
        source: "s",
        dataDate: "2026-11-01",
        clients: [
          { territory: "DE" },
          { prefix: "10.0.0.1/8", territory: "DE" },
          { prefix: "010.0.0.0/8", territory: "DE" },
        ],
      },
      [
        ["networks/prefix", "/clients/0/prefix"],
        ["networks/prefix", "/clients/1/prefix", /10\.0\.0\.0\/8/],
        ["networks/prefix", "/clients/2/prefix"],
      ],
    ],
    [
      "the same prefix twice, however it is written",
      {
        source: "s",
        dataDate: "2026-11-01",
        clients: [
          { prefix: "2001:db8::/32", territory: "DE" },
          { prefix: "2001:0DB8::/32", territory: "FR" },
        ],
      },
      [["networks/duplicate-prefix", "/clients/1/prefix"]],
    ],
    [
      "territories",
      {
        source: "s",
        dataDate: "2026-11-01",
        clients: [],
        hosts: [
          { prefix: "192.0.2.1", territory: "UK" },
          { prefix: "192.0.2.2", territory: false },
          { prefix: "192.0.2.3" },
          { prefix: "192.0.2.4", territory: "SJ" },
          { prefix: "192.0.2.5", territory: "constructor" },
          { prefix: "192.0.2.6", territory: "group:EU" },
        ],
      },
      [
        ["networks/unknown-territory", "/hosts/0/territory", /GB/],
        ["networks/unknown-territory", "/hosts/1/territory", /"NO"/],
        ["networks/unknown-territory", "/hosts/2/territory"],
        ["networks/ambiguous-territory", "/hosts/3/territory", /NO-21 or NO-22/],
        ["networks/unknown-territory", "/hosts/4/territory"],
        ["networks/unknown-territory", "/hosts/5/territory"],
      ],
    ],
    [
      "confidence and labels",
      {
        source: "s",
        dataDate: "2026-11-01",
        clients: [
          { prefix: "10.0.0.0/8", territory: "DE", confidence: 1.1 },
          { prefix: "11.0.0.0/8", territory: "DE", confidence: Number.NaN },
          { prefix: "12.0.0.0/8", territory: "DE", dataClasses: [1] },
        ],
      },
      [
        ["networks/confidence", "/clients/0/confidence"],
        ["networks/confidence", "/clients/1/confidence"],
        ["networks/form", "/clients/2/dataClasses"],
      ],
    ],
  ];

  test.each(CASES)("%s", (_what, value, expected) => {
    const parsed = parseNetworkMap(value);
    if (parsed.ok) throw new Error("it was accepted");
    expect(parsed.issues.map(({ code, pointer }) => [code, pointer])).toEqual(
      expected.map(([code, pointer]) => [code, pointer]),
    );
    for (const [index, [, , help]] of expected.entries())
      if (help !== undefined) expect(parsed.issues[index]?.help).toMatch(help);
  });
});
