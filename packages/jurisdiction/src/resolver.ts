// Evidence in, places out. The order of asking is the order of knowledge: the operator's own map, then special-purpose
// space, then every other source. Unknown stays unknown, with its reason.
import { type Address, addressKind, embeddedAddress, type Prefix, unmapAddress } from "@demarc/net";
import { type DatabaseSource, databaseSource } from "./database-source.ts";
import { type AddressSource, type Caveat, masked, prefixText } from "./evidence.ts";
import { membershipOf, standing } from "./group.ts";
import { PlaceCache } from "./internal/place-cache.ts";
import type { NetworkEntry, NetworkMap } from "./network-map.ts";
import type {
  Candidate,
  Conflict,
  Connector,
  PlacedCandidate,
  Resolution,
  SourceFault,
  Standing,
  Unknown,
} from "./resolution.ts";
import { disputeOf, sovereignOf, type View, viewName } from "./state.ts";
import { ambiguousParts, isTerritory } from "./territory.ts";
import type { HeaderFinding } from "./trusted-header.ts";
import { type Answer, askSources, type Claim, weigh } from "./weigh.ts";

/** What a resolver knows. */
export interface ResolverSources {
  /** Where the operator is established; it declares that itself. */
  readonly operator: string;
  /** One map or several; the longest prefix of all decides, and of equal ones that of the first. */
  readonly networks?: NetworkMap | readonly NetworkMap[] | undefined;
  readonly databases?: readonly DatabaseSource[] | undefined;
  /** Other sources: geofeeds, registries, lists of relays, tables. */
  readonly sources?: readonly AddressSource[] | undefined;
  /** Days that a source's data may be before or after the instant; else it is stale, and its confidence halved. 60 unless said. */
  readonly staleAfterDays?: number | undefined;
  /** To which states disputed territories belong; `iso` unless said. The resolution records its name. */
  readonly view?: View | undefined;
  /** Groups whose standing every candidate tells, as of the instant; none unless said. */
  readonly groups?: readonly string[] | undefined;
}

/** A place that someone declares: where data lies, where a service is established. */
export interface Declaration {
  readonly connector: Connector;
  readonly territory: string;
  /** 0–1, as sure as the caller is of the one who declares. */
  readonly confidence: number;
  /** Who says so. */
  readonly source: string;
}

/** What is known of one request. */
export interface Signals {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly client?: Address | undefined;
  /** The network of the client that a resolver told (EDNS client subnet); located instead of `client`, which is the resolver then. */
  readonly clientSubnet?: Prefix | undefined;
  readonly host?: Address | undefined;
  /** What trusted proxies say about the client's location. */
  readonly located?: readonly HeaderFinding[] | undefined;
  readonly declared?: readonly Declaration[] | undefined;
}

/** A place as decisions take it. */
export interface ResolvedPlace {
  readonly connector: Connector;
  readonly territory: string;
  readonly confidence: number;
}

/** Resolves signals. Its only state is a bounded cache of answers, which changes no answer. */
export interface Resolver {
  /** The full answer, with evidence, conflicts and unknowns. */
  readonly resolve: (signals: Signals) => Resolution;
  /**
   * `toPlaces(resolve(...))` without the evidence, for the hot path. Arrays are shared and frozen. Without a host, an answer
   * given before for the same prefix costs no allocation.
   */
  readonly placesOf: (client: Address | null, host: Address | null, at: number) => readonly ResolvedPlace[];
  /** Labels that the operator's map puts on flows of this client. */
  readonly dataClassesOf: (client: Address) => readonly string[];
}

/**
 * Makes a resolver.
 *
 * Method of confidence: the operator's map gives its entry's own (0.95 unless it says otherwise) and is asked alone when
 * it knows the address; one source 0.8; two or more of different vendors that agree 0.9; each doubt about what a source says (a
 * halving caveat, stale data) halves that source's part, and the best of what sources with few doubts say counts; a doubt that a
 * list states about the address halves all; where sources disagree, all are halved once more. So more evidence for a place never lowers it.
 * A registered or represented country is never taken for a location. The map does not grow stale: whoever keeps it knows its
 * own networks.
 */
