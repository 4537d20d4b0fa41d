import { type DecisionEntry, type Entry, encodeEntry } from "@demarc/audit";
import {
  type ExportedEntry,
  OCSF_VERSION,
  toCef,
  toLeef,
  toLogRecord,
  toOcsf,
  toOtlpRequest,
} from "@demarc/audit/export";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionSample, samples } from "./samples.ts";
import schema from "./vectors/ocsf.json" with { type: "json" };

const logged = (entry: Entry, index = 7): ExportedEntry => {
  const bytes = encodeEntry(entry);
  if (!bytes.ok) throw new Error(bytes.issue.message);
  return { origin: "log.example", index, bytes: bytes.value, entry };
};
const decisionWith = (changes: Partial<DecisionEntry>): ExportedEntry =>
  logged({ ...decisionSample, ...changes });

interface Attribute {
  readonly type: string;
  readonly requirement: string;
  readonly array?: boolean;
  readonly enum?: readonly number[];
  readonly profile?: string;
}
interface Shape {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly constraints: { readonly at_least_one?: readonly string[]; readonly just_one?: readonly string[] };
}
const types = schema.types as Readonly<
  Record<string, { regex?: string; max_len?: number; type?: string; range?: number[] }>
>;
const objects = schema.objects as unknown as Readonly<Record<string, Shape>>;

/** Faults of an event against the published schema: unknown attributes, types, enums, requirements, constraints. */
function faults(
  value: Record<string, unknown>,
  shape: Shape,
  at: string,
  profiles: readonly string[],
): string[] {
  const found: string[] = [];
  for (const [name, attribute] of Object.entries(shape.attributes)) {
    const isAsked = attribute.profile === undefined || profiles.includes(attribute.profile);
    if (attribute.requirement === "required" && isAsked && value[name] === undefined)
      found.push(`${at}/${name} is required`);
  }
  const atLeast = shape.constraints.at_least_one;
  if (atLeast !== undefined && !atLeast.some((name) => value[name] !== undefined))
    found.push(`${at}: one of ${atLeast.join(", ")}`);
  for (const [name, held] of Object.entries(value)) {
    const attribute = shape.attributes[name];
    if (attribute === undefined) found.push(`${at}/${name} is unknown`);
    else if (attribute.profile !== undefined && !profiles.includes(attribute.profile))
      found.push(`${at}/${name} is of the profile ${attribute.profile}`);
    else if (Array.isArray(held) !== (attribute.array === true)) found.push(`${at}/${name} array`);
    else
      for (const each of Array.isArray(held) ? held : [held])
        found.push(...valueFaults(each, attribute, `${at}/${name}`, profiles));
  }
  return found;
}

function valueFaults(
  value: unknown,
  attribute: Attribute,
  at: string,
  profiles: readonly string[],
): string[] {
  const named = types[attribute.type];
  if (named === undefined) {
    if (typeof value !== "object" || value === null) return [`${at} is no object`];
    const shape = objects[attribute.type];
    if (attribute.type === "object") return [];
    return shape === undefined
      ? [`${at}: no shape of ${attribute.type}`]
      : faults(value as Record<string, unknown>, shape, at, profiles);
  }
  const base = named.type ?? attribute.type;
  if (base === "boolean_t") return typeof value === "boolean" ? [] : [`${at} is no boolean`];
  if (base === "integer_t" || base === "long_t") {
    const [least = -Infinity, most = Infinity] = named.range ?? [];
    if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most)
      return [`${at} is no ${attribute.type}`];
    return attribute.enum === undefined || attribute.enum.includes(value as number)
      ? []
      : [`${at}: ${String(value)} is not in the enum`];
  }
  if (base === "json_t") return [];
  if (typeof value !== "string") return [`${at} is no text`];
  if (named.max_len !== undefined && value.length > named.max_len) return [`${at} is too long`];
  return named.regex === undefined || new RegExp(named.regex).test(value)
    ? []
    : [`${at} has not the form of ${attribute.type}`];
}

