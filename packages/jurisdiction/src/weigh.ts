// What sources say about one place, weighed. The method is in the docstring of createResolver, and in the README.
import type { Address } from "@demarc/net";
import { type AddressSource, type Caveat, type Finding, isDoubt } from "./evidence.ts";
import type {
  Candidate,
  Connector,
  Evidence,
  EvidenceConnector,
  SourceFault,
  Unknown,
} from "./resolution.ts";
import { disputeOf } from "./state.ts";
import { ambiguousParts } from "./territory.ts";

/**
 * Confidence of a location that one source asserts. One source is never enough for a rule that asks for 0.9:
 * unrelated databases disagree on about one address in ten.
 */
export const SINGLE_SOURCE_CONFIDENCE = 0.8;

/** Confidence where two or more independent sources agree and none disagrees. */
export const AGREEMENT_CONFIDENCE = 0.9;

/** Confidence of a candidate that one source asserts and another contradicts. */
export const CONFLICT_CONFIDENCE = 0.4;

/** Candidates for one address, sorted by territory; `unknown` says why there are none. */
export interface Answer {
  readonly candidates: readonly Candidate[];
  /** What the sources say beside a location: registration and representation. */
  readonly aside: readonly Candidate[];
  readonly unknown: Unknown["reason"] | null;
  readonly faults: readonly SourceFault[];
  /** Bits of the address that the answer depends on. */
  readonly length: number;
}

/** A finding with who makes it, and its age. */
export interface Claim {
  readonly finding: Omit<Finding, "prefix"> & { readonly prefix: string | null };
  readonly source: string;
  readonly vendor: string;
  readonly dataDate: string | null;
  readonly stale: boolean;
}

/** Asks sources about an address; data that is more than `staleMs` before or after `at` is stale. */
export function askSources(
  sources: readonly AddressSource[],
  connector: Connector,
  address: Address,
  at: number,
  staleMs: number,
): { readonly claims: Claim[]; readonly faults: SourceFault[]; readonly length: number } {
  const claims: Claim[] = [];
  const faults: SourceFault[] = [];
  let reach = 0;
  for (const source of sources) {
    const answer = source.find(address);
    if (!answer.ok) {
      faults.push({ connector, source: source.name, code: answer.issue.code });
      reach = address.length * 8;
      continue;
    }
    const { findings, length } = answer.value;
    if (length > reach) reach = length;
    for (const finding of findings)
      claims.push({
        finding,
        source: source.name,
        vendor: source.vendor,
        dataDate: source.dataDate,
        // An instant that is none is of no data's time.
        stale: source.dataAt === null || !(Math.abs(at - source.dataAt) <= staleMs),
      });
  }
  return { claims, faults, length: reach };
}

/** Weighs claims about one connector. Without `detail` candidates have no evidence, and cost less. */
export function weigh(
  connector: Connector,
  claims: readonly Claim[],
  detail: boolean,
): {
  readonly candidates: readonly Candidate[];
  readonly aside: readonly Candidate[];
  readonly declined: boolean;
} {
  let everywhere = NO_CAVEATS;
  const places: Place[] = [];
  const registrants: Place[] = [];
  const represented: Place[] = [];
  for (const claim of claims) {
    const { kind, territory, caveats } = claim.finding;
    if (territory === null) everywhere = joined(everywhere, caveats);
    else if (kind === "registration") add(registrants, territory, claim);
    else if (kind === "representation") add(represented, territory, claim);
    else add(places, territory, claim);
  }
  const lists =
    detail && everywhere.length > 0 ? claims.filter((claim) => claim.finding.territory === null) : NO_CLAIMS;
  const candidates = weighAll(connector, places, everywhere, lists, detail);
  const declined = everywhere.includes("operator-declined");
  if (!detail || registrants.length + represented.length === 0) return { candidates, aside: [], declined };
  const only = candidates.length === 0 ? REGISTRATION_ONLY : NO_CAVEATS;
  return {
    candidates,
    aside: [
      ...weighAll("network-registrant", registrants, only, NO_CLAIMS, detail),
      ...weighAll("network-representation", represented, NO_CAVEATS, NO_CLAIMS, detail),
    ],
    declined,
  };
}

// Claims about one territory. There are few: a list is quicker than a map.
interface Place {
  readonly territory: string;
  readonly claims: Claim[];
}