export function createResolver(sources: ResolverSources): Resolver {
  const { view = "iso", groups = NO_LABELS } = sources;
  const maps = mapsOf(sources.networks);
  const asked = [...(sources.databases ?? []).map(databaseSource), ...(sources.sources ?? [])];
  const staleMs = (sources.staleAfterDays ?? DEFAULT_STALE_DAYS) * DAY_MS;
  const epochOf = epochs(asked, staleMs);
  const operator = declaredCandidate({
    connector: "operator-establishment",
    territory: sources.operator,
    confidence: 1,
    source: "policy set",
  });
  const operatorOnly = Object.freeze(placesOfCandidates([operator]));
  // The map of the last entry found, beside it: a pair would cost an allocation per packet.
  let foundIn: NetworkMap | undefined;
  const find = (address: Address, connector: LocationConnector): NetworkEntry | null => {
    let best: NetworkEntry | null = null;
    for (const map of maps) {
      const entry = connector === "subject-location" ? map.findClient(address) : map.findHost(address);
      if (entry === null || (best !== null && entry.prefix.length <= best.prefix.length)) continue;
      best = entry;
      foundIn = map;
    }
    return best;
  };

  const locate = (connector: LocationConnector, given: Address | undefined, at: number, how: How): Answer => {
    const { detail, located = NO_CLAIMS } = how;
    const unknown = (reason: Unknown["reason"], length: number): Answer => {
      if (located.length === 0) return { candidates: [], aside: [], unknown: reason, faults: [], length };
      const { candidates } = weigh(connector, located, detail);
      return { candidates, aside: [], unknown: candidates.length > 0 ? null : reason, faults: [], length };
    };
    if (given === undefined) return unknown("no-signal", 0);
    if (given.length !== 4 && given.length !== 16) return unknown("malformed", 0);
    const address = unmapAddress(given);
    const bits = address.length * 8;
    // An IPv4 address that an IPv6 one carries is the one that has a place; the map may know either.
    const embedded = embeddedAddress(address);
    for (const each of embedded === null ? [address] : [address, embedded]) {
      const entry = find(each, connector);
      if (entry === null || foundIn === undefined) continue;
      const candidate = mapped(connector, entry, foundIn);
      const candidates = [each === address ? candidate : marked(candidate)];
      return { candidates, aside: [], unknown: null, faults: [], length: bits };
    }
    if (addressKind(address) !== "global") return unknown("reserved", bits);
    if (asked.length === 0) return unknown("no-source", bits);
    const { claims, faults, length } = askSources(asked, connector, embedded ?? address, at, staleMs);
    const about =
      how.subnet === undefined ? claims : claims.map((claim) => toldBySubnet(claim, how.subnet as Prefix));
    const said = located.length === 0 ? about : [...about, ...located];
    const { candidates, aside, declined } = weigh(connector, said, detail);
    return {
      candidates: embedded === null ? candidates : candidates.map(marked),
      aside: connector === "subject-location" ? aside : [],
      unknown: candidates.length > 0 ? null : declined ? "declined" : reasonOf(faults),
      faults,
      // The map, and what is special about an address, are not asked by prefix.
      length: maps.length === 0 && embedded === null && !isPatchwork(address) ? length : bits,
    };
  };

  // Named one by one: a spread is slow, and this is done for every candidate.
  const placed = (candidate: Candidate, at: number): PlacedCandidate => ({
    connector: candidate.connector,
    territory: candidate.territory,
    confidence: candidate.confidence,
    basis: candidate.basis,
    evidence: candidate.evidence,
    caveats: candidate.caveats,
    scheme: schemeOf(candidate.territory),
    sovereign: sovereignOf(candidate.territory, at, view),
    dispute: disputeOf(candidate.territory),
    status: groups.map((group) => standingOf(group, candidate.territory, at, view)),
  });

  const resolve = ({
    at,
    client,
    clientSubnet,
    host,
    located = NO_FINDINGS,
    declared = NO_DECLARED,
  }: Signals): Resolution => {
    const told = located.map(headerClaim);
    const subject = locate("subject-location", clientSubnet?.address ?? client, at, {
      detail: true,
      located: told,
      subnet: clientSubnet,
    });
    const target = locate("host-location", host, at, { detail: true });
    const unknown: Unknown[] = [];
    if (subject.unknown !== null) unknown.push({ connector: "subject-location", reason: subject.unknown });
    if (target.unknown !== null) unknown.push({ connector: "host-location", reason: target.unknown });
    const candidates: PlacedCandidate[] = [];
    for (const each of subject.candidates) candidates.push(placed(each, at));
    for (const each of target.candidates) candidates.push(placed(each, at));
    candidates.push(placed(operator, at));
    for (const each of declared)
      if (isSound(each)) candidates.push(placed(declaredCandidate(each), at));
      else unknown.push({ connector: each.connector, reason: "malformed" });
    for (const each of subject.aside) candidates.push(placed(each, at));
    const conflicts: Conflict[] = [];
    addConflict(conflicts, "subject-location", subject);
    addConflict(conflicts, "host-location", target);
    return {
      at,
      view: viewName(view),
      candidates,
      unknown,
      conflicts,
      faults: target.faults.length === 0 ? subject.faults : [...subject.faults, ...target.faults],
    };
  };

  const cache = new PlaceCache<Kept>();
  const nowhere: Kept = { places: [], withOperator: operatorOnly };
  const subjectOf = (client: Address, at: number): Kept => {
    const epoch = epochOf(at);
    if (client.length !== 4 && client.length !== 16) return nowhere;
    const known = cache.get(client, epoch);
    if (known !== undefined) return known;
    const { candidates, length } = locate("subject-location", client, at, { detail: false });
    const places = Object.freeze(placesOfCandidates(candidates));
    const kept = {
      places,
      withOperator: places.length === 0 ? operatorOnly : Object.freeze([...places, ...operatorOnly]),
    };
    cache.set(client, length, epoch, kept);
    return kept;
  };

  const placesOf: Resolver["placesOf"] = (client, host, at) => {
    const subject = client === null ? null : subjectOf(client, at);
    if (host === null) return subject === null ? operatorOnly : subject.withOperator;
    const target = placesOfCandidates(locate("host-location", host, at, { detail: false }).candidates);
    if (target.length > 0) return [...(subject?.places ?? []), ...target, ...operatorOnly];
    return subject === null ? operatorOnly : subject.withOperator;
  };

  return {
    resolve,
    placesOf,
    dataClassesOf: (client) => find(unmapAddress(client), "subject-location")?.dataClasses ?? NO_LABELS,
  };
}

