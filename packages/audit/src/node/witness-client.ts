import { parseDecimal } from "../bytes.ts";
import { type Checkpoint, parseSignedCheckpoint } from "../checkpoint.ts";
import { type Cosignature, verifyCosignatures } from "../cosignature.ts";
import { type ForkEvidence, type ForkSide, forkPrefix, verifyForkEvidence } from "../fork-evidence.ts";
import type { VerifierKey } from "../key.ts";
import { consistencyProof } from "../proof.ts";
import { isQuorum, type PolicyWitness, type TlogPolicy } from "../tlog-policy.ts";
import { foldRange, rangeNodes } from "../tree.ts";
import { verifyCheckpointByPolicy } from "../verify-by-policy.ts";
import {
  formatAddCheckpoint,
  parseCosignatureLines,
  withSignatures,
  witnessedPath,
} from "../witness-protocol.ts";
import { AuditError, describeFailure } from "./audit-error.ts";
import type { LogReader } from "./log-reader.ts";
import { nodeVerifyMlDsa44 } from "./ml-dsa-key.ts";
import { nodeSha256 } from "./node-hash.ts";

/** What one witness said. `size` is the size it had cosigned before, where it told. */
export interface WitnessOutcome {
  readonly name: string;
  readonly state: "cosigned" | "unreachable" | "refused" | "invalid" | "conflict";
  readonly message: string;
  readonly timestamp?: number | undefined;
}

/**
 * What came of asking. `text` is the checkpoint with the cosignatures that were given; it may be published as witnessed
 * only where `quorum` is true.
 */
export interface CosigningReport {
  readonly quorum: boolean;
  readonly checkpoint: Checkpoint;
  readonly text: string;
  readonly outcomes: readonly WitnessOutcome[];
  /** Two histories that the log signed, one of them cosigned by a witness. */
  readonly evidence: readonly ForkEvidence[];
}

/** How witnesses are asked: `timeoutMs` of one call, default 5,000; `signal` ends all of them. */
export interface CosigningOptions {
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof fetch | undefined;
}

const TIMEOUT_MS = 5000;
const MOST_ANSWER = 100_000;

interface Asked {
  readonly outcome: WitnessOutcome;
  readonly lines: string | null;
  readonly evidence: ForkEvidence | null;
}

