import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { appendFileSync, closeSync, fdatasyncSync, openSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ClientPseudonym, EpochEntry, SealedField } from "../entry.ts";
import {
  clientPseudonym,
  commitTo,
  EPOCH_KEY_BYTES,
  epochCommitment,
  type Opening,
  SALT_BYTES,
} from "../privacy.ts";
import { AuditError, systemCode } from "./audit-error.ts";
import { makeDirectory, replaceFileDurably, syncDirectory } from "./durable-file.ts";
import { nodeSha256 } from "./node-hash.ts";

/** A sealed field with the epoch that its opening is kept in. */
interface Kept {
  readonly epoch: string;
  readonly line: string;
}

/** What is known of an epoch while its key exists. */
interface Epoch {
  readonly id: string;
  readonly key: Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const DAY_MS = 86_400_000;
const ID = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:\.[0-9]+)?$/;

/**
 * The secrets behind a log's pseudonyms and commitments, in a private directory beside it. An epoch is a day (UTC) by
 * default, with a key of its own; openings are kept encrypted under that key (AES-256-GCM). So destroying 32 bytes ends
 * an epoch for good, and removing one line ends one field. The log itself and all its proofs stay as they are.
 */
export class PrivacyStore {
  readonly #directory: string;
  readonly #days: number;
  readonly #epochs = new Map<string, Epoch>();
  readonly #destroyed = new Set<string>();
  #unsynced: Kept[] = [];

  private constructor(directory: string, days: number) {
    this.#directory = directory;
    this.#days = days;
  }

