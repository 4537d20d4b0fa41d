import { randomBytes, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { equalBytes } from "../bytes.ts";
import { parseSignedCheckpoint, type SignedCheckpoint } from "../checkpoint.ts";
import { cosignatureLine, cosignedBytes } from "../cosignature.ts";
import { cosignerKey, formatCosignerKey } from "../cosigner-key.ts";
import { verifyNote } from "../ed25519.ts";
import { formatForkEvidence } from "../fork-evidence.ts";
import { emptyRoot } from "../hash.ts";
import type { VerifierKey } from "../key.ts";
import { formatNote, type NoteSignature } from "../note.ts";
import { verifyConsistency } from "../proof.ts";
import { parseAddCheckpoint, withSignatures, witnessedPath } from "../witness-protocol.ts";
import { AuditError, systemCode } from "./audit-error.ts";
import { makeDirectory, replaceFileDurably } from "./durable-file.ts";
import { nodeSha256, privateKeyOf, publicBytesOf } from "./node-hash.ts";
import { takeLock } from "./writer-lock.ts";

/** An answer to an HTTP request. */
export interface WitnessAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A witness (C2SP tlog-witness): it cosigns what extends the last it cosigned, and nothing else. */
export interface Witness {
  /** `name+hash+base64` of its cosigner key: what goes into a policy. */
  readonly verifierKey: string;
  /** Answers a request by method and path below its prefix; submission and monitoring prefix are the same. */
  readonly answer: (method: string, path: string, body: string) => Promise<WitnessAnswer>;
  readonly close: () => Promise<void>;
}

/**
 * How a witness is set up.
 *
 *   dir   where it keeps its key and its last checkpoint of each log; one process at a time
 *   name  of its key, such as `witness.example/w1`
 *   logs  keys of the logs that it witnesses; several of one origin are alternatives
 *   now   seconds since 1970
 */
export interface WitnessOptions {
  readonly dir: string;
  readonly name: string;
  readonly logs: readonly VerifierKey[];
  readonly now?: (() => number) | undefined;
  /** Told once evidence of a fork was kept, with its file. */
  readonly onEvidence?: ((file: string) => void) | undefined;
}

const TEXT = "text/plain; charset=utf-8";
const say = (status: number, body: string): WitnessAnswer => ({ status, type: TEXT, body: `${body}\n` });

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}

async function loadSeed(file: string): Promise<Uint8Array> {
  const kept = await readOrNull(file);
  if (kept === null) {
    const seed = randomBytes(32);
    await replaceFileDurably(file, `${seed.toString("base64")}\n`, { mode: 0o600 });
    return new Uint8Array(seed);
  }
  const seed = Buffer.from(kept.trim(), "base64");
  if (seed.length !== 32)
    throw new AuditError("audit/key-malformed", `${file} holds no key`, {
      help: "restore it; a new one makes a new witness",
    });
  return new Uint8Array(seed);
}

class FileWitness implements Witness {
  readonly verifierKey: string;
  readonly #options: WitnessOptions;
  readonly #dir: string;
  readonly #key: { readonly name: string; readonly keyId: number };
  readonly #privateKey: ReturnType<typeof privateKeyOf>;
  readonly #release: () => Promise<void>;
  /** Checking and keeping are one step for each log: calls wait for the one before. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(options: WitnessOptions, dir: string, seed: Uint8Array, release: () => Promise<void>) {
    this.#options = options;
    this.#dir = dir;
    this.#privateKey = privateKeyOf(seed);
    const key = cosignerKey("ed25519", options.name, publicBytesOf(this.#privateKey), nodeSha256);
    this.#key = key;
    this.verifierKey = formatCosignerKey(key);
    this.#release = release;
  }

  async answer(method: string, path: string, body: string): Promise<WitnessAnswer> {
    if (path === "add-checkpoint") {
      if (method !== "POST") return say(405, "add-checkpoint is a POST");
      return this.#addCheckpoint(body);
    }
    if (method !== "GET") return say(405, "checkpoints are read with GET");
    const origin = this.#options.logs.find(({ name }) => witnessedPath(name, nodeSha256) === path)?.name;
    const kept = origin === undefined ? null : await readOrNull(this.#file(origin, "checkpoint"));
    return kept === null ? say(404, "no such checkpoint") : { status: 200, type: TEXT, body: kept };
  }

  /** `last`: what was accepted, on disk before it is signed. `checkpoint`: the same with the cosignature, to be read. */
  #file(origin: string, name: "last" | "checkpoint" | "fork.json"): string {
    return join(this.#dir, "logs", witnessedPath(origin, nodeSha256), "..", name);
  }

