import { describe, expect, it } from "vitest";
import { encodeEntry, lastingPart } from "../src/index.ts";

const heartbeat = { v: 1, type: "heartbeat", enforcer: "test", time: "2026-03-01T00:00:00Z" } as const;
const citations = [{ scheme: "docket", id: "12 O 345/26", title: undefined }];
const law = { kind: "court-order", authority: { name: "Landgericht Example", type: "court" }, citations };

describe("lasting parts", () => {
  it("are frozen copies without members that are undefined", () => {
    const part = lastingPart(law);
    expect(part).toEqual(law);
    expect(part).not.toBe(law);
    expect(Object.isFrozen(part.citations[0])).toBe(true);
    expect("title" in (part.citations[0] ?? {})).toBe(false);
    expect(() => Object.assign(part, { kind: "other" })).toThrow(TypeError);
  });

  it("are written as the values that they were made of, each time", () => {
    const engine = { name: "demarc", version: "1.0.0", digest: null };
    const policy = {
      set: "https://isp.example/set",
      version: "1.0.0",
      digest: "a".repeat(64),
      image: "b".repeat(64),
      object: "c".repeat(64),
    };
    const entry = {
      ...heartbeat,
      type: "policy.activated",
      policy,
      engine,
      manifest: "d".repeat(64),
      policies: [],
    } as const;
    const plain = encodeEntry(entry);
    const lasting = { ...entry, engine: lastingPart(engine), policy: lastingPart(policy) };
    expect(plain.ok).toBe(true);
    expect(encodeEntry(lasting)).toEqual(plain);
    expect(encodeEntry(lasting)).toEqual(plain);
  });

  it("that do not fit the schema are refused, each time", () => {
    const wrong = { ...heartbeat, type: "policy.activated", engine: lastingPart({ name: "demarc" }) };
    for (let round = 0; round < 2; round += 1)
      expect(encodeEntry(wrong as never)).toMatchObject({
        ok: false,
        issue: { code: "audit/entry-invalid" },
      });
  });
});