/**
 * The places of a resolution, as decisions take them. An ambiguous code is left out: it stands for places under
 * different law, so it places nothing; and so is what is no location.
 */
export function toPlaces(resolution: Resolution): readonly ResolvedPlace[] {
  return placesOfCandidates(resolution.candidates);
}

type LocationConnector = "subject-location" | "host-location";

interface How {
  readonly detail: boolean;
  readonly located?: readonly Claim[] | undefined;
  readonly subnet?: Prefix | undefined;
}

interface Kept {
  readonly places: readonly ResolvedPlace[];
  readonly withOperator: readonly ResolvedPlace[];
}

const DEFAULT_STALE_DAYS = 60;
const DAY_MS = 86_400_000;
// 192.0.0.0/24 and 2001::/23 (RFC 6890) hold single global addresses among special ones; elsewhere a block that is kept as one
// has one kind.
const isPatchwork = (address: Address): boolean =>
  address.length === 4
    ? address[0] === 192 && address[1] === 0 && address[2] === 0
    : address[0] === 0x20 && address[1] === 0x01 && ((address[2] as number) & 0xfe) === 0;
const NO_LABELS: readonly string[] = Object.freeze([]);
const NO_CLAIMS: readonly Claim[] = Object.freeze([]);
const NO_FINDINGS: readonly HeaderFinding[] = Object.freeze([]);
const NO_DECLARED: readonly Declaration[] = Object.freeze([]);

// Between two instants at which some source begins or ends to be of its time, time changes no answer. Each that is passed counts one, so
// that no two such spans have one number.
function epochs(asked: readonly AddressSource[], staleMs: number): (at: number) => number {
  const dates = asked.flatMap(({ dataAt }) => (dataAt === null ? [] : [dataAt]));
  const begins = dates.map((date) => date - staleMs).toSorted((a, b) => a - b);
  const ends = dates.map((date) => date + staleMs).toSorted((a, b) => a - b);
  return (at) => {
    let begun = 0;
    while (begun < begins.length && at >= (begins[begun] as number)) begun += 1;
    let ended = 0;
    while (ended < ends.length && at > (ends[ended] as number)) ended += 1;
    return begun + ended;
  };
}

