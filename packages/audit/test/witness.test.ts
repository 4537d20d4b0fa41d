import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  formatAddCheckpoint,
  formatForkEvidence,
  parseForkEvidence,
  parseTlogPolicy,
  parseVerifierKey,
  signNote,
  type TlogPolicy,
  type VerifierKey,
  verifyCheckpointByPolicy,
  verifyForkEvidence,
  witnessedPath,
} from "@demarc/audit";
import {
  type AuditLog,
  askWitnesses,
  loadOrCreateKey,
  openLog,
  openReader,
  openWitness,
  verifyLog,
  type Witness,
  type WitnessAnswer,
} from "@demarc/audit/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const origin = "log.example/witnessed";
const entryOf = (value: number | string): Uint8Array => new TextEncoder().encode(`entry ${value}`);
let root = "";
let key: VerifierKey;
let verifierKey = "";
let log: AuditLog;
let closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "demarc-witness-"));
  const signer = await loadOrCreateKey(join(root, "key"), origin);
  ({ verifierKey } = signer);
  const parsed = parseVerifierKey(verifierKey);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  key = parsed.value;
  log = await openLog({ dir: join(root, "log"), origin, signer, checkpointIntervalMs: 0 });
  closing = [() => log.close()];
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  await rm(root, { recursive: true, force: true });
});

const grow = async (count: number): Promise<string> => {
  await log.appendAll(Array.from({ length: count }, (_, at) => entryOf(log.size + at)));
  return (await log.checkpoint()).text;
};

const witnessAt = async (name: string): Promise<Witness> => {
  const witness = await openWitness({ dir: join(root, name), name: `witness.example/${name}`, logs: [key] });
  closing.push(() => witness.close());
  return witness;
};

/** A server for a witness, or for something that answers like one. */
async function serve(
  answer: (method: string, path: string, body: string) => Promise<WitnessAnswer> | WitnessAnswer,
): Promise<string> {
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString("utf8");
    });
    request.on("end", async () => {
      const {
        status,
        type,
        body: said,
      } = await answer(request.method ?? "", (request.url ?? "").slice(1), body);
      response.writeHead(status, { "content-type": type }).end(said);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const policyOf = (witnesses: readonly (readonly [string, string])[], quorum: string): TlogPolicy => {
  const lines = witnesses.map(([vkey, url], at) => `witness w${at} ${vkey} ${url}`);
  const names = witnesses.map((_, at) => `w${at}`).join(" ");
  const parsed = parseTlogPolicy(
    `log ${verifierKey}\n${lines.join("\n")}\ngroup g ${quorum} ${names}\nquorum g\n`,
  );
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.value;
};

const post = (witness: Witness, body: string) => witness.answer("POST", "add-checkpoint", body);

describe("openWitness", () => {
  it("cosigns what extends the last, and answers everything else as the protocol says", async () => {
    const witness = await witnessAt("w");
    const first = await grow(3);
    const path = witnessedPath(origin);
    expect((await witness.answer("GET", path, "")).status).toBe(404);
    const accepted = await post(witness, formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: first }));
    expect(accepted).toMatchObject({ status: 200, body: /^— witness\.example\/w \S+\n$/ });
    const kept = await witness.answer("GET", path, "");
    expect(kept).toMatchObject({
      status: 200,
      body: `${first.split("\n").slice(0, 5).join("\n")}\n${accepted.body}`,
    });
    const policy = policyOf([[witness.verifierKey, "http://127.0.0.1/"]], "all");
    expect((await verifyCheckpointByPolicy(kept.body, policy)).ok).toBe(true);

    const second = await grow(5);
    const old = (oldSize: number, proof: Uint8Array[] = [], checkpoint = second) =>
      post(witness, formatAddCheckpoint({ oldSize, proof, checkpoint }));
    expect(await old(0)).toEqual({ status: 409, type: "text/x.tlog.size", body: "3\n" });
    expect((await old(3)).status).toBe(422);
    expect((await old(3, [new Uint8Array(32)])).status).toBe(422);
    expect((await old(9)).status).toBe(400);
    expect((await post(witness, "old 3\n")).status).toBe(400);
    expect((await post(witness, `old 03\n\n${second}`)).status).toBe(400);
    expect(
      (
        await old(
          3,
          Array.from({ length: 64 }, () => new Uint8Array(32)),
        )
      ).status,
    ).toBe(400);
    expect((await old(3, [], second.replace(/^.*$/m, "other.example"))).status).toBe(404);
    expect((await old(3, [], second.replace("\n8\n", "\n9\n"))).status).toBe(403);
    expect((await old(3, [], `${second.split("\n\n")[0]}\n\n— x ${btoa("12345")}\n`)).status).toBe(403);
    expect((await witness.answer("GET", "add-checkpoint", "")).status).toBe(405);
    // Nothing of this changed what it has.
    expect(await witness.answer("GET", path, "")).toEqual(kept);
  });

  it("keeps its state over a restart, is one at a time, and never signs less or another tree", async () => {
    const first = await grow(300);
    let witness = await witnessAt("w");
    expect(
      (await post(witness, formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: first }))).status,
    ).toBe(200);
    await expect(openWitness({ dir: join(root, "w"), name: "x", logs: [key] })).rejects.toMatchObject({
      code: "audit/locked",
    });
    await witness.close();
    witness = await witnessAt("w");
    const again = formatAddCheckpoint({ oldSize: 300, proof: [], checkpoint: first });
    expect((await post(witness, again)).status).toBe(200);
    // The log's key signs another tree of the same size: refused, and kept as evidence that anyone can check.
    const seed = Buffer.from(
      (await readFile(join(root, "key"), "utf8")).trim().split("+").slice(4).join("+"),
      "base64",
    ).subarray(1);
    const text = `${origin}\n300\n${btoa("x".repeat(32))}\n`;
    const { keyId, name } = key;
    const signature = await signNote(text, { name, keyId, seed: new Uint8Array(seed) });
    const id = Buffer.alloc(4);
    id.writeUInt32BE(keyId);
    const forked = `${text}\n— ${name} ${Buffer.concat([id, signature.signature]).toString("base64")}\n`;
    expect(
      (await post(witness, formatAddCheckpoint({ oldSize: 300, proof: [], checkpoint: forked }))).status,
    ).toBe(422);
    const file = join(root, "w", "logs", witnessedPath(origin), "..", "fork.json");
    const evidence = parseForkEvidence(await readFile(file, "utf8"));
    if (!evidence.ok) throw new Error(evidence.issue.message);
    expect(await verifyForkEvidence(evidence.value, key)).toEqual({ ok: true, value: { index: null } });
    // A state that can not be read is no empty state.
    await writeFile(join(file, "..", "last"), "damaged");
    await expect(post(witness, again)).rejects.toMatchObject({ code: "audit/log-corrupt" });
  });

  it("takes concurrent requests one after the other: no size is signed twice over", async () => {
    const witness = await witnessAt("w");
    const texts = [await grow(1), await grow(1), await grow(1)];
    const answers = await Promise.all(
      texts.map((checkpoint) => post(witness, formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint }))),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });
});

