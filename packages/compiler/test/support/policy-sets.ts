// Random policy sets and requests over few names, prefixes, URLs, ports and territories, so that they collide often.
import type { Connector, Place, Request } from "@demarc/matcher";
import { type Address, parseAddress } from "@demarc/net";
import type { PolicySetDocument, Rule, RuleEffect, Selector } from "@demarc/policy";
import * as fc from "fast-check";
import type { CompileInput } from "../../src/compile-input.ts";
import { inputOf, listOf, policyOf, ruleOf } from "./documents.ts";

const NAMES = [
  "example",
  "a.example",
  "b.a.example",
  "www.b.a.example",
  "ba.example",
  "test",
  "a.test",
  "_x.a.test",
];
const PREFIXES = [
  "0.0.0.0/0",
  "192.0.2.0/24",
  "192.0.2.128/25",
  "192.0.2.130/32",
  "198.51.96.0/19",
  "::/0",
  "2001:db8::/32",
  "2001:db8:8000::/33",
  "2001:db8::1/128",
];
const ADDRESSES = [
  "192.0.2.1",
  "192.0.2.130",
  "192.0.2.200",
  "198.51.100.7",
  "2001:db8::1",
  "2001:db8:8000::9",
  "203.0.113.5",
];
const URLS = [
  "http://a.example/",
  "http://a.example/x",
  "http://a.example/x/",
  "http://a.example/x/y",
  "http://a.example/x?q=/1",
  "http://a.example/xy",
  "https://a.example/x",
  "http://a.example:8080/x",
];
const PORTS = [25, 53, 443];
const RANGES = [
  { from: 1, to: 65_535 },
  { from: 25, to: 53 },
  { from: 54, to: 442 },
  { from: 443, to: 443 },
];
const ASNS = [0, 64_496, 64_511, 4_294_967_295];
const CLASSES = ["health", "payment"];
const TERRITORIES = [
  "DE",
  "ES",
  "ES-CN",
  "CY",
  "x-cy-north",
  "GB",
  "IT",
  "x-it-campione",
  "FR",
  "RE",
  "NO",
  "GL",
];
const GROUPS = ["group:EU", "group:EEA"];
const CONNECTORS: readonly Connector[] = [
  "subject-location",
  "host-location",
  "operator-establishment",
  "data-location",
];
const CONFIDENCES = [0, 0.5, 0.9, 1];
const INSTANTS = [
  "2019-06-01T00:00:00Z",
  "2020-12-31T22:59:59.999Z",
  "2020-12-31T23:00:00Z",
  "2026-01-01T00:00:00Z",
  "2026-06-01T12:00:00+02:00",
  "2027-01-01T00:00:00Z",
];
// Around changes of clocks, midnights and the edges of windows.
const MOMENTS = [
  ...INSTANTS,
  "2026-03-29T00:59:59.999Z",
  "2026-03-29T01:00:00Z",
  "2026-10-25T00:30:00Z",
  "2026-10-25T01:30:00Z",
  "2026-06-05T21:59:59.999Z",
  "2026-06-05T22:00:00Z",
  "2026-06-06T03:59:59.999Z",
  "2026-06-06T04:00:00Z",
  "2026-06-07T15:59:00Z",
  "2026-04-04T15:30:00Z",
];

const LISTS = [
  listOf("https://lists.example/domains", "a.example\nb.a.example\n*.test\n# note\n!! garbage !!\n"),
  listOf("https://lists.example/adguard", "||a.example^\n@@||b.a.example^\n||test^\n", "adguard"),
  listOf(
    "https://lists.example/rpz",
    "$TTL 60\n@ SOA l. h. 1 1 1 1 1\na.example CNAME .\n*.a.example CNAME .\nb.a.example CNAME rpz-passthru.\n24.0.2.0.192.rpz-ip CNAME .\n",
    "rpz",
  ),
  listOf(
    "https://lists.example/patterns",
    "||a.example/x/*\n@@/x/y^\n*/x/yes^\n|http://a.example^xyz|\n||test^\n",
    "adguard",
  ),
  listOf("https://lists.example/cidr", "192.0.2.0/24\n2001:db8::/33\n", "cidr"),
];

