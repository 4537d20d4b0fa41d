// One decision entry, made again: the request that it says was decided on, the image that it names, the decision that
// follows, and the entry that would be written. What differs is told by member and by byte.
import { type DecisionEntry, encodeEntry } from "@demarc/audit";
import type { Decision, Place, Request } from "@demarc/matcher";
import { parseAddress } from "@demarc/net";
import { decisionEntry, pendingConflict, type RuleFacts, ruleFacts } from "@demarc/runtime";

/** The first member in which an entry and its re-derivation differ. */
export interface Difference {
  /** JSON pointer into the entry. */
  readonly pointer: string;
  /** Offset of the first differing byte in the entry as it is in the log. */
  readonly byte: number;
  /** What the log has, and what follows; undefined where the member is absent. */
  readonly logged: unknown;
  readonly derived: unknown;
}

/** The request that an entry says was decided on, or the member that can not be read. */
export function requestOf(entry: DecisionEntry): Request | { readonly unreadable: string } {
  const { input, places } = entry;
  if (input.sealed !== undefined && input.sealed.length > 0) return { unreadable: "/input/sealed" };
  const address = input.address === undefined ? undefined : parseAddress(input.address);
  if (address !== undefined && !address.ok) return { unreadable: "/input/address" };
  return {
    at: Date.parse(entry.time),
    name: input.name,
    address: address?.value,
    port: input.port,
    protocol: input.protocol,
    url: input.url,
    dataClasses: input.dataClasses,
    places: places as readonly Place[],
  };
}

/**
 * The entry that this decision would have been written as. What an enforcement point alone knows is taken over: number,
 * reference, response, pseudonym, and the engine, which the caller has chosen by what the entry says.
 */
export function derivedEntry(entry: DecisionEntry, request: Request, decision: Decision): DecisionEntry {
  const { activation, rulePolicy: _rulePolicy, ...policy } = entry.policy;
  const { rule, observed, effect, verdict, reason, image } = decision;
  const rules: RuleFacts[] = [];
  const conflicting = (decision.conflict?.laws ?? []).map((law) => law.rule);
  for (const each of [...(rule === null ? [] : [rule]), ...observed, ...conflicting])
    rules[each.index] = ruleFacts(each);
  const { name, address, port, protocol, url, dataClasses, places = [] } = request;
  const pending = {
    run: entry.run,
    seq: entry.seq,
    ref: entry.id,
    at: request.at,
    places,
    name,
    address,
    port,
    protocol,
    url,
    dataClasses,
    effect,
    verdict,
    reason,
    rule: rule?.index ?? -1,
    observed: observed.map(({ index }) => index),
    conflict: pendingConflict(decision.conflict),
    object: policy.object,
    data: entry.data,
    response: entry.response,
  };
  const named = { policy: { ...policy, image }, rules, engine: entry.engine };
  const made = decisionEntry(pending, entry.enforcer, named, activation);
  return entry.client === undefined ? made : { ...made, client: entry.client };
}

/** The first difference between an entry, with its bytes, and what was derived; null where they are the same. */
export function differenceOf(
  bytes: Uint8Array,
  entry: DecisionEntry,
  derived: DecisionEntry,
): Difference | null {
  const encoded = encodeEntry(derived);
  if (encoded.ok && Buffer.compare(encoded.value, bytes) === 0) return null;
  const other = encoded.ok ? encoded.value : new Uint8Array(0);
  let byte = 0;
  while (byte < bytes.length && bytes[byte] === other[byte]) byte += 1;
  return { ...(firstDifference(entry, derived, "") ?? { pointer: "", logged: entry, derived }), byte };
}

// Members in the order of canonical JSON, so that the member is the one that the byte is in.
function firstDifference(
  logged: unknown,
  derived: unknown,
  pointer: string,
): Omit<Difference, "byte"> | null {
  if (isContainer(logged) && isContainer(derived) && Array.isArray(logged) === Array.isArray(derived)) {
    const names = [...new Set([...Object.keys(logged), ...Object.keys(derived)])];
    for (const name of Array.isArray(logged) ? names : names.toSorted()) {
      const found = firstDifference(logged[name], derived[name], `${pointer}/${name}`);
      if (found !== null) return found;
    }
    return null;
  }
  return Object.is(logged, derived) ? null : { pointer, logged, derived };
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