const NO_CAVEATS: readonly Caveat[] = Object.freeze([]);
const NO_CLAIMS: readonly Claim[] = Object.freeze([]);
const REGISTRATION_ONLY: readonly Caveat[] = Object.freeze(["registration-only" as const]);

function add(to: Place[], territory: string, claim: Claim): void {
  for (const place of to)
    if (place.territory === territory) {
      place.claims.push(claim);
      return;
    }
  to.push({ territory, claims: [claim] });
}

// Both without repetition; the first itself where the second adds nothing.
function joined(known: readonly Caveat[], more: readonly Caveat[]): readonly Caveat[] {
  let all = known;
  for (const caveat of more) if (!all.includes(caveat)) all = [...all, caveat];
  return all;
}

function weighAll(
  connector: EvidenceConnector,
  places: readonly Place[],
  everywhere: readonly Caveat[],
  lists: readonly Claim[],
  detail: boolean,
): readonly Candidate[] {
  if (places.length === 0) return [];
  const contested = places.length > 1;
  const candidates = places.map(({ territory, claims }) =>
    weighed(connector, territory, claims, everywhere, lists, contested, detail),
  );
  return contested ? candidates.sort((a, b) => (a.territory < b.territory ? -1 : 1)) : candidates;
}

// Sources with few doubts count before those with more: at each number of doubts, what two vendors say is worth 0.9 and what one
// says 0.8, halved once for each doubt; the best of these is the confidence. More claims can only raise it.
function weighed(
  connector: EvidenceConnector,
  territory: string,
  claims: readonly Claim[],
  everywhere: readonly Caveat[],
  lists: readonly Claim[],
  contested: boolean,
  detail: boolean,
): Candidate {
  let confidence = 0;
  let agreement = false;
  let worst = 0;
  for (const claim of claims) {
    const level = doubtsOf(claim, everywhere);
    const agreed = areSeveral(claims, everywhere, level);
    const score = (agreed ? AGREEMENT_CONFIDENCE : SINGLE_SOURCE_CONFIDENCE) / 2 ** level;
    if (score <= confidence) continue;
    confidence = score;
    agreement = agreed;
    worst = level;
  }
  if (contested) confidence *= CONFLICT_CONFIDENCE / SINGLE_SOURCE_CONFIDENCE;
  let caveats = everywhere;
  for (const claim of claims) {
    if (!claim.stale && claim.finding.caveats.length === 0) continue;
    if (doubtsOf(claim, everywhere) > worst) continue;
    caveats = joined(caveats, claim.finding.caveats);
    if (claim.stale) caveats = joined(caveats, STALE);
  }
  if (ambiguousParts(territory).length > 0) caveats = joined(caveats, AMBIGUOUS);
  if (disputeOf(territory) !== null) caveats = joined(caveats, DISPUTED);
  return {
    connector,
    territory,
    confidence,
    basis: agreement && !contested ? "agreement" : "single-source",
    evidence: detail ? (lists.length === 0 ? claims : [...claims, ...lists]).map(evidenceOf) : [],
    caveats: caveats.length < 2 ? caveats : caveats.toSorted(),
  };
}

const STALE: readonly Caveat[] = ["stale"];
const AMBIGUOUS: readonly Caveat[] = ["ambiguous-code"];
const DISPUTED: readonly Caveat[] = ["disputed"];

// Whether claims with at most so many doubts are of two vendors.
function areSeveral(claims: readonly Claim[], everywhere: readonly Caveat[], level: number): boolean {
  if (claims.length === 1) return false;
  let first: string | undefined;
  for (const claim of claims) {
    if (claim.vendor === first || doubtsOf(claim, everywhere) > level) continue;
    if (first !== undefined) return true;
    first = claim.vendor;
  }
  return false;
}

function doubtsOf(claim: Claim, everywhere: readonly Caveat[]): number {
  const { caveats } = claim.finding;
  let count = claim.stale ? 1 : 0;
  if (everywhere.length + caveats.length === 0) return count;
  for (const caveat of everywhere) if (isDoubt(caveat)) count += 1;
  for (const caveat of caveats)
    if (isDoubt(caveat) && !everywhere.includes(caveat) && caveat !== "stale") count += 1;
  return count;
}

function evidenceOf({ finding, source, dataDate }: Claim): Evidence {
  return {
    kind: finding.kind,
    value: finding.region ?? finding.territory,
    source,
    dataDate,
    prefix: finding.prefix,
  };
}
