import { readFile } from "node:fs/promises";
import { decodeEntry, type Entry, encodeEntry, entrySchema } from "@demarc/audit";
import { Ajv2020 } from "ajv/dist/2020.js";
import canonicalize from "canonicalize";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionSample, samples } from "./samples.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function encoded(entry: Entry): Uint8Array {
  const result = encodeEntry(entry);
  if (!result.ok) throw new Error(result.issue.message);
  return result.value;
}

describe("entries", () => {
  it.each(samples.map((sample) => [sample.type, sample] as const))(
    "reads back a %s entry as it was",
    (_type, sample) => {
      const bytes = encoded(sample);
      expect(decodeEntry(bytes)).toEqual({ ok: true, value: sample });
    },
  );

  it("writes members in the order of RFC 8785 and leaves undefined ones out", () => {
    const entry: Entry = { v: 1, type: "heartbeat", time: "2026-03-01T12:00:00Z", enforcer: "é.example" };
    const text = '{"enforcer":"é.example","time":"2026-03-01T12:00:00Z","type":"heartbeat","v":1}';
    expect(new TextDecoder().decode(encoded(entry))).toBe(text);
    const without = encoded({ ...decisionSample, input: { ...decisionSample.input, url: undefined } });
    expect(new TextDecoder().decode(without)).not.toContain('"url":');
  });

  it("writes what another implementation of RFC 8785 writes", () => {
    const words = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary", maxLength: 8 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        words,
        fc.nat(),
        fc.double(),
        (sample, word, count, number) => {
          // A function, since a text with `$` has a meaning of its own there.
          const text = JSON.stringify(sample)
            .replace("DE", () => JSON.stringify(word).slice(1, -1))
            .replace(":12", `:${count}`)
            .replace(":0.9", `:${Math.abs(number % 1) || 0}`);
          const value: unknown = JSON.parse(text);
          const mine = encodeEntry(value as Entry);
          if (mine.ok) expect(new TextDecoder().decode(mine.value)).toBe(canonicalize(value));
        },
      ),
      { numRuns: 1000 },
    );
    for (const sample of samples)
      expect(new TextDecoder().decode(encoded(sample))).toBe(canonicalize(sample));
  });

  it("refuses other spellings of the same value", () => {
    const text = new TextDecoder().decode(encoded(samples.at(3) as Entry));
    for (const other of [
      ` ${text}`,
      `${text}\n`,
      text.replace('"v":1', '"v":1.0'),
      text.replace("{", '{"v":1,'),
    ]) {
      expect(decodeEntry(bytesOf(other))).toMatchObject({
        ok: false,
        issue: { code: "audit/entry-malformed" },
      });
    }
  });

  it("has no place for a client's address: every object is closed, and a client is a pseudonym of one epoch", () => {
    const fields = new Set<string>();
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      const schema = node as Record<string, unknown>;
      if (schema["type"] === "object") {
        const isMap = schema["properties"] === undefined;
        if (isMap) expect(schema["additionalProperties"]).toMatchObject({ type: "integer" });
        else expect(schema["additionalProperties"], path).toBe(false);
        for (const name of Object.keys((schema["properties"] as object | undefined) ?? {})) fields.add(name);
      }
      for (const [name, child] of Object.entries(schema)) walk(child, `${path}/${name}`);
    };
    walk(entrySchema, "");
    expect(fields.size).toBeGreaterThan(30);
    expect(
      [...fields].filter((name) => /client|subject|user|source$|peer|session|person/i.test(name)),
    ).toEqual(["client"]);
    const clients = JSON.stringify(entrySchema).match(/"client":\{[^}]*\}[^}]*\}[^}]*\}[^}]*\}/g) ?? [];
    expect(clients.length).toBe(1);
    expect(clients[0]).toContain('"pattern":"^[0-9a-f]{32}$"');
    const raw = { ...decisionSample, client: { epoch: "e", pseudonym: "192.0.2.7" } };
    expect(encodeEntry(raw)).toMatchObject({ ok: false, issue: { code: "audit/entry-invalid" } });
  });

  it.each(["clients", "clientAddress", "src", "__proto__", "constructor"])(
    "refuses the extra field %s at any depth",
    (name) => {
      const spots = (value: unknown, path: (string | number)[] = []): (string | number)[][] => {
        if (typeof value !== "object" || value === null) return [];
        const below = Object.entries(value).flatMap(([key, child]) => spots(child, [...path, key]));
        return Array.isArray(value) ? below : [path, ...below];
      };
      const places = spots(decisionSample);
      expect(places.length).toBeGreaterThan(8);
      for (const path of places) {
        const copy: unknown = structuredClone(decisionSample);
        let at = copy as Record<string, unknown>;
        for (const key of path) at = at[key] as Record<string, unknown>;
        Object.defineProperty(at, name, { value: "192.0.2.7", enumerable: true });
        expect(encodeEntry(copy as Entry).ok, path.join("/")).toBe(false);
      }
    },
  );

  it("refuses entries over 65,535 bytes", () => {
    const observed = Array.from({ length: 200 }, (_, at) => `${at}${"x".repeat(400)}`);
    const entry: Entry = { ...decisionSample, decision: { ...decisionSample.decision, observed } };
    expect(encodeEntry(entry)).toMatchObject({ ok: false, issue: { code: "audit/entry-too-large" } });
  });

  it("is the schema in the file", async () => {
    const file = await readFile(new URL("../schema/entry.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(file)).toEqual(entrySchema);
  });

  it("agrees with a validator of the schema file about samples and what is made of them", () => {
    const validate = new Ajv2020({ strict: true, allErrors: false }).compile(entrySchema);
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(-1, 1.5, "", "x".repeat(9000), null, 2 ** 53),
    );
    let refused = 0;
    for (const sample of samples) expect(validate(sample), sample.type).toBe(true);
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), fc.option(values), (sample, pick, value) => {
        const copy = structuredClone(sample) as unknown as Record<string, unknown>;
        // Any member at any depth is left out, or is another value.
        const spots: [Record<string, unknown>, string][] = [];
        const walk = (node: unknown): void => {
          if (typeof node !== "object" || node === null) return;
          for (const [name, child] of Object.entries(node)) {
            if (name !== "type") spots.push([node as Record<string, unknown>, name]);
            walk(child);
          }
        };
        walk(copy);
        const [holder, name] = spots[pick % spots.length] as [Record<string, unknown>, string];
        if (value === null) Reflect.deleteProperty(holder, name);
        else holder[name] = value;
        const text = JSON.stringify(copy);
        const plain: unknown = JSON.parse(text);
        const mine = encodeEntry(plain as Entry);
        const fits = mine.ok || mine.issue.code === "audit/entry-too-large";
        if (/\\ud[89a-f]/i.test(text)) return;
        expect(fits, text).toBe(validate(plain));
        refused += fits ? 0 : 1;
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  it("never throws, and accepts only what it would write again", () => {
    const base = new TextDecoder().decode(encoded(decisionSample));
    fc.assert(
      fc.property(
        fc.nat(base.length),
        fc.string({ unit: "binary", maxLength: 4 }),
        fc.nat(4),
        (at, insert, cut) => {
          const bytes = bytesOf(base.slice(0, at) + insert + base.slice(at + cut));
          const decoded = decodeEntry(bytes);
          if (decoded.ok) expect(Buffer.compare(encoded(decoded.value), bytes)).toBe(0);
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...samples), (value, sample) => {
        encodeEntry(value as never);
        const members = typeof value === "object" && !Array.isArray(value) ? value : { enforcer: value };
        const mixed: unknown = { ...sample, ...members };
        encodeEntry(mixed as Entry);
        decodeEntry(bytesOf(JSON.stringify(value)));
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeEntry(bytes)));
  });
});