describe("askWitnesses", () => {
  const dir = () => join(root, "log");
  const ask = async (policy: TlogPolicy) =>
    askWitnesses(await openReader(dir()), policy, { timeoutMs: 2000 });

  it("gets cosignatures again as the log grows, and the result stands by the policy", async () => {
    const [a, b] = [await witnessAt("a"), await witnessAt("b")];
    const policy = policyOf(
      [
        [a.verifierKey, await serve(a.answer)],
        [b.verifierKey, await serve(b.answer)],
      ],
      "all",
    );
    for (const count of [1, 300, 0, 70_000]) {
      await grow(count);
      const report = await ask(policy);
      expect(report).toMatchObject({
        quorum: true,
        outcomes: [{ state: "cosigned" }, { state: "cosigned" }],
      });
      const checked = await verifyCheckpointByPolicy(report.text, policy);
      expect(checked.ok && checked.value.cosignatures.length).toBe(2);
    }
  });

  it("with one dead and one lying, has no quorum and says who: it never fails open", async () => {
    const good = await witnessAt("good");
    const liar = await witnessAt("liar");
    // It answers with the word of another checkpoint.
    const lies = await serve(async (method, path, body) => {
      const answer = await liar.answer(method, path, body);
      const at = answer.body.length - 10;
      const other = answer.body[at] === "A" ? "B" : "A";
      return answer.status === 200
        ? { ...answer, body: `${answer.body.slice(0, at)}${other}${answer.body.slice(at + 1)}` }
        : answer;
    });
    const [vgood, vliar] = [good.verifierKey, liar.verifierKey];
    const dead = "http://127.0.0.1:9/";
    const url = await serve(good.answer);
    await grow(10);
    const two = await ask(
      policyOf(
        [
          [vgood, dead],
          [vliar, lies],
        ],
        "any",
      ),
    );
    expect(two.quorum).toBe(false);
    expect(two.outcomes).toMatchObject([
      { name: "w0", state: "unreachable" },
      { name: "w1", state: "invalid", message: "the cosignature by `witness.example/liar` is not valid" },
    ]);
    expect(two.text).toBe(await readFile(join(dir(), "checkpoint"), "utf8"));
    // The good one alone is enough where the policy says so, and not where it says two.
    expect(
      await ask(
        policyOf(
          [
            [vgood, url],
            [vliar, lies],
          ],
          "any",
        ),
      ),
    ).toMatchObject({ quorum: true });
    const both = await ask(
      policyOf(
        [
          [vgood, url],
          [vliar, lies],
        ],
        "2",
      ),
    );
    expect(both).toMatchObject({ quorum: false, outcomes: [{ state: "cosigned" }, { state: "invalid" }] });
  });

  it("survives 503, slowness, nonsense and endless conflicts", async () => {
    await grow(5);
    const type = "text/plain";
    const odd: [WitnessAnswer, RegExp][] = [
      [{ status: 503, type, body: "busy" }, /^HTTP 503: busy/],
      [{ status: 200, type, body: "hello" }, /^its answer is no cosignature/],
      [{ status: 200, type, body: "" }, /^its answer is no cosignature/],
      [{ status: 409, type, body: "many" }, /^HTTP 409 without a size/],
      [{ status: 409, type, body: "3\n" }, /^it keeps answering/],
      [{ status: 409, type, body: "9\n" }, /^it cosigned 9 entries, this log shows 5/],
    ];
    const witness = await witnessAt("w");
    for (const [answer, message] of odd) {
      const url = await serve(() => answer);
      const report = await ask(policyOf([[witness.verifierKey, url]], "all"));
      expect(report.quorum).toBe(false);
      expect(report.outcomes[0]?.message).toMatch(message);
    }
    const slow = await serve(() => new Promise<WitnessAnswer>(() => undefined));
    const reader = await openReader(dir());
    const policy = policyOf([[witness.verifierKey, slow]], "all");
    expect(await askWitnesses(reader, policy, { timeoutMs: 50 })).toMatchObject({
      quorum: false,
      outcomes: [{ state: "unreachable" }],
    });
  });

  it.each([2, 3, 40])(
    "a witness that saw another history of 2 entries gives evidence, of %i here",
    async (size) => {
      const witness = await witnessAt("w");
      const url = await serve(witness.answer);
      const signer = await loadOrCreateKey(join(root, "key"), origin);
      const other = await openLog({ dir: join(root, "other"), origin, signer, checkpointIntervalMs: 0 });
      await other.appendAll([entryOf("x"), entryOf("y")]);
      await other.close();
      const policy = policyOf([[witness.verifierKey, url]], "all");
      expect(await askWitnesses(await openReader(join(root, "other")), policy)).toMatchObject({
        quorum: true,
      });
      await grow(size);
      const report = await ask(policy);
      expect(report).toMatchObject({ quorum: false, outcomes: [{ state: "conflict" }] });
      expect(report.evidence.length).toBe(1);
      const [evidence] = report.evidence;
      if (evidence === undefined) throw new Error("no evidence");
      const read = parseForkEvidence(formatForkEvidence(evidence));
      if (!read.ok) throw new Error(read.issue.message);
      expect(await verifyForkEvidence(read.value, key)).toEqual({ ok: true, value: { index: null } });
      const [theirs, ours] = read.value.sides;
      if (size === 2) {
        expect(ours.prefix).toBeUndefined();
        return;
      }
      // What the log itself begins with proves nothing against it; and neither does a proof with a part missing.
      const own = await openReader(dir());
      const mine = await own.nodes(size)([{ level: 1, index: 0 }]);
      const { prefix } = ours;
      if (prefix === undefined) throw new Error("no prefix");
      expect(prefix.root).toBe(Buffer.from(mine[0] as Uint8Array).toString("base64"));
      for (const wrong of [
        { ...prefix, proof: prefix.proof.slice(1) },
        { ...prefix, proof: [...prefix.proof, prefix.root] },
        { ...prefix, root: Buffer.alloc(32).toString("base64") },
        { ...prefix, root: "" },
        { ...prefix, proof: ["x"] },
      ]) {
        const sides = [theirs, { ...ours, prefix: wrong }] as const;
        expect(await verifyForkEvidence({ ...read.value, sides }, key)).toMatchObject({ ok: false });
      }
      await grow(100);
      const honest = [
        { checkpoint: report.text },
        { checkpoint: (await own.checkpoint()).text, prefix },
      ] as const;
      expect(await verifyForkEvidence({ ...read.value, sides: honest }, key)).toMatchObject({ ok: false });
    },
  );

  it("verifyLog with a policy looks at what the quorum has seen, and says how much it has not", async () => {
    const witness = await witnessAt("w");
    const policy = policyOf([[witness.verifierKey, await serve(witness.answer)]], "all");
    await grow(500);
    const { text, quorum } = await ask(policy);
    expect(quorum).toBe(true);
    await writeFile(join(dir(), "witnessed"), text);
    await grow(300);
    const copy = join(root, "copy");
    await cp(dir(), copy, { recursive: true });
    expect(await verifyLog(copy, { policy })).toMatchObject({
      ok: true,
      size: 500,
      unwitnessed: 300,
      cosigners: ["witness.example/w"],
    });
    await rm(join(copy, "witnessed"));
    expect(await verifyLog(copy, { policy })).toMatchObject({ ok: false, unwitnessed: 0 });
  });
});