function placesOfCandidates(candidates: readonly Candidate[]): readonly ResolvedPlace[] {
  const places: ResolvedPlace[] = [];
  for (const { connector, territory, confidence, caveats } of candidates)
    if (
      connector !== "network-registrant" &&
      connector !== "network-representation" &&
      !caveats.includes("ambiguous-code")
    )
      places.push(Object.freeze({ connector, territory, confidence }));
  return places;
}

function addConflict(to: Conflict[], connector: Connector, { candidates }: Answer): void {
  if (candidates.length < 2) return;
  const territories = candidates.map((candidate) => candidate.territory);
  to.push({ connector, territories, reason: "sources-disagree" });
}

function reasonOf(faults: readonly SourceFault[]): Unknown["reason"] {
  if (faults.some((fault) => !fault.code.endsWith("/v6-in-v4"))) return "source-damaged";
  return faults.length > 0 ? "unsupported-family" : "not-found";
}

function isSound({ territory, confidence }: Declaration): boolean {
  return isTerritory(territory) && confidence >= 0 && confidence <= 1;
}

function declaredCandidate({ connector, territory, confidence, source }: Declaration): Candidate {
  return {
    connector,
    territory,
    confidence,
    basis: "declared",
    evidence: [{ kind: "declaration", value: territory, source, dataDate: null, prefix: null }],
    caveats: lawCaveats(territory),
  };
}

function headerClaim({ kind, source, territory, region, caveats }: HeaderFinding): Claim {
  const finding = { kind, territory, region, caveats, prefix: null };
  return { finding, source, vendor: source, dataDate: null, stale: false };
}

// What is known about the network told; where only a part of it was located, the rest may be elsewhere.
function toldBySubnet(claim: Claim, subnet: Prefix): Claim {
  const { finding } = claim;
  const length = Number((finding.prefix ?? "").split("/")[1]);
  const caveats = length > subnet.length ? [...finding.caveats, "subnet-coarse" as const] : finding.caveats;
  const prefix =
    length > subnet.length
      ? prefixText(masked(subnet.address, subnet.length), subnet.length)
      : finding.prefix;
  const kind = finding.kind === "location" ? ("client-subnet" as const) : finding.kind;
  const { territory, region } = finding;
  return { ...claim, finding: { kind, territory, region, caveats, prefix } };
}

function mapsOf(networks: ResolverSources["networks"]): readonly NetworkMap[] {
  if (networks === undefined) return [];
  return "findClient" in networks ? [networks] : networks;
}

function mapped(connector: Connector, entry: NetworkEntry, networks: NetworkMap): Candidate {
  const { source, dataDate } = networks;
  return {
    connector,
    territory: entry.territory,
    confidence: entry.confidence,
    basis: "asserted",
    evidence: [{ kind: "network-map", value: entry.territory, source, dataDate, prefix: entry.text }],
    caveats: lawCaveats(entry.territory),
  };
}

function marked(candidate: Candidate): Candidate {
  const caveats: readonly Caveat[] = [...candidate.caveats, "embedded" as const].toSorted();
  return { ...candidate, caveats };
}

function lawCaveats(territory: string): readonly Caveat[] {
  const caveats: Caveat[] = [];
  if (ambiguousParts(territory).length > 0) caveats.push("ambiguous-code");
  if (disputeOf(territory) !== null) caveats.push("disputed");
  return caveats;
}

function schemeOf(territory: string): PlacedCandidate["scheme"] {
  if (territory.startsWith("x-")) return "x-zone";
  return territory.includes("-") ? "iso3166-2" : "iso3166-1";
}

function standingOf(group: string, territory: string, at: number, view: View): Standing {
  const membership = membershipOf(group, territory, at, view);
  return {
    group,
    standing: standing(group, territory, at, view),
    regime: membership?.regime ?? null,
    from: membership?.from ?? null,
    until: membership?.until ?? null,
    source: membership?.source ?? null,
  };
}