async function limitedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MOST_ANSWER) throw new Error(`an answer of more than ${MOST_ANSWER} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

class Cosigning {
  readonly #reader: LogReader;
  readonly #checkpoint: Checkpoint;
  readonly #text: string;
  readonly #keys: readonly VerifierKey[];
  readonly #options: CosigningOptions;

  constructor(
    reader: LogReader,
    signed: { readonly checkpoint: Checkpoint; readonly text: string },
    keys: readonly VerifierKey[],
    options: CosigningOptions,
  ) {
    this.#reader = reader;
    this.#checkpoint = signed.checkpoint;
    this.#text = signed.text;
    this.#keys = keys;
    this.#options = options;
  }

  #call(url: string, init: RequestInit): Promise<Response> {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs ?? TIMEOUT_MS);
    const { signal: end } = this.#options;
    const signal = end === undefined ? timeout : AbortSignal.any([timeout, end]);
    return (this.#options.fetch ?? fetch)(url, { ...init, signal, redirect: "error" });
  }

  async ask(witness: PolicyWitness): Promise<Asked> {
    const { name, url } = witness;
    const end = (state: WitnessOutcome["state"], message: string, rest: Partial<Asked> = {}): Asked => ({
      outcome: { name, state, message },
      lines: null,
      evidence: null,
      ...rest,
    });
    if (url === undefined) return end("unreachable", "the policy has no URL for it");
    const prefix = url.endsWith("/") ? url : `${url}/`;
    try {
      // Its size is not known yet: a wrong one is answered with the right one.
      let oldSize = 0;
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const response = await this.#add(prefix, oldSize);
        const body = await limitedText(response);
        if (response.status === 200) return await this.#judge(witness, body);
        if (response.status !== 409) {
          const evidence = response.status === 422 ? await this.#evidence(prefix) : null;
          return end(
            evidence === null ? "refused" : "conflict",
            `HTTP ${response.status}: ${body.trim().slice(0, 200)}`,
            { evidence },
          );
        }
        const size = parseDecimal(body.trim());
        if (size === null) return end("invalid", `HTTP 409 without a size: \`${body.slice(0, 40).trim()}\``);
        if (size > this.#checkpoint.size)
          return end("conflict", `it cosigned ${size} entries, this log shows ${this.#checkpoint.size}`, {
            evidence: await this.#evidence(prefix),
          });
        oldSize = size;
      }
      return end("refused", "it keeps answering with another size");
    } catch (error) {
      if (error instanceof AuditError) throw error;
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      return end("unreachable", describeFailure(cause));
    }
  }

  async #add(prefix: string, oldSize: number): Promise<Response> {
    const { size } = this.#checkpoint;
    const proof =
      oldSize === 0
        ? { ok: true as const, value: [] }
        : await consistencyProof(oldSize, size, this.#reader.nodes(size), nodeSha256);
    if (!proof.ok) throw new AuditError(proof.issue.code, proof.issue.message);
    const body = formatAddCheckpoint({ oldSize, proof: proof.value, checkpoint: this.#text });
    return this.#call(`${prefix}add-checkpoint`, { method: "POST", body });
  }

  async #judge(witness: PolicyWitness, lines: string): Promise<Asked> {
    const { name } = witness;
    const invalid = (message: string): Asked => ({
      outcome: { name, state: "invalid", message },
      lines: null,
      evidence: null,
    });
    const signed = parseSignedCheckpoint(this.#text);
    if (!signed.ok) throw new AuditError(signed.issue.code, signed.issue.message);
    const { text } = signed.value.note;
    const signatures = parseCosignatureLines(lines, text);
    if (!signatures.ok) return invalid(`its answer is no cosignature: ${signatures.issue.message}`);
    const checked = await verifyCosignatures(
      { text, signatures: signatures.value },
      [witness.key],
      nodeVerifyMlDsa44,
    );
    if (!checked.ok) return invalid(checked.issue.message);
    const [cosignature]: readonly (Cosignature | undefined)[] = checked.value;
    if (cosignature === undefined) return invalid("its answer has no cosignature by the key of the policy");
    if (cosignature.timestamp === 0) return invalid("its cosignature has no time");
    return {
      outcome: { name, state: "cosigned", message: "cosigned", timestamp: cosignature.timestamp },
      lines,
      evidence: null,
    };
  }

  /** This log's checkpoint; against a shorter one with the proof of what this log begins with. */
  async #ourSide(theirs: string): Promise<ForkSide> {
    const { size } = this.#checkpoint;
    const signed = parseSignedCheckpoint(theirs);
    const shorter = signed.ok ? signed.value.checkpoint.size : 0;
    if (shorter === 0 || shorter >= size) return { checkpoint: this.#text };
    const nodes = this.#reader.nodes(size);
    const root = foldRange(await nodes(rangeNodes({ from: 0, to: shorter })), nodeSha256);
    const proof = await consistencyProof(shorter, size, nodes, nodeSha256);
    return proof.ok ? forkPrefix(this.#text, root, proof.value) : { checkpoint: this.#text };
  }

  /** The checkpoint that the witness has of this log: with ours it may prove that two histories were signed. */
  async #evidence(prefix: string): Promise<ForkEvidence | null> {
    const { origin } = this.#checkpoint;
    try {
      const response = await this.#call(`${prefix}${witnessedPath(origin, nodeSha256)}`, { method: "GET" });
      if (response.status !== 200) return null;
      const theirs = await limitedText(response);
      const sides = [{ checkpoint: theirs }, await this.#ourSide(theirs)] as const;
      const evidence: ForkEvidence = { v: 1, kind: "fork", origin, index: null, sides };
      for (const key of this.#keys)
        if ((await verifyForkEvidence(evidence, key, nodeSha256)).ok) return evidence;
      return null;
    } catch {
      // The witness said no already; that it can not be asked why changes nothing.
      return null;
    }
  }
}

/**
 * Asks every witness of a policy to cosign the newest checkpoint of a log (C2SP tlog-witness), all at once. A witness that is
 * dead, slow or wrong costs only its own word; without the quorum the report says so, and nothing is to be published.
 *
 * Errors: those of the reader and of `verifyCheckpointByPolicy` where the log itself did not sign.
 */
export async function askWitnesses(
  reader: LogReader,
  policy: TlogPolicy,
  options: CosigningOptions = {},
): Promise<CosigningReport> {
  const signed = await reader.checkpoint();
  const own = await verifyCheckpointByPolicy(
    signed.text,
    { ...policy, quorum: null },
    { mlDsa44: nodeVerifyMlDsa44, hash: nodeSha256 },
  );
  if (!own.ok) throw new AuditError(own.issue.code, own.issue.message);
  const keys = policy.logs.map(({ key }) => key).filter((key): key is VerifierKey => !("algorithm" in key));
  const cosigning = new Cosigning(reader, signed, keys, options);
  const asked = await Promise.all(policy.witnesses.map((witness) => cosigning.ask(witness)));
  const already = own.value.cosignatures;
  const cosigned = new Set(
    policy.witnesses.filter(({ key }) => already.some((each) => each.key === key)).map(({ name }) => name),
  );
  let { text } = signed;
  for (const [at, { outcome, lines }] of asked.entries()) {
    if (outcome.state !== "cosigned" || lines === null) continue;
    cosigned.add(outcome.name);
    const added = parseCosignatureLines(lines, signed.note.text);
    const { key } = policy.witnesses[at] as PolicyWitness;
    const own = added.ok
      ? added.value.filter(({ name, keyId }) => name === key.name && keyId === key.keyId)
      : [];
    const merged = withSignatures(text, own);
    if (merged.ok) text = merged.value;
  }
  return {
    quorum: isQuorum(policy, cosigned),
    checkpoint: signed.checkpoint,
    text,
    outcomes: asked.map(({ outcome }) => outcome),
    evidence: asked.flatMap(({ evidence }) => (evidence === null ? [] : [evidence])),
  };
}