  /**
   * Opens the store. `days` is the length of an epoch.
   *
   * Errors: `audit/key-malformed` for a key file of the wrong form; those of the file system pass through.
   */
  static async open(directory: string, { days = 1 }: { readonly days?: number } = {}): Promise<PrivacyStore> {
    const store = new PrivacyStore(resolve(directory), days);
    await makeDirectory(store.#directory);
    for (const name of await readdir(store.#directory)) {
      const id = /^epoch-(.+)\.key$/.exec(name)?.[1] ?? "";
      const gone = /^epoch-(.+)\.destroyed$/.exec(name)?.[1] ?? "";
      if (ID.test(gone)) store.#destroyed.add(gone);
      if (!ID.test(id)) continue;
      const text = (await readFile(join(store.#directory, name), "utf8")).trim();
      if (!/^[0-9a-f]{64}$/.test(text))
        throw new AuditError("audit/key-malformed", `${name} does not hold 64 hex digits`, {
          help: "restore it; without it the epoch can neither be continued nor opened",
        });
      store.#epochs.set(id, { id, key: Buffer.from(text, "hex") });
    }
    return store;
  }

  /** The epoch of an instant, as entries name it: its first day. */
  epochAt(at: number): string {
    const day = Math.floor(at / DAY_MS);
    return new Date((day - (day % this.#days)) * DAY_MS).toISOString().slice(0, 10);
  }

  /** Epochs whose keys exist, oldest first. */
  get epochs(): readonly string[] {
    return [...this.#epochs.keys()].toSorted();
  }

  /**
   * Makes the key of an instant's epoch, durably, when there is none; gives what an `epoch` entry says of it then, else
   * null. To be called, and the entry logged, before anything of that epoch is.
   *
   * Errors: `audit/epoch-destroyed`.
   */
  async begin(at: number): Promise<Pick<EpochEntry, "epoch" | "state" | "commitment"> | null> {
    const id = this.epochAt(at);
    if (this.#epochs.has(id)) return null;
    if (this.#destroyed.has(id))
      throw new AuditError("audit/epoch-destroyed", `the key of epoch ${id} was destroyed`, {
        help: "nothing can be added to an epoch that ended",
      });
    const key = randomBytes(EPOCH_KEY_BYTES);
    await replaceFileDurably(join(this.#directory, `epoch-${id}.key`), `${key.toString("hex")}\n`, {
      mode: 0o600,
    });
    this.#epochs.set(id, { id, key });
    return { epoch: id, state: "opened", commitment: epochCommitment(key, nodeSha256) };
  }

  /** What an `epoch` entry says of an epoch whose key exists; null of any other. */
  statement(epoch: string): Pick<EpochEntry, "epoch" | "state" | "commitment"> | null {
    const known = this.#epochs.get(epoch);
    if (known === undefined) return null;
    return { epoch, state: "opened", commitment: epochCommitment(known.key, nodeSha256) };
  }

  #epoch(at: number): Epoch {
    const id = this.epochAt(at);
    const epoch = this.#epochs.get(id);
    if (epoch === undefined) throw new AuditError("audit/epoch-missing", `epoch ${id} was not begun`);
    return epoch;
  }

  /** The pseudonym of a client's address (4 or 16 bytes) in the epoch of an instant. Errors: `audit/epoch-missing`. */
  pseudonym(at: number, address: Uint8Array): ClientPseudonym {
    const { id, key } = this.#epoch(at);
    return { epoch: id, pseudonym: clientPseudonym(key, address, nodeSha256) };
  }

  /**
   * A commitment to a field's value; its opening is kept once `sync` resolves, which must be before the entry is logged.
   *
   * Errors: `audit/epoch-missing`.
   */
  seal(at: number, field: SealedField["field"], value: string): SealedField {
    const { id, key } = this.#epoch(at);
    const salt = randomBytes(SALT_BYTES);
    const commitment = commitTo(salt, value, nodeSha256);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(commitment));
    const box = Buffer.concat([
      nonce,
      cipher.update(salt),
      cipher.update(value, "utf8"),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    this.#unsynced.push({ epoch: id, line: `${commitment} ${box.toString("base64")}\n` });
    return { field, epoch: id, commitment };
  }

  #openings(epoch: string): string {
    return join(this.#directory, `openings-${epoch}`);
  }

  /** Makes the openings of all sealed fields durable. */
  async sync(): Promise<void> {
    const kept = this.#unsynced.splice(0);
    for (const epoch of new Set(kept.map((each) => each.epoch))) {
      const lines = kept.filter((each) => each.epoch === epoch).map(({ line }) => line);
      const descriptor = openSync(this.#openings(epoch), "a", 0o600);
      try {
        appendFileSync(descriptor, lines.join(""));
        fdatasyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    }
    if (kept.length > 0) await syncDirectory(this.#directory);
  }

  async #lines(epoch: string): Promise<readonly string[]> {
    try {
      return (await readFile(this.#openings(epoch), "utf8")).split("\n").filter((line) => line !== "");
    } catch (error) {
      if (systemCode(error) === "ENOENT") return [];
      throw error;
    }
  }

  /** What opens a sealed field; null once it, or its epoch's key, is gone. */
  async opening({ epoch, commitment }: Pick<SealedField, "epoch" | "commitment">): Promise<Opening | null> {
    const key = this.#epochs.get(epoch)?.key;
    const line = (await this.#lines(epoch)).find((each) => each.startsWith(`${commitment} `));
    if (key === undefined || line === undefined) return null;
    const box = Buffer.from(line.slice(commitment.length + 1), "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(commitment)).setAuthTag(box.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return {
      salt: new Uint8Array(plain.subarray(0, SALT_BYTES)),
      value: plain.subarray(SALT_BYTES).toString("utf8"),
    };
  }

  /** Removes the opening of one field, durably; true when there was one. */
  async forget({ epoch, commitment }: Pick<SealedField, "epoch" | "commitment">): Promise<boolean> {
    await this.sync();
    const lines = await this.#lines(epoch);
    const left = lines.filter((line) => !line.startsWith(`${commitment} `));
    if (left.length === lines.length) return false;
    await replaceFileDurably(this.#openings(epoch), left.map((line) => `${line}\n`).join(""), {
      mode: 0o600,
    });
    return true;
  }

  /**
   * Destroys an epoch's key and openings, durably, and gives what an `epoch` entry says of it; null where there was none.
   * What was committed to can not be told from random bytes after that.
   */
  async destroy(epoch: string): Promise<Pick<EpochEntry, "epoch" | "state" | "commitment"> | null> {
    const known = this.#epochs.get(epoch);
    if (known === undefined) return null;
    const commitment = epochCommitment(known.key, nodeSha256);
    this.#unsynced = this.#unsynced.filter((each) => each.epoch !== epoch);
    const keyFile = join(this.#directory, `epoch-${epoch}.key`);
    await replaceFileDurably(join(this.#directory, `epoch-${epoch}.destroyed`), `${commitment}\n`, {
      mode: 0o600,
    });
    // Over the old bytes first: some file systems do so in place. The key is 32 bytes, so that little has to be erased.
    await writeFile(keyFile, `${"0".repeat(2 * EPOCH_KEY_BYTES)}\n`, { flag: "r+", flush: true });
    await rm(keyFile, { force: true });
    await rm(this.#openings(epoch), { force: true });
    await syncDirectory(this.#directory);
    known.key.fill(0);
    this.#epochs.delete(epoch);
    this.#destroyed.add(epoch);
    return { epoch, state: "destroyed", commitment };
  }
}
