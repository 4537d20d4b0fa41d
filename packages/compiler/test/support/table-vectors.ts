// Images whose tables have every form there is, as small as that can be: keys that are long and in many groups, prefixes in
// tables that are read by their first bits, requests of a wrong form.
import type { Selector } from "@demarc/policy";
import { inputOf, listOf, policyOf } from "./documents.ts";
import { AT, everywhere, hexOf, type ImageVector, observedBy, type VectorRequest } from "./image-vectors.ts";

const BITS = 9;
// Names of 251 characters that no pieces make short.
const longName = (letter: string): string =>
  `${[..."zxvq"].map((each) => `${letter}${each}`.repeat(40).slice(0, 60)).join(".")}.example`;
const LONG_NAMES: Readonly<Record<number, string>> = { 510: longName("q"), 511: longName("j") };
// So many names that some block has no room for all of its keys.
const MORE_NAMES = Array.from({ length: 400 }, (_, index) => `m${index}.example`);

/** Many names in 511 groups, two of them long, and long URLs. */
export function keyVectors(): ImageVector {
  const nameOf = (number: number) => LONG_NAMES[number] ?? `n${number}.example`;
  const numbers = Array.from({ length: 2 ** BITS }, (_, number) => number);
  const lists = Array.from({ length: BITS }, (_, bit) =>
    listOf(
      `https://lists.example/bit${bit}`,
      numbers
        .filter((number) => ((number >> bit) & 1) === 1)
        .map(nameOf)
        .concat(bit === 0 ? MORE_NAMES : [])
        .join("\n"),
    ),
  );
  const urlOf = (number: number) => `http://a.example/${`u${number}-`.repeat(200)}`;
  const urls = Array.from(
    { length: 8 },
    (_, number): Selector => ({
      type: "url",
      value: `${urlOf(number)}${number % 2 === 0 ? "" : "/"}`,
      match: number % 2 === 0 ? "exact" : "prefix",
    }),
  );
  const observe = { effect: { action: "observe" } } as const;
  const rules = [
    ...lists.map(({ selector }, bit) => everywhere(`bit${bit}`, { ...observe, selectors: [selector] })),
    everywhere("urls", { ...observe, selectors: urls }),
  ];
  const bitsOf = (number: number) =>
    lists.flatMap((_, bit) => (((number >> bit) & 1) === 1 ? [`bit${bit}`] : []));
  const asked = (why: string, request: Omit<VectorRequest, "at">, observed: readonly string[]) => ({
    why,
    request: { ...AT, ...request },
    expect: observedBy(observed),
  });
  return {
    name: "key-sets",
    input: inputOf({ policies: [policyOf("p.yaml", rules)], lists: lists.map(({ list }) => list) }),
    cases: [
      ...[0, 1, 2, 3, 85, 170, 220, 255, 256, 257, 300, 337, 341, 362, 509].map((number) =>
        asked("a name is in the lists of the bits of its number", { name: nameOf(number) }, bitsOf(number)),
      ),
      asked("what is below a listed name is in its lists", { name: "www.n257.example" }, bitsOf(257)),
      asked("labels are compared, not endings", { name: "xn257.example" }, []),
      asked("no name", { name: "n512.example" }, []),
      asked("a record of more than 254 bytes", { name: nameOf(510) }, bitsOf(510)),
      asked("a record of more than 254 bytes", { name: nameOf(511) }, bitsOf(511)),
      asked("a long name with another end", { name: `${nameOf(511)}s` }, []),
      asked("an exact URL whose record is long", { url: urlOf(4) }, ["urls"]),
      asked("an exact URL is no prefix", { url: `${urlOf(4)}/x` }, []),
      asked("a prefix that ends with a slash holds what is below", { url: `${urlOf(5)}/x` }, ["urls"]),
      asked("and not what is without it", { url: urlOf(5) }, []),
    ],
  };
}

/**
 * More than 4,096 starts of prefixes in each family, so that tables are read by the first 16 bits; in IPv6 more than 256 with the
 * same ones, and some of more than 48 bits.
 */