  #addCheckpoint(body: string): Promise<WitnessAnswer> {
    const request = parseAddCheckpoint(body);
    if (!request.ok) return Promise.resolve(say(400, request.issue.message));
    const { origin } = request.value.signed.checkpoint;
    const turn = (this.#turns.get(origin) ?? Promise.resolve()).then(() => this.#decide(request.value));
    this.#turns.set(
      origin,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async #decide(request: {
    readonly oldSize: number;
    readonly proof: readonly Uint8Array[];
    readonly checkpoint: string;
    readonly signed: SignedCheckpoint;
  }): Promise<WitnessAnswer> {
    const { oldSize, proof, signed } = request;
    const { origin, size, root } = signed.checkpoint;
    const keys = this.#options.logs.filter(({ name }) => name === origin);
    if (keys.length === 0) return say(404, "this log is not witnessed here");
    const byLog = await verifyNote(signed.note, keys);
    if (!byLog.ok) return say(403, byLog.issue.message);
    if (oldSize > size) return say(400, "the old size is above the checkpoint's");
    const text = await readOrNull(this.#file(origin, "last"));
    const kept = text === null ? null : parseSignedCheckpoint(text);
    // A state that can not be read must not be taken for none: that would sign a second history.
    if (kept !== null && !kept.ok)
      throw new AuditError("audit/log-corrupt", `${this.#file(origin, "last")}: ${kept.issue.message}`);
    const last = kept === null ? { size: 0, root: emptyRoot(nodeSha256) } : kept.value.checkpoint;
    if (last.size === size && !equalBytes(last.root, root))
      await this.#keepEvidence(origin, text ?? "", request.checkpoint);
    if (oldSize !== last.size) return { status: 409, type: "text/x.tlog.size", body: `${last.size}\n` };
    if (!extendsLast(last, { size, root }, proof))
      return say(422, "the checkpoint does not extend the last one");
    // What is kept carries the signatures of the known keys only; it is durable before anything is signed.
    const known = signed.note.signatures.filter(({ name, keyId }) =>
      byLog.value.some((key) => key.name === name && key.keyId === keyId),
    );
    const note = formatNote({ text: signed.note.text, signatures: known });
    await makeDirectory(join(this.#file(origin, "last"), ".."));
    await replaceFileDurably(this.#file(origin, "last"), note);
    const whole = withSignatures(note, [this.#sign(signed.note.text)]);
    if (!whole.ok) throw new AuditError(whole.issue.code, whole.issue.message);
    await replaceFileDurably(this.#file(origin, "checkpoint"), whole.value);
    return { status: 200, type: TEXT, body: whole.value.slice(note.length) };
  }

  #sign(text: string): NoteSignature {
    const timestamp = (this.#options.now ?? (() => Math.floor(Date.now() / 1000)))();
    const signature = new Uint8Array(sign(null, cosignedBytes(text, timestamp), this.#privateKey));
    return cosignatureLine(this.#key, timestamp, signature);
  }

  async #keepEvidence(origin: string, ours: string, theirs: string): Promise<void> {
    const evidence = {
      v: 1,
      kind: "fork",
      origin,
      index: null,
      sides: [{ checkpoint: ours }, { checkpoint: theirs }],
    } as const;
    const file = this.#file(origin, "fork.json");
    // The first is kept: it is the one nearest to where the histories part.
    if ((await readOrNull(file)) !== null) return;
    await replaceFileDurably(file, formatForkEvidence(evidence));
    this.#options.onEvidence?.(file);
  }

  async close(): Promise<void> {
    await Promise.all(this.#turns.values());
    await this.#release();
  }
}

function extendsLast(
  last: { readonly size: number; readonly root: Uint8Array },
  next: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (next.size === 0) return proof.length === 0 && equalBytes(next.root, emptyRoot(nodeSha256));
  if (last.size === 0) return proof.length === 0;
  const claim = { oldSize: last.size, oldRoot: last.root, newSize: next.size, newRoot: next.root };
  return verifyConsistency(claim, proof, nodeSha256);
}

/**
 * Opens a witness in a directory; its key is made at the first time and its state is durable before it signs.
 *
 * Errors: `audit/locked` when another process has it, `audit/key-malformed`.
 */
export async function openWitness(options: WitnessOptions): Promise<Witness> {
  const dir = resolve(options.dir);
  await makeDirectory(dir);
  const lease = await takeLock(dir);
  try {
    const witness = new FileWitness(options, dir, await loadSeed(join(dir, "witness.key")), lease.release);
    return {
      verifierKey: witness.verifierKey,
      answer: (method, path, body) => witness.answer(method, path, body),
      close: () => witness.close(),
    };
  } catch (error) {
    await lease.release();
    throw error;
  }
}
