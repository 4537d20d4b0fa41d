import { toHex } from "../bytes.ts";
import type { DecisionEntry, Entry, PolicyActivatedEntry, PolicyRetiredEntry } from "../entry.ts";
import { type Hash, leafHash, sha256 } from "../hash.ts";

/** An entry of a log, as exporters take it: its origin and position, its bytes, and what they say. */
export interface ExportedEntry {
  readonly origin: string;
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly entry: Entry;
}

/** Version of the OCSF schema that events are written for. */
export const OCSF_VERSION = "1.8.0";

const PRODUCT = { name: "demarc", vendor_name: "demarc" };
const SHA_256 = 3;
const RCODES: Readonly<Record<string, number>> = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };

// 16-bit header fields and the like are the enforcement point's; what the log has is the decision.
function common(
  { origin, index, bytes, entry }: ExportedEntry,
  time: string,
  uids: readonly number[],
  hash: Hash,
) {
  const [category = 0, classUid = 0, activity = 0] = uids;
  return {
    activity_id: activity,
    category_uid: category,
    class_uid: classUid,
    type_uid: classUid * 100 + activity,
    severity_id: 1,
    time: Date.parse(time),
    metadata: {
      version: OCSF_VERSION,
      product: PRODUCT,
      profiles: ["security_control"],
      log_name: origin,
      uid: `${origin}#${index}`,
      sequence: index,
      log_provider: entry.enforcer,
    },
    raw_data_hash: { algorithm_id: SHA_256, algorithm: "SHA-256", value: toHex(leafHash(bytes, hash)) },
  };
}

function control({ decision, policy, response, mode }: DecisionEntry) {
  // A name that is answered otherwise is modified, what is not answered or refused is denied.
  const isModified = decision.verdict === "refuse" && response.startsWith("sinkhole");
  const [action, disposition] =
    mode === "observed" ? [3, 17] : decision.verdict === "pass" ? [1, 1] : isModified ? [4, 2] : [2, 2];
  return {
    action_id: action,
    disposition_id: disposition,
    policy: { uid: policy.set, name: policy.set, version: policy.version, is_applied: mode === "enforced" },
    ...(decision.rule === null ? {} : { firewall_rule: { uid: decision.rule, name: decision.rule } }),
  };
}

/** What OCSF has no attribute for: law, jurisdiction, and what a proof needs. */
function unmapped(entry: DecisionEntry) {
  const { places, law, decision, policy, engine, run, seq, id, data } = entry;
  return { places, law, decision, policy, engine, data, reference: id, run, seq };
}

function decisionEvent(logged: ExportedEntry, entry: DecisionEntry, hash: Hash) {
  const { input, response, enforcer } = entry;
  const rest = { ...control(entry), status_id: 1, status_code: response, unmapped: unmapped(entry) };
  const endpoint = {
    ...(input.name === undefined ? {} : { hostname: input.name }),
    ...(input.address === undefined ? {} : { ip: input.address }),
    ...(input.port === undefined ? {} : { port: input.port }),
  };
  const dst = Object.keys(endpoint).length === 0 ? { name: enforcer } : endpoint;
  const code = Number(response.slice(0, 3));
  if (input.url !== undefined || (code >= 100 && code < 600))
    return {
      ...common(logged, entry.time, [4, 4002, 0], hash),
      ...rest,
      dst_endpoint: dst,
      http_request: input.url === undefined ? {} : { url: { url_string: input.url } },
      ...(code >= 100 && code < 600 ? { http_response: { code } } : {}),
    };
  const rcode = RCODES[response.split(/[ (]/)[0] ?? ""];
  if (input.name !== undefined && (rcode !== undefined || input.address === undefined))
    return {
      ...common(logged, entry.time, [4, 4003, 6], hash),
      ...rest,
      dst_endpoint: { name: enforcer },
      query: { hostname: input.name },
      ...(rcode === undefined ? {} : { rcode_id: rcode }),
    };
  return { ...common(logged, entry.time, [4, 4001, 5], hash), ...rest, dst_endpoint: dst };
}

function policyEvent(logged: ExportedEntry, entry: PolicyActivatedEntry | PolicyRetiredEntry, hash: Hash) {
  const { policy, type } = entry;
  return {
    ...common(logged, entry.time, [3, 3004, type === "policy.activated" ? 10 : 11], hash),
    status_id: 1,
    entity: {
      uid: policy.object,
      name: policy.set,
      type: "policy set",
      version: policy.version,
      policy: {
        uid: policy.set,
        name: policy.set,
        version: policy.version,
        is_applied: type === "policy.activated",
      },
    },
    unmapped: {
      policy,
      ...("manifest" in entry ? { manifest: entry.manifest, engine: entry.engine } : { cause: entry.cause }),
    },
  };
}

/**
 * An entry as an OCSF event: a decision as DNS Activity (4003), HTTP Activity (4002) or Network Activity (4001), a change of
 * policy as Entity Management (3004); null for entries that OCSF has no class for. The index is `metadata.sequence`, the
 * leaf hash `raw_data_hash`, and what OCSF has no word for is in `unmapped`.
 */
export function toOcsf(logged: ExportedEntry, hash: Hash = sha256): Readonly<Record<string, unknown>> | null {
  const { entry } = logged;
  if (entry.type === "decision") return decisionEvent(logged, entry, hash);
  if (entry.type === "policy.activated" || entry.type === "policy.retired")
    return policyEvent(logged, entry, hash);
  return null;
}