function ocsfFaults(event: Readonly<Record<string, unknown>>): string[] {
  const found = Object.values(schema.classes).find(({ uid }) => uid === event["class_uid"]);
  if (found === undefined) return [`no class ${String(event["class_uid"])}`];
  const { profiles } = event["metadata"] as { profiles: string[] };
  const own =
    event["type_uid"] === (event["class_uid"] as number) * 100 + (event["activity_id"] as number)
      ? []
      : ["type_uid"];
  return [...own, ...faults(event, found as unknown as Shape, "", profiles)];
}

const { address: _address, url: _url, ...named } = decisionSample.input;

describe("toOcsf", () => {
  it.each<[string, number, Partial<DecisionEntry>]>([
    ["a DNS answer", 4003, { input: named, response: "NXDOMAIN" }],
    ["a DNS answer without a code", 4003, { input: { name: "a.example" }, response: "sinkhole" }],
    ["an HTTP answer", 4002, { response: "451" }],
    ["a URL", 4002, { input: { url: "http://a.example/" }, response: "refused" }],
    ["a connection", 4001, { input: { address: "2001:db8::1", port: 443 }, response: "reset" }],
    [
      "a default",
      4001,
      { input: {}, decision: { ...decisionSample.decision, rule: null, layer: null }, response: "reset" },
    ],
    ["what is only observed", 4003, { input: named, response: "NOERROR", mode: "observed" }],
  ])("%s is a valid event of class %i", (_name, uid, changes) => {
    const event = toOcsf(decisionWith(changes));
    expect(event?.["class_uid"]).toBe(uid);
    expect(ocsfFaults(event ?? {})).toEqual([]);
  });

  it("changes of policy are Entity Management, and other entries no event", () => {
    for (const entry of samples) {
      const event = toOcsf(logged(entry));
      const hasClass = ["decision", "policy.activated", "policy.retired"].includes(entry.type);
      expect(event !== null, entry.type).toBe(hasClass);
      if (event !== null) expect(ocsfFaults(event)).toEqual([]);
      if (entry.type.startsWith("policy.") && event !== null) expect(event["class_uid"]).toBe(3004);
    }
  });

  it("the schema held against is the release that events name", () => {
    expect(toOcsf(decisionWith({}))?.["metadata"]).toMatchObject({ version: OCSF_VERSION });
    expect(schema.source).toContain(`release ${OCSF_VERSION},`);
  });

  it("the check itself notices what is wrong", () => {
    const event = toOcsf(decisionWith({})) ?? {};
    expect(ocsfFaults({ ...event, severity_id: 77 })).toEqual(["/severity_id: 77 is not in the enum"]);
    expect(ocsfFaults({ ...event, jurisdiction: "DE" })).toEqual(["/jurisdiction is unknown"]);
    expect(ocsfFaults({ ...event, time: "now" })).toEqual(["/time is no timestamp_t"]);
    expect(ocsfFaults({ ...event, dst_endpoint: { ip: "x" } })).toEqual([
      "/dst_endpoint/ip has not the form of ip_t",
    ]);
  });
});

/** CEF read as its specification says: header split at bare `|`, values up to the next ` key=`. */
function readCef(line: string): { header: string[]; fields: Record<string, string> } {
  const header: string[] = [];
  let at = 0;
  let part = "";
  while (header.length < 7) {
    const character = line[at] as string;
    if (character === "\\") part += line[(at += 1)];
    else if (character === "|") {
      header.push(part);
      part = "";
    } else part += character;
    at += 1;
  }
  const fields: Record<string, string> = {};
  const rest = line.slice(at);
  const starts = [...rest.matchAll(/(?:^| )([A-Za-z][A-Za-z0-9]*)(?<!\\)=/g)];
  for (const [position, match] of starts.entries()) {
    const end = starts[position + 1]?.index ?? rest.length;
    const raw = rest.slice((match.index ?? 0) + match[0].length, end);
    fields[match[1] as string] = raw.replaceAll(/\\(.)/g, (_, each: string) =>
      each === "n" ? "\n" : each === "r" ? "\r" : each,
    );
  }
  return { header, fields };
}

