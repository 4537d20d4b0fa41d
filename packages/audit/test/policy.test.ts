import {
  type CosignerKey,
  cosignedMessage,
  cosignerKey,
  cosignNote,
  formatCheckpoint,
  formatCosignerKey,
  formatNote,
  formatTlogProof,
  formatVerifierKey,
  isQuorum,
  leafHash,
  parseCheckpoint,
  parseCosignerKey,
  parseNote,
  parseTlogPolicy,
  signNote,
  treeRoot,
  verifierKeyOf,
  verifyCheckpointByPolicy,
  verifyCosignatures,
  verifyProofByPolicy,
} from "@demarc/audit";
import { hasMlDsa44, mlDsaSigner, nodeVerifyMlDsa44 } from "@demarc/audit/node";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import mlDsa from "./vectors/ml-dsa.json" with { type: "json" };
import vectors from "./vectors/policies.json" with { type: "json" };

const origin = "log.example/a";
const seed = (at: number): Uint8Array => new Uint8Array(32).fill(at + 1);
const keys = new Map<string, string>();
const cosigners: CosignerKey[] = [];
beforeAll(async () => {
  keys.set("LOG", formatVerifierKey(await verifierKeyOf(origin, seed(0))));
  for (let at = 1; at <= 5; at += 1) {
    const key = cosignerKey("ed25519", `w${at}.example`, (await verifierKeyOf("x", seed(at))).publicKey);
    cosigners.push(key);
    keys.set(`W${at}`, formatCosignerKey(key));
  }
});

const filled = (policy: string): string =>
  policy.replaceAll(/\b(LOG|W[1-5])\b/g, (name) => keys.get(name) ?? name);

describe("policies", () => {
  it.each(vectors.good.map((vector) => [vector.why, vector] as const))("reads: %s", (_why, vector) => {
    const policy = parseTlogPolicy(filled(vector.policy));
    if (!policy.ok) throw new Error(policy.issue.message);
    for (const [names, holds] of vector.quorum as [string[], boolean][])
      expect(isQuorum(policy.value, new Set(names)), names.join()).toBe(holds);
  });

  it.each(vectors.bad.map((vector) => [vector.why, vector] as const))("refuses: %s", (_why, vector) => {
    const refused = parseTlogPolicy(filled(vector.policy));
    expect(refused).toMatchObject({ ok: false, issue: { code: "audit/policy-malformed" } });
    if (!refused.ok) expect(refused.issue.message).toMatch(/^line \d+: |^no quorum/);
  });

  it("never throws, and takes bytes that are no UTF-8 in comments and names", () => {
    const bytes = Buffer.concat([
      Buffer.from("# \xff\nwitness \xff ", "latin1"),
      Buffer.from(filled("W1\nquorum ")),
    ]);
    expect(parseTlogPolicy(Buffer.concat([bytes, Buffer.from("\xff", "latin1")])).ok).toBe(true);
    expect(parseTlogPolicy(Buffer.concat([bytes, Buffer.from("\xfe", "latin1")])).ok).toBe(false);
    const words = fc.constantFrom(
      "log",
      "witness",
      "group",
      "quorum",
      "none",
      "any",
      "all",
      "1",
      "2",
      "a",
      "b",
      "W1",
      "W2",
      "LOG",
      "\n",
      "\n",
      "#",
      "\t",
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 40 }),
        (items) => void parseTlogPolicy(filled(items.join(" "))),
      ),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (any) => void parseTlogPolicy(any)));
  });

  it("settles quorums as a count from the top does", () => {
    const names = ["a", "b", "c", "d", "e"];
    const policy = parseTlogPolicy(
      filled(
        "witness a W1\nwitness b W2\nwitness c W3\nwitness d W4\nwitness e W5\ngroup g 2 a b c\ngroup h any d e\ngroup q all g h\nquorum q\n",
      ),
    );
    if (!policy.ok) throw new Error(policy.issue.message);
    for (let set = 0; set < 32; set += 1) {
      const cosigned = names.filter((_, at) => (set >> at) % 2 === 1);
      const has = (...some: string[]) => some.filter((name) => cosigned.includes(name)).length;
      expect(isQuorum(policy.value, new Set(cosigned))).toBe(has("a", "b", "c") >= 2 && has("d", "e") >= 1);
    }
  });
});

const entries = ["a", "b"].map((text) => Buffer.from(text));
const text = formatCheckpoint({
  origin,
  size: 2,
  root: treeRoot(entries.map((entry) => leafHash(entry))),
  extensions: [],
});

/** A checkpoint signed by the log and cosigned by these witnesses. */
async function cosigned(
  witnesses: readonly number[],
  change?: (signature: Uint8Array) => void,
): Promise<string> {
  const log = await verifierKeyOf(origin, seed(0));
  const signatures = [await signNote(text, { name: origin, keyId: log.keyId, seed: seed(0) })];
  for (const at of witnesses) {
    const key = cosigners[at - 1] as CosignerKey;
    const line = await cosignNote(text, { ...key, seed: seed(at) }, 1_700_000_000 + at);
    change?.(line.signature);
    signatures.push(line);
  }
  return formatNote({ text, signatures });
}

