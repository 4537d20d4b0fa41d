import { utf8 } from "./bytes.ts";
import { type CosignerKey, parseCosignerKey } from "./cosigner-key.ts";
import { parseVerifierKey, type VerifierKey } from "./key.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";

/** A log that a policy accepts: a plain Ed25519 note key (0x01), or one that signs as a cosigner does (0x04, 0x06). */
export interface PolicyLog {
  readonly key: VerifierKey | CosignerKey;
  readonly url?: string | undefined;
}

/** A witness of a policy. `name` has a meaning in the policy only; octets that are not ASCII are kept as they are. */
export interface PolicyWitness {
  readonly name: string;
  readonly key: CosignerKey;
  readonly url?: string | undefined;
}

/** At least `threshold` of the members, which are witnesses or groups, make a group. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

/** A trust policy (C2SP tlog-policy). `quorum` names a witness or a group, or is null for `quorum none`. */
export interface TlogPolicy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  readonly quorum: string | null;
}

/** Longest policy read, in bytes. */
export const MAX_POLICY_BYTES = 1_048_576;

// Octets are handled as the characters U+0000 to U+00FF: names are opaque, so nothing else is asked of them.
const octets = (bytes: Uint8Array): string => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
};

function textOf(octetText: string): string | null {
  try {
    const bytes = Uint8Array.from(octetText, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16)).join(".");

class PolicyReader {
  readonly logs: PolicyLog[] = [];
  readonly witnesses: PolicyWitness[] = [];
  readonly groups: PolicyGroup[] = [];
  quorum: string | null | undefined;
  readonly #defined = new Set<string>(["none"]);
  readonly #members = new Set<string>();
  readonly #logKeys = new Set<string>();
  readonly #witnessKeys = new Set<string>();

  /** Reads one line's items; the fault, or null. */
  take([keyword, ...items]: readonly string[]): string | null {
    switch (keyword) {
      case "log":
        return this.#log(items);
      case "witness":
        return this.#witness(items);
      case "group":
        return this.#group(items);
      case "quorum":
        return this.#quorum(items);
      default:
        return `unknown keyword \`${keyword?.slice(0, 40)}\`; expected log, witness, group or quorum`;
    }
  }

  #log(items: readonly string[]): string | null {
    const [vkey, url] = items;
    if (vkey === undefined || items.length > 2) return "a log has a verifier key and at most a URL";
    const text = textOf(vkey);
    if (text === null) return "the verifier key is not UTF-8";
    const plain = parseVerifierKey(text);
    const key = plain.ok ? plain : parseCosignerKey(text);
    if (!key.ok) return `the log's key: ${key.issue.message}`;
    const id = hex(key.value.publicKey);
    if (this.#logKeys.has(id)) return "a second log with the same public key";
    this.#logKeys.add(id);
    this.logs.push(url === undefined ? { key: key.value } : { key: key.value, url });
    return null;
  }

  #define(name: string): string | null {
    if (this.#defined.has(name)) return `\`${name.slice(0, 80)}\` is defined already`;
    this.#defined.add(name);
    return null;
  }

  #witness(items: readonly string[]): string | null {
    const [name, vkey, url] = items;
    if (name === undefined || vkey === undefined || items.length > 3)
      return "a witness has a name, a verifier key and at most a URL";
    const text = textOf(vkey);
    if (text === null) return "the verifier key is not UTF-8";
    const key = parseCosignerKey(text);
    if (!key.ok) return `the witness's key: ${key.issue.message}`;
    const id = hex(key.value.publicKey);
    if (this.#witnessKeys.has(id)) return "a second witness with the same public key";
    this.#witnessKeys.add(id);
    this.witnesses.push(url === undefined ? { name, key: key.value } : { name, key: key.value, url });
    return this.#define(name);
  }

  #group(items: readonly string[]): string | null {
    const [name, count, ...members] = items;
    if (name === undefined || count === undefined || members.length === 0)
      return "a group has a name, a threshold (all, any or a number) and at least one member";
    const threshold = thresholdOf(count, members.length);
    if (threshold === null) return `\`${count.slice(0, 40)}\` is no threshold of ${members.length} members`;
    for (const member of members) {
      if (member === "none" || !this.#defined.has(member))
        return `\`${member.slice(0, 80)}\` is not defined before`;
      if (this.#members.has(member)) return `\`${member.slice(0, 80)}\` is a member already`;
      this.#members.add(member);
    }
    this.groups.push({ name, threshold, members });
    return this.#define(name);
  }

  #quorum(items: readonly string[]): string | null {
    const [name] = items;
    if (name === undefined || items.length > 1) return "a quorum has one name";
    if (this.quorum !== undefined) return "a second quorum";
    if (!this.#defined.has(name)) return `\`${name.slice(0, 80)}\` is not defined before`;
    this.quorum = name === "none" ? null : name;
    return null;
  }
}

function thresholdOf(text: string, members: number): number | null {
  if (text === "all") return members;
  if (text === "any") return 1;
  if (!/^[1-9][0-9]{0,5}$/.test(text)) return null;
  const threshold = Number(text);
  return threshold <= members ? threshold : null;
}

/**
 * Reads a policy file (C2SP tlog-policy): lines of `log`, `witness`, `group` and `quorum`.
 *
 * Errors: `audit/policy-malformed` with the line's number.
 */
export function parseTlogPolicy(file: Uint8Array | string): AuditResult<TlogPolicy> {
  const bytes = typeof file === "string" ? utf8(file) : file;
  const fail = (what: string) => refuse("audit/policy-malformed", what);
  if (bytes.length > MAX_POLICY_BYTES) return fail(`policy of ${bytes.length} bytes`);
  const reader = new PolicyReader();
  for (const [at, line] of octets(bytes).split("\n").entries()) {
    const wrong = Array.from(line).find(
      (each) => (each < " " && each !== "\t") || each === String.fromCharCode(0x7f),
    );
    if (wrong !== undefined) return fail(`line ${at + 1}: control character ${wrong.charCodeAt(0)}`);
    const items = line.split(/[ \t]+/).filter((item) => item !== "");
    if (items.length === 0 || items[0]?.startsWith("#")) continue;
    const fault = reader.take(items);
    if (fault !== null) return fail(`line ${at + 1}: ${fault}`);
  }
  const { logs, witnesses, groups, quorum } = reader;
  if (quorum === undefined) return fail("no quorum line");
  return succeed({ logs, witnesses, groups, quorum });
}

/** True when the witnesses that cosigned, by their names in the policy, are the quorum. */
export function isQuorum(policy: TlogPolicy, cosigned: ReadonlySet<string>): boolean {
  if (policy.quorum === null) return true;
  // Groups name only what is defined before them, so one pass in their order settles all.
  const settled = new Set(policy.witnesses.filter(({ name }) => cosigned.has(name)).map(({ name }) => name));
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => settled.has(member)).length >= threshold) settled.add(name);
  }
  return settled.has(policy.quorum);
}