const nasty = fc.string({
  unit: fc.constantFrom("a", "|", "\\", "=", "\n", "\r", "\t", " ", "act=", "é", "\u0001", '"'),
});
// A label takes no control characters; a citation's id may hold any text.
const label = nasty.map((text) => text.replaceAll(/\p{Cc}/gu, "") || "x");

describe("CEF and LEEF", () => {
  it("whatever is in the fields, a line of CEF reads back as it was", () => {
    fc.assert(
      fc.property(label, label, nasty, (rule, set, citation) => {
        const { law } = decisionSample;
        const entry = decisionWith({
          decision: { ...decisionSample.decision, rule },
          policy: { ...decisionSample.policy, set },
          law: law === null ? null : { ...law, citations: [{ scheme: "eli", id: citation }] },
        });
        const line = toCef(entry) ?? "";
        expect(line).not.toMatch(/[\r\n]/);
        const { header, fields } = readCef(line);
        expect(header).toEqual([
          "CEF:0",
          "demarc",
          "demarc",
          "1",
          rule,
          expect.any(String),
          expect.any(String),
        ]);
        expect(fields["cs1"]).toBe(`${set} ${decisionSample.policy.version} ${decisionSample.policy.object}`);
        expect(fields["cs2"]).toBe(rule);
        expect(fields["cs4"] ?? "").toBe(citation);
        expect(fields["externalId"]).toBe("7");
      }),
      { numRuns: 500 },
    );
  });

  it("whatever is in the fields, a line of LEEF has the attributes and no others", () => {
    const plain = toLeef(decisionWith({})) ?? "";
    const keys = (line: string) =>
      line
        .split("|")
        .slice(6)
        .join("|")
        .split("\t")
        .map((each) => each.split("=")[0]);
    fc.assert(
      fc.property(label, nasty, (rule, citation) => {
        const { law } = decisionSample;
        const line =
          toLeef(
            decisionWith({
              decision: { ...decisionSample.decision, rule },
              law: law === null ? null : { ...law, citations: [{ scheme: "eli", id: `${citation}x` }] },
            }),
          ) ?? "";
        expect(line).not.toMatch(/[\r\n]/);
        expect(line.split("|").length).toBeGreaterThanOrEqual(7);
        expect(keys(line)).toEqual(keys(plain));
      }),
      { numRuns: 500 },
    );
    expect(plain).toMatch(/^LEEF:2\.0\|demarc\|demarc\|1\|[^|]+\|x09\|devTime=/);
  });

  it("a pseudonym is never an address", () => {
    const line = toCef(decisionWith({ client: { epoch: "2026-03-01", pseudonym: "ab".repeat(16) } })) ?? "";
    expect(line).toContain(` suid=2026-03-01/${"ab".repeat(16)}`);
    expect(line).not.toMatch(/ src=/);
  });
});

describe("OTLP", () => {
  it("every entry is a log record whose body is the entry itself", () => {
    for (const entry of samples) {
      const one = logged(entry, 2 ** 40);
      const record = toLogRecord(one);
      expect(record).toMatchObject({
        eventName: `demarc.${entry.type}`,
        body: { stringValue: new TextDecoder().decode(one.bytes) },
      });
      expect(record["timeUnixNano"]).toMatch(/^\d{19}$/);
      for (const { key, value } of record["attributes"] as {
        key: string;
        value: Record<string, unknown>;
      }[]) {
        expect(key).toMatch(/^[a-z_.]+$/);
        // 64-bit numbers are texts in the JSON form.
        expect(Object.values(value).every((each) => typeof each === "string")).toBe(true);
      }
    }
    expect(toOtlpRequest("log.example", [])).toMatchObject({
      resourceLogs: [{ scopeLogs: [{ logRecords: [] }] }],
    });
  });
});