const from = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const selector: fc.Arbitrary<Selector> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("domain" as const),
      value: from(NAMES),
      match: from(["exact", "subdomains"] as const),
    }),
  },
  {
    weight: 2,
    arbitrary: from(NAMES).map(
      (name) => ({ type: "domain", value: `*.${name}`, match: "wildcard" }) as const,
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        type: fc.constant("url" as const),
        value: from(URLS),
        match: from(["exact", "prefix"] as const),
      })
      .map((url) => (url.value.includes("?") ? { ...url, match: "exact" as const } : url)),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("cidr" as const), value: from(PREFIXES) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("port" as const),
      value: fc.oneof(from(PORTS), from(RANGES)),
      protocol: from([undefined, "tcp", "udp"] as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("asn" as const), value: from(ASNS) }) },
  { weight: 2, arbitrary: from(LISTS.map((each) => each.selector)) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("data-class" as const), value: from(CLASSES) }) },
  { weight: 1, arbitrary: fc.constant({ type: "any" as const }) },
);

const where = from([...TERRITORIES, ...GROUPS, ...GROUPS, "DE", "ES"]);
const wheres = fc.uniqueArray(where, { minLength: 1, maxLength: 3 });

const effect: fc.Arbitrary<RuleEffect> = fc.oneof(
  fc.constant({ action: "allow" as const }),
  fc.constant({ action: "block" as const, notice: {} }),
  fc.constant({ action: "gate" as const, condition: "age" as const, minimumAge: 18, notice: {} }),
  fc.constant({ action: "observe" as const }),
  fc.record({
    action: fc.constant("route" as const),
    egress: wheres,
    onFailure: from(["allow", "refuse"] as const),
    notice: fc.constant({}),
  }),
);

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const TIMES = ["00:00", "00:01", "02:30", "06:00", "12:00", "21:59", "23:59"];

const schedule = fc.record({
  zone: from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
  windows: fc.array(
    fc
      .record({
        days: fc.uniqueArray(from(DAYS), { minLength: 1, maxLength: 7 }),
        from: from(TIMES),
        to: from([...TIMES, "24:00"]),
      })
      .filter((window) => window.from !== window.to),
    { minLength: 1, maxLength: 3 },
  ),
});

const history = fc
  .uniqueArray(from(MOMENTS.filter((text) => text.endsWith("Z"))), { minLength: 1, maxLength: 4 })
  .chain((instants) =>
    fc.tuple(
      ...instants
        .toSorted()
        .map((instant) =>
          fc.record({ state: from(["in-force", "stayed", "quashed"] as const), from: fc.constant(instant) }),
        ),
    ),
  );

const ruleBody = fc.record({
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constant("in-force" as const) },
    { weight: 1, arbitrary: from(["stayed", "quashed", "repealed", "lapsed"] as const) },
  ),
  selectors: fc.array(selector, { minLength: 1, maxLength: 3 }),
  exceptions: fc.option(fc.array(selector, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 }),
  effect,
  scope: fc.record({
    territories: wheres,
    except: fc.option(wheres, { nil: undefined, freq: 2 }),
    connectors: fc.uniqueArray(from(CONNECTORS), { minLength: 1, maxLength: 2 }),
    minConfidence: from(CONFIDENCES),
    whenUnknown: from(["skip", "apply", "report"] as const),
  }),
  schedule: fc.option(schedule, { nil: undefined, freq: 2 }),
  history: fc.option(history, { nil: undefined, freq: 2 }),
  effective: from(INSTANTS.slice(0, 4)),
  expires: fc.option(from(INSTANTS.slice(2)), { nil: undefined, freq: 2 }),
  overrides: fc.option(fc.array(from(["r0", "r1", "r2", "r3", "r10", "gone"]), { maxLength: 2 }), {
    nil: undefined,
  }),
});