export function prefixVectors(): ImageVector {
  const v4 = Array.from({ length: 4096 }, (_, index) => `100.${64 + (index >> 6)}.${index & 63}.0/25`);
  const v6 = [
    ...Array.from({ length: 16 * 240 }, (_, index) => `fd${hex(index >> 8)}:0:${hex(index & 255)}00::/48`),
    ...Array.from({ length: 256 }, (_, index) => `fd20:${hex(index)}ff::/32`),
    ...Array.from({ length: 300 }, (_, index) => `2001:db8:${(index * 2).toString(16)}::/48`),
  ];
  const cidr = (value: string): Selector => ({ type: "cidr", value });
  const list4 = listOf("https://lists.example/4", v4.join("\n"), "cidr");
  const list6 = listOf("https://lists.example/6", v6.join("\n"), "cidr");
  const observe = { effect: { action: "observe" } } as const;
  const rules = [
    everywhere("list4", { ...observe, selectors: [list4.selector] }),
    everywhere("list6", { ...observe, selectors: [list6.selector] }),
    everywhere("wide", {
      selectors: [
        cidr("100.64.0.0/10"),
        cidr("198.18.0.0/15"),
        cidr("2001:db8::/32"),
        cidr("fd20:4000::/20"),
      ],
    }),
    everywhere("narrow", {
      selectors: [cidr("100.64.1.0/24"), cidr("2001:db8:2::/64"), cidr("2001:db8:4::8:0/112")],
      effect: { action: "allow" },
    }),
    everywhere("host", {
      selectors: [cidr("100.64.1.2/32"), cidr("198.18.255.255/32"), cidr("2001:db8:2::1/128")],
      effect: { action: "gate", condition: "age", minimumAge: 18, notice: {} },
    }),
  ];
  return {
    name: "prefixes",
    input: inputOf({ policies: [policyOf("p.yaml", rules)], lists: [list4.list, list6.list] }),
    cases: [
      ofAddress("before every prefix", "100.63.255.255", null),
      ofAddress("the first address of two prefixes", "100.64.0.0", "wide", "list4"),
      ofAddress("the last address of the longer one", "100.64.0.127", "wide", "list4"),
      ofAddress("the first one behind it", "100.64.0.128", "wide"),
      ofAddress("a longer prefix wins, and what observes is there too", "100.64.1.3", "narrow", "list4"),
      ofAddress("the longest", "100.64.1.2", "host", "list4"),
      ofAddress("one of three that start there", "100.64.1.0", "narrow", "list4"),
      ofAddress("the last of a table", "100.127.63.127", "wide", "list4"),
      ofAddress("behind the last of a table", "100.127.63.128", "wide"),
      ofAddress("behind the first 16 bits of all of them", "100.128.0.0", null),
      ofAddress("where the prefix starts 16 bits earlier", "198.19.0.1", "wide"),
      ofAddress("the last address of the first 16 bits", "198.18.255.255", "host"),
      ofAddress("an address that no prefix holds", "203.0.113.5", null),
      ofAddress("one of many prefixes with the same 16 bits", "2001:db8:200::1", "wide", "list6"),
      ofAddress("between two of them", "2001:db8:201::1", "wide"),
      ofAddress("where 8 bits more begin, and no prefix", "2001:db8:300::1", "wide"),
      ofAddress("where a longer prefix starts with the same 48 bits", "2001:db8:2::2", "narrow", "list6"),
      ofAddress("a whole address", "2001:db8:2::1", "host", "list6"),
      ofAddress("behind what is longer than 48 bits", "2001:db8:2:1::", "wide", "list6"),
      ofAddress("a prefix of 112 bits", "2001:db8:4::8:1", "narrow", "list6"),
      ofAddress("before it", "2001:db8:4::7:ffff", "wide", "list6"),
      ofAddress("behind it", "2001:db8:4::9:0", "wide", "list6"),
      ofAddress("what other 16 bits begin with", "2001:db7:ffff::1", null),
      ofAddress("the first of the next 8 bits", "fd20:ff::1", null, "list6"),
      ofAddress("before it", "fd20:fe::1", null),
      ofAddress("the last of the next 8 bits", "fd20:ffff::1", null, "list6"),
      ofAddress("what holds the address starts in earlier 8 bits", "fd20:4800::1", "wide"),
      ofAddress("the last address that it holds", "fd20:4fff:ffff::1", "wide", "list6"),
      ofAddress("few prefixes with the same 16 bits", "fd0e:0:ef00::1", null, "list6"),
      ofAddress("beside them", "fd0e:0:ef01::1", null),
      ofAddress("behind all", "ff02::1", null),
      {
        why: "an address of IPv4 within one of IPv6 is one of IPv6",
        request: { ...AT, address: `${"00".repeat(10)}ffff64400102` },
        expect: observedBy([]),
      },
    ],
  };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function ofAddress(
  why: string,
  address: string,
  rule: "wide" | "narrow" | "host" | null,
  ...observed: readonly string[]
): ImageVector["cases"][number] {
  const effect = { wide: "block", narrow: "allow", host: "gate" } as const;
  const answer = observedBy(observed);
  return {
    why,
    request: { ...AT, address: hexOf(address) },
    expect:
      rule === null
        ? answer
        : {
            ...answer,
            effect: effect[rule],
            verdict: rule === "narrow" ? "pass" : "refuse",
            reason: "rule",
            rule,
          },
  };
}

/** Requests of a wrong form, beside a rule about anything that observes. */
export function malformedVectors(): ImageVector {
  const rule = everywhere("all", { effect: { action: "observe" }, selectors: [{ type: "any" }] });
  const malformed = { ...observedBy([]), effect: "block", verdict: "refuse", reason: "request-malformed" };
  const place = { connector: "subject-location", territory: "DE", confidence: 1 } as const;
  const cases: [string, Omit<VectorRequest, "at">][] = [
    ["a port is 1 at least", { port: 0 }],
    ["and 65,535 at most", { port: 65_536 }],
    ["and whole", { port: 1.5 }],
    ["a protocol is tcp or udp, also without a port", { protocol: "icmp" }],
    ["an address has 4 or 16 bytes", { address: "c000020100" }],
    ["an AS number has 32 bits", { asn: 2 ** 32 }],
    ["and no sign", { asn: -1 }],
    ["a confidence is 1 at most", { places: [{ ...place, confidence: 1.5 }] }],
    ["and 0 at least", { places: [{ ...place, confidence: -0.5 }] }],
    ["one place of many is enough", { places: [place, { ...place, confidence: 2 }] }],
    ["a connector is one of eight", { places: [{ ...place, connector: "elsewhere" as "nationality" }] }],
  ];
  return {
    name: "malformed",
    input: inputOf({ default: "refuse", policies: [policyOf("p.yaml", [rule])] }),
    cases: [
      {
        why: "nothing is wrong",
        request: { ...AT, port: 65_535, asn: 2 ** 32 - 1 },
        expect: { ...malformed, reason: "default", observed: ["all"] },
      },
      ...cases.map(([why, request]) => ({ why, request: { ...AT, ...request }, expect: malformed })),
    ],
  };
}
