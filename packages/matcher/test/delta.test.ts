// From one image to another by a delta: what comes out is the other, byte for byte, or a fault that says why not.
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyDelta, type DeltaIssue, makeDelta, openDelta } from "../src/delta.ts";
import { encodeImage, type ImageParts, KeyCollector } from "../src/format.ts";
import { openImage } from "../src/index.ts";
import { parts } from "./support/parts.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 300);

function imageOf(names: readonly string[], change: Partial<ImageParts> = {}): Uint8Array {
  const collector = new KeyCollector();
  for (const name of names) collector.add(name, 1, { atom: 0, excluded: false });
  return encodeImage({ ...parts, names: collector, ...change }).bytes;
}

function deltaOf(base: Uint8Array, target: Uint8Array): Uint8Array {
  const made = makeDelta(base, target);
  if (!made.ok) throw new Error(made.issue.message);
  return made.value;
}

function codeOf(delta: Uint8Array, base: Uint8Array, options = {}): DeltaIssue["code"] | "applied" {
  const applied = applyDelta(delta, base, options);
  return applied.ok ? "applied" : applied.issue.code;
}

const many = Array.from({ length: 30_000 }, (_, index) => `name-${(index * 7919).toString(36)}.example`);

describe("a delta", () => {
  test("makes the other image, from any to any", () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,12}(\.[a-z]{2,6}){1,2}$/);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 200 }), fc.array(name, { maxLength: 200 }), (before, after) => {
        const [base, target] = [imageOf(before), imageOf([...before.slice(0, 100), ...after])];
        const applied = applyDelta(deltaOf(base, target), base);
        expect(applied.ok && Buffer.from(applied.value).equals(Buffer.from(target))).toBe(true);
      }),
      { numRuns },
    );
  });

  test("of a hundred changes among thirty thousand names is small", () => {
    const base = imageOf(many);
    const target = imageOf([...many.slice(100), ...many.slice(0, 120).map((name) => `new-${name}`)]);
    const delta = deltaOf(base, target);
    expect(delta.length).toBeLessThan(base.length / 10);
    const applied = applyDelta(delta, base, { hash: () => createHash("sha256"), shared: true });
    if (!applied.ok) throw new Error(applied.issue.message);
    expect(applied.value.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(Buffer.from(applied.value).equals(Buffer.from(target))).toBe(true);
    expect(openImage(applied.value).ok).toBe(true);
  });

  test("goes in steps, each of about the size that it is told", () => {
    const base = imageOf(many);
    const opened = openDelta(deltaOf(base, imageOf(many.slice(1000))), base);
    if (!opened.ok) throw new Error(opened.issue.message);
    const steps = opened.value;
    let done = 0;
    for (let count = 0; steps.result() === null; count += 1) {
      const next = steps.step(100_000);
      expect(next).toBeGreaterThan(done);
      expect(next - done).toBeLessThan(200_000);
      done = next;
      expect(count).toBeLessThan(1000);
    }
    expect(done).toBe(steps.total);
    expect(steps.result()?.ok).toBe(true);
  });

  test("is written to memory that is there, where that is large enough", () => {
    const [base, target] = [imageOf(many), imageOf(many.slice(1000))];
    const memory = new SharedArrayBuffer(target.length + 5);
    new Uint8Array(memory).fill(0xa5);
    const applied = applyDelta(deltaOf(base, target), base, { memory });
    if (!applied.ok) throw new Error(applied.issue.message);
    expect(applied.value.buffer).toBe(memory);
    expect(Buffer.from(applied.value).equals(Buffer.from(target))).toBe(true);
    expect(openImage(applied.value).ok).toBe(true);
    expect([...new Uint8Array(memory, target.length)]).toEqual([0xa5, 0xa5, 0xa5, 0xa5, 0xa5]);

    const small = new ArrayBuffer(target.length - 1);
    const beside = applyDelta(deltaOf(base, target), base, { memory: small, shared: true });
    expect(beside.ok && beside.value.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(new Uint8Array(small).every((byte) => byte === 0)).toBe(true);
  });

  test("to the same image is next to nothing", () => {
    const base = imageOf(many);
    expect(deltaOf(base, base).length).toBeLessThan(800);
  });
});

describe("what is no delta for an image", () => {
  const base = imageOf(["a.example", "b.example"]);
  const target = imageOf(["a.example", "c.example"]);
  const delta = deltaOf(base, target);
  const changed = (change: (view: DataView) => void): Uint8Array => {
    const bytes = delta.slice();
    change(new DataView(bytes.buffer));
    return bytes;
  };

  test("is named", () => {
    expect(codeOf(delta, base)).toBe("applied");
    expect(codeOf(delta, target)).toBe("delta/base");
    expect(codeOf(new Uint8Array(20), base)).toBe("delta/truncated");
    expect(codeOf(delta, new Uint8Array(20))).toBe("delta/truncated");
    expect(codeOf(delta.subarray(0, delta.length - 1), base)).toBe("delta/truncated");
    expect(codeOf(Uint8Array.from([...delta, 0]), base)).toBe("delta/step");
    expect(codeOf(delta, base, { maxBytes: 100 })).toBe("delta/too-large");
    const before = base.slice();
    expect(codeOf(delta, base, { memory: base.buffer })).toBe("delta/memory");
    expect(codeOf(delta, base, { memory: delta.buffer })).toBe("delta/memory");
    expect(base).toEqual(before);
    expect(
      codeOf(
        changed((view) => view.setUint8(0, 0)),
        base,
      ),
    ).toBe("delta/magic");
    expect(
      codeOf(
        changed((view) => view.setUint32(8, 9, true)),
        base,
      ),
    ).toBe("delta/version");
    expect(
      codeOf(
        changed((view) => view.setUint8(50, view.getUint8(50) ^ 1)),
        base,
      ),
    ).toBe("delta/digest");
    expect(
      codeOf(
        changed((view) => view.setUint32(12, 2 ** 31, true)),
        base,
      ),
    ).toBe("delta/too-large");
    const other = base.slice();
    other[600] = 255 - (other[600] ?? 0);
    expect(codeOf(delta, other)).toBe("delta/digest");
    const made = makeDelta(base, new Uint8Array(3));
    expect(made.ok ? null : made.issue.code).toBe("delta/not-an-image");
  });

  test("never throws, hangs, or gives another image than it names", () => {
    const flips = fc.array(fc.tuple(fc.nat(delta.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(flips, fc.nat(delta.length), fc.boolean(), (changes, end, isCut) => {
        const bytes = delta.slice(0, isCut ? end : delta.length);
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        const applied = applyDelta(bytes, base, { maxBytes: 1 << 20 });
        if (applied.ok) expect(Buffer.from(applied.value).equals(Buffer.from(target))).toBe(true);
        else expect(applied.issue.code).toMatch(/^delta\//);
      }),
      { numRuns: numRuns * 10 },
    );
  });
});