describe("verification by policy", () => {
  const policy = (lines: string) => {
    const read = parseTlogPolicy(filled(lines));
    if (!read.ok) throw new Error(read.issue.message);
    return read.value;
  };

  it("asks for a log of the policy and its quorum, and ignores other cosigners", async () => {
    const two = policy("log LOG\nwitness a W1\nwitness b W2\nwitness c W3\ngroup g 2 a b c\nquorum g\n");
    expect(await verifyCheckpointByPolicy(await cosigned([1, 2, 5]), two)).toMatchObject({
      ok: true,
      value: {
        checkpoint: { size: 2 },
        cosignatures: [{ timestamp: 1_700_000_001 }, { timestamp: 1_700_000_002 }],
      },
    });
    for (const witnesses of [[], [1], [4, 5]])
      expect(await verifyCheckpointByPolicy(await cosigned(witnesses), two)).toMatchObject({
        issue: { code: "audit/quorum" },
      });
    const bad = await cosigned([1, 2, 3], (signature) => (signature[20] = (signature[20] as number) ^ 1));
    expect(await verifyCheckpointByPolicy(bad, two)).toMatchObject({
      issue: { code: "audit/note-signature" },
    });
    const late = await cosigned([1, 2], (signature) => (signature[7] = (signature[7] as number) ^ 1));
    expect(await verifyCheckpointByPolicy(late, two)).toMatchObject({
      issue: { code: "audit/note-signature" },
    });
    expect(await verifyCheckpointByPolicy(await cosigned([1, 2]), policy("quorum none\n"))).toMatchObject({
      issue: { code: "audit/checkpoint-origin" },
    });
  });

  it("verifies a proof file with cosignatures, and no other entry", async () => {
    const one = policy("log LOG\nwitness a W1\nquorum a\n");
    const path = [leafHash(entries[1] as Uint8Array)];
    const proof = formatTlogProof({ index: 0, path, checkpoint: await cosigned([1]) });
    expect((await verifyProofByPolicy(proof, entries[0] as Uint8Array, one)).ok).toBe(true);
    expect(await verifyProofByPolicy(proof, entries[1] as Uint8Array, one)).toMatchObject({
      issue: { code: "audit/proof-invalid" },
    });
    const bare = formatTlogProof({ index: 0, path, checkpoint: await cosigned([2]) });
    expect(await verifyProofByPolicy(bare, entries[0] as Uint8Array, one)).toMatchObject({
      issue: { code: "audit/quorum" },
    });
  });
});

describe.skipIf(!hasMlDsa44())("ML-DSA-44", () => {
  const signer = mlDsaSigner(origin, seed(8));
  const timestamp = 1_700_000_000;
  const checkpoint = {
    origin,
    size: 2,
    root: treeRoot(entries.map((entry) => leafHash(entry))),
    extensions: [],
  };

  it("has the key, message and signatures of an implementation that is not OpenSSL", async () => {
    const vector = mlDsaSigner(origin, new Uint8Array(Buffer.from(mlDsa.seed, "hex")));
    expect(vector?.verifierKey).toBe(mlDsa.verifierKey);
    const note = parseNote(mlDsa.note);
    const other = parseCosignerKey(mlDsa.verifierKey);
    if (!note.ok || !other.ok) throw new Error("the vector was refused");
    const signed = parseCheckpoint(note.value.text);
    if (!signed.ok) throw new Error(signed.issue.message);
    const message = cosignedMessage(origin, mlDsa.timestamp, signed.value);
    expect(Buffer.from(message ?? []).toString("hex")).toBe(mlDsa.message);
    expect(await verifyCosignatures(note.value, [other.value], nodeVerifyMlDsa44)).toEqual({
      ok: true,
      value: [{ key: other.value, timestamp: mlDsa.timestamp }],
    });
    const key = parseCosignerKey(signer?.verifierKey ?? "");
    if (!key.ok) throw new Error(key.issue.message);
    expect(key.value.algorithm).toBe("ml-dsa-44");
    expect(formatCosignerKey(key.value)).toBe(signer?.verifierKey);
  });

  it.each([
    ["OpenSSL", nodeVerifyMlDsa44],
    ["WebCrypto", undefined],
  ] as const)("verifies a log's second signature by %s, and no changed one", async (_by, check) => {
    const line = signer?.sign(checkpoint, timestamp);
    const key = parseCosignerKey(signer?.verifierKey ?? "");
    if (!key.ok || line === undefined || line === null) throw new Error("no signature");
    expect(line.signature.length).toBe(8 + 2420);
    const note = { text, signatures: [line] };
    expect(await verifyCosignatures(note, [key.value], check)).toEqual({
      ok: true,
      value: [{ key: key.value, timestamp }],
    });
    const other = formatCheckpoint({ ...checkpoint, size: 3 });
    expect((await verifyCosignatures({ ...note, text: other }, [key.value], check)).ok).toBe(false);
    const changed = {
      ...line,
      signature: Uint8Array.from(line.signature, (byte, at) => byte ^ (at === 7 ? 1 : 0)),
    };
    expect((await verifyCosignatures({ text, signatures: [changed] }, [key.value], check)).ok).toBe(false);
  });

  it("is left out where the runtime has it not, and then is no quorum", async () => {
    const line = signer?.sign(checkpoint, timestamp);
    const policy = parseTlogPolicy(filled(`log LOG\nwitness pq ${signer?.verifierKey}\nquorum pq\n`));
    if (!policy.ok || line === undefined || line === null) throw new Error("no policy");
    const log = await verifierKeyOf(origin, seed(0));
    const own = await signNote(text, { name: origin, keyId: log.keyId, seed: seed(0) });
    const signed = formatNote({ text, signatures: [own, line] });
    expect((await verifyCheckpointByPolicy(signed, policy.value, { mlDsa44: nodeVerifyMlDsa44 })).ok).toBe(
      true,
    );
    const without = await verifyCheckpointByPolicy(signed, policy.value, { mlDsa44: async () => null });
    expect(without).toMatchObject({ issue: { code: "audit/quorum" } });
  });
});
