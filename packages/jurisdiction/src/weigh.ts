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

/** Asks sources about an address; `staleMs` is the age from which data is stale at `at`. */
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
        stale: source.dataAt === null || at - source.dataAt > staleMs,
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
  const everywhere = new Set<Caveat>();
  const places = new Map<string, Claim[]>();
  const registrants = new Map<string, Claim[]>();
  const represented = new Map<string, Claim[]>();
  for (const claim of claims) {
    const { kind, territory, caveats } = claim.finding;
    if (territory === null) {
      for (const caveat of caveats) everywhere.add(caveat);
      continue;
    }
    if (kind === "registration") add(registrants, territory, claim);
    else if (kind === "representation") add(represented, territory, claim);
    else add(places, territory, claim);
  }
  const lists = detail ? claims.filter((claim) => claim.finding.territory === null) : [];
  const candidates = weighAll(connector, places, everywhere, lists, detail);
  if (!detail) return { candidates, aside: [], declined: everywhere.has("operator-declined") };
  const only: ReadonlySet<Caveat> = candidates.length === 0 ? new Set(["registration-only"]) : new Set();
  return {
    candidates,
    aside: [
      ...weighAll("network-registrant", registrants, only, [], detail),
      ...weighAll("network-representation", represented, new Set(), [], detail),
    ],
    declined: everywhere.has("operator-declined"),
  };
}

function add(to: Map<string, Claim[]>, territory: string, claim: Claim): void {
  const known = to.get(territory);
  if (known === undefined) to.set(territory, [claim]);
  else known.push(claim);
}

function weighAll(
  connector: EvidenceConnector,
  places: ReadonlyMap<string, readonly Claim[]>,
  everywhere: ReadonlySet<Caveat>,
  lists: readonly Claim[],
  detail: boolean,
): readonly Candidate[] {
  if (places.size === 0) return [];
  const candidates: Candidate[] = [];
  for (const [territory, claims] of places)
    candidates.push(weighed(connector, territory, claims, everywhere, lists, places.size > 1, detail));
  return candidates.length === 1
    ? candidates
    : candidates.toSorted((a, b) => (a.territory < b.territory ? -1 : 1));
}

// Sources with few doubts count before those with more: at each number of doubts, what two vendors say is worth 0.9 and what one
// says 0.8, halved once for each doubt; the best of these is the confidence. More claims can only raise it.
function weighed(
  connector: EvidenceConnector,
  territory: string,
  claims: readonly Claim[],
  everywhere: ReadonlySet<Caveat>,
  lists: readonly Claim[],
  contested: boolean,
  detail: boolean,
): Candidate {
  const doubts = claims.map((claim) => doubtsOf(claim, everywhere));
  let confidence = 0;
  let agreement = false;
  let worst = 0;
  for (const level of doubts) {
    const vendors = new Set<string>();
    claims.forEach((claim, index) => {
      if ((doubts[index] ?? 0) <= level) vendors.add(claim.vendor);
    });
    const score = (vendors.size > 1 ? AGREEMENT_CONFIDENCE : SINGLE_SOURCE_CONFIDENCE) / 2 ** level;
    if (score <= confidence) continue;
    confidence = score;
    agreement = vendors.size > 1;
    worst = level;
  }
  if (contested) confidence *= CONFLICT_CONFIDENCE / SINGLE_SOURCE_CONFIDENCE;
  const caveats = new Set<Caveat>(everywhere);
  claims.forEach((claim, index) => {
    if ((doubts[index] ?? 0) > worst) return;
    for (const caveat of claim.finding.caveats) caveats.add(caveat);
    if (claim.stale) caveats.add("stale");
  });
  if (ambiguousParts(territory).length > 0) caveats.add("ambiguous-code");
  if (disputeOf(territory) !== null) caveats.add("disputed");
  return {
    connector,
    territory,
    confidence,
    basis: agreement && !contested ? "agreement" : "single-source",
    evidence: detail ? [...claims, ...lists].map(evidenceOf) : [],
    caveats: caveats.size < 2 ? [...caveats] : [...caveats].toSorted(),
  };
}

function doubtsOf(claim: Claim, everywhere: ReadonlySet<Caveat>): number {
  let count = claim.stale ? 1 : 0;
  for (const caveat of everywhere) if (isDoubt(caveat)) count += 1;
  for (const caveat of claim.finding.caveats)
    if (isDoubt(caveat) && !everywhere.has(caveat) && caveat !== "stale") count += 1;
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