/** Up to twelve rules in up to three policies in one to three layers. */
export const policySets: fc.Arbitrary<CompileInput> = fc
  .record({
    bodies: fc.array(ruleBody, { maxLength: 12 }),
    policyOfRule: fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
    layering: from([[[0, 1, 2]], [[0], [1, 2]], [[2], [1], [0]], [[1, 0], [2]]]),
    stated: from(["allow", "refuse"] as const),
    conflict: from([undefined, undefined, "strictest", "subject-first", "operator-first", "report"] as const),
  })
  .map(({ bodies, policyOfRule, layering, stated, conflict }) => {
    const rules = bodies.map(
      (body, index): Rule =>
        ruleOf(`r${index}`, { ...body, status: body.history?.at(-1)?.state ?? body.status }),
    );
    const policies = [0, 1, 2].map((policy) =>
      policyOf(
        `p${policy}.yaml`,
        rules.filter((_, index) => policyOfRule[index] === policy),
      ),
    );
    const layers: PolicySetDocument["layers"] = layering.map((members, index) => ({
      id: `layer${index}`,
      policies: members.map((policy) => `p${policy}.yaml`),
    }));
    return inputOf({ default: stated, conflict, layers, policies, lists: LISTS.map((each) => each.list) });
  });

const place: fc.Arbitrary<Place> = fc.record({
  connector: from(CONNECTORS),
  territory: from([...TERRITORIES, "ES-CT", "x-de-nowhere", "ZZ"]),
  confidence: from(CONFIDENCES),
});

const MEETING = ["subject-location", "operator-establishment", "host-location"] as const;
const EVERYWHERE = ["DE", "FR"];

/** Rules about one name that are in force and reach it through different connectors. */
export const meetingLaws: fc.Arbitrary<CompileInput> = fc
  .record({
    bodies: fc.array(
      fc.record({
        effect,
        selectors: from(["a.example", "example"]).map((value) => [
          { type: "domain", value, match: "subdomains" } as const,
        ]),
        scope: fc.record({
          territories: fc.uniqueArray(from(EVERYWHERE), { minLength: 1 }),
          connectors: fc.uniqueArray(from(MEETING), { minLength: 1, maxLength: 2 }),
          minConfidence: from([0, 0.9]),
          whenUnknown: from(["skip", "apply", "report"] as const),
        }),
        overrides: fc.option(fc.array(from(["r0", "r1"]), { maxLength: 1 }), { nil: undefined, freq: 1 }),
      }),
      { minLength: 2, maxLength: 6 },
    ),
    conflict: from([undefined, "strictest", "subject-first", "operator-first", "report"] as const),
    layers: from([1, 1, 1, 2]),
  })
  .map(({ bodies, conflict, layers }) => {
    const rules = bodies.map((body, index) => ruleOf(`r${index}`, body));
    const policies = Array.from({ length: layers }, (_, layer) =>
      policyOf(
        `p${layer}.yaml`,
        rules.filter((_rule, index) => index % layers === layer),
      ),
    );
    return inputOf({
      conflict,
      policies,
      layers: policies.map(({ path }, index) => ({ id: `layer${index}`, policies: [path] })),
    });
  });

/** Requests that touch some of their places. */
export const meetingRequests: fc.Arbitrary<Request> = fc.record({
  at: fc.constant(Date.parse("2026-06-01T00:00:00Z")),
  name: from(["a.example", "b.example"]),
  places: fc.array(
    fc.record({ connector: from(MEETING), territory: from(EVERYWHERE), confidence: from([0.5, 1]) }),
    { maxLength: 4 },
  ),
});

/** Requests about the same names, addresses and so on, and about some others. */
export const requests: fc.Arbitrary<Request> = fc.record({
  at: from(MOMENTS).map((text) => Date.parse(text)),
  name: fc.option(from([...NAMES, "c.a.example", "xa.example", "other.invalid", "x.test"]), {
    nil: undefined,
    freq: 5,
  }),
  address: fc.option(from(ADDRESSES).map(addressOf), { nil: undefined }),
  port: fc.option(from([...PORTS, 54, 442, 8080]), { nil: undefined }),
  protocol: from([undefined, "tcp", "udp"] as const),
  url: fc.option(
    from([
      ...URLS,
      "http://a.example/x/z",
      "http://a.example/xyz",
      "http://a.example/x?q=/1/2",
      "http://a.example/x?r",
    ]),
    { nil: undefined },
  ),
  asn: from([undefined, undefined, ...ASNS, 1]),
  dataClasses: from([undefined, [], ["health"], ["payment", "health"]]),
  places: fc.option(fc.array(place, { maxLength: 4 }), { nil: undefined, freq: 8 }),
});

function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(address.issue.message);
  return address.value;
}
