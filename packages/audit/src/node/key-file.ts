import type { KeyObject } from "node:crypto";
import { randomBytes } from "node:crypto";
import { link, readFile, stat, unlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { formatSignerKey, formatVerifierKey, noteKeyId, parseSignerKey } from "../key.ts";
import { isKeyName } from "../note.ts";
import { AuditError, systemCode } from "./audit-error.ts";
import { makeDirectory, replaceFile, replaceFileDurably, syncDirectory } from "./durable-file.ts";
import { hasMlDsa44, mlDsaSigner, type SecondSigner } from "./ml-dsa-key.ts";
import { nodeSha256, privateKeyOf, publicBytesOf } from "./node-hash.ts";

/**
 * The signing key of a log.
 *
 *   name         origin of the log
 *   keyId        4-byte note key id, as an unsigned number
 *   verifierKey  the public half, `name+hash+base64` (C2SP signed-note): publish it
 *   privateKey   for node:crypto; never printed
 *   second       further signature of every checkpoint
 */
export interface AuditKey {
  readonly name: string;
  readonly keyId: number;
  readonly verifierKey: string;
  readonly privateKey: KeyObject;
  /** Signs every checkpoint a second time, with ML-DSA-44; null where this Node has it not. */
  readonly second: SecondSigner | null;
}

function keyOf(name: string, seed: Uint8Array): Omit<AuditKey, "second"> {
  const privateKey = privateKeyOf(seed);
  const publicKey = publicBytesOf(privateKey);
  const keyId = noteKeyId(name, publicKey, nodeSha256);
  return { name, keyId, verifierKey: formatVerifierKey({ name, keyId, publicKey }), privateKey };
}

async function createKey(path: string, content: string): Promise<void> {
  await makeDirectory(dirname(path));
  const fresh = `${path}.new-${randomBytes(6).toString("hex")}`;
  await replaceFile(fresh, content, { mode: 0o600 });
  // `link` never replaces: of two processes that create the key at once, one wins and both read the same.
  await link(fresh, path).catch((error: unknown) => {
    if (systemCode(error) !== "EEXIST") throw error;
  });
  await unlink(fresh);
  await syncDirectory(dirname(path));
}

/**
 * The key in a file, made on the first call. The file has mode 0600 and holds one line in the signer key form of
 * the note format; the verifier key is written beside it, as `<path>.pub`. Where this Node has ML-DSA-44, a second key
 * is kept the same way in `<path>.ml-dsa-44` and `<path>.ml-dsa-44.pub`.
 *
 * Errors: `audit/key-malformed`, `audit/key-permissions` when others may read the file, `audit/origin-mismatch`
 * when the file holds the key of another name; errors of the file system pass through.
 */
export async function loadOrCreateKey(keyPath: string, name: string): Promise<AuditKey> {
  const path = resolve(keyPath);
  if (!isKeyName(name)) {
    throw new AuditError(
      "audit/key-malformed",
      `\`${name}\` is not a key name: no spaces, no plus, not empty`,
    );
  }
  if (!(await exists(path))) {
    const seed = new Uint8Array(randomBytes(32));
    const { keyId } = keyOf(name, seed);
    await createKey(path, `${formatSignerKey({ name, keyId, seed })}\n`);
  }
  const signer = parseSignerKey(await readPrivate(path));
  if (!signer.ok) {
    throw new AuditError(signer.issue.code, `${path}: ${signer.issue.message}`, {
      help: "restore the file; a new key makes a new log for those who verify it",
    });
  }
  const key = keyOf(signer.value.name, signer.value.seed);
  if (key.keyId !== signer.value.keyId) {
    throw new AuditError("audit/key-malformed", `${path}: the key id does not belong to this name and key`);
  }
  if (key.name !== name) {
    throw new AuditError(
      "audit/origin-mismatch",
      `${path} holds the key of \`${key.name}\`, not of \`${name}\``,
    );
  }
  await publishKey(path, key.verifierKey);
  return { ...key, second: await loadOrCreateSecond(`${path}.ml-dsa-44`, name) };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

async function readPrivate(path: string): Promise<string> {
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new AuditError("audit/key-permissions", `others may read the key file ${path}`, {
      help: `chmod 600 ${path}; if they may have read it, replace the key`,
    });
  }
  return (await readFile(path, "utf8")).trim();
}

async function publishKey(path: string, verifierKey: string): Promise<void> {
  const published = await readFile(`${path}.pub`, "utf8").catch(() => "");
  if (published !== `${verifierKey}\n`) await replaceFileDurably(`${path}.pub`, `${verifierKey}\n`);
}

/** The seed is kept as 64 hex digits; a Node without ML-DSA-44 leaves the file alone. */
async function loadOrCreateSecond(path: string, name: string): Promise<SecondSigner | null> {
  if (!hasMlDsa44()) return null;
  if (!(await exists(path))) await createKey(path, `${randomBytes(32).toString("hex")}\n`);
  const text = await readPrivate(path);
  const second = /^[0-9a-f]{64}$/.test(text)
    ? mlDsaSigner(name, new Uint8Array(Buffer.from(text, "hex")))
    : null;
  if (second === null) {
    throw new AuditError("audit/key-malformed", `${path} does not hold the 64 hex digits of a seed`, {
      help: "restore the file, or remove it: the second signature then begins anew under another key",
    });
  }
  await publishKey(path, second.verifierKey);
  return second;
}
