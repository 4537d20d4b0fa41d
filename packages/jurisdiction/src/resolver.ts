// Evidence in, places out. The order of asking is the order of knowledge: the operator's own map, then special-purpose
// space, then databases. Unknown stays unknown, with its reason.
import { type Address, addressKind, embeddedAddress, unmapAddress } from "@demarc/net";
import { type Answer, askDatabases, type DatabaseSource } from "./ask-databases.ts";
import type { NetworkEntry, NetworkMap } from "./network-map.ts";
import type { Candidate, Caveat, Conflict, Connector, Resolution, Unknown } from "./resolution.ts";
import { ambiguousParts, isTerritory } from "./territory.ts";

/** What a resolver knows. */
export interface ResolverSources {
  /** Where the operator is established; it declares that itself. */
  readonly operator: string;
  readonly networks?: NetworkMap | undefined;
  readonly databases?: readonly DatabaseSource[] | undefined;
  /** Days after which a database's data is stale and its confidence halved; 60 unless said. */
  readonly staleAfterDays?: number | undefined;
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
  readonly host?: Address | undefined;
  readonly declared?: readonly Declaration[] | undefined;
}

/** A place as decisions take it. */
export interface ResolvedPlace {
  readonly connector: Connector;
  readonly territory: string;
  readonly confidence: number;
}

/** Resolves signals; a plain object without state that changes. */
export interface Resolver {
  /** The full answer, with evidence, conflicts and unknowns. */
  readonly resolve: (signals: Signals) => Resolution;
  /** `toPlaces(resolve(...))` without the evidence, for the hot path. Arrays are shared: do not change them. */
  readonly placesOf: (client: Address | null, host: Address | null, at: number) => readonly ResolvedPlace[];
  /** Labels that the operator's map puts on flows of this client. */
  readonly dataClassesOf: (client: Address) => readonly string[];
}

/**
 * Makes a resolver.
 *
 * Method of confidence: the operator's map gives its entry's own (0.95 unless it says otherwise) and is asked alone when
 * it knows the address; one database 0.8, agreeing ones 0.9, disagreeing ones 0.4 each; data that is all stale halves, and
 * so does a record's anycast or anonymiser flag, each. A registered or represented country is never taken for a
 * location. The map does not grow stale: whoever keeps it knows its own networks.
 */
export function createResolver(sources: ResolverSources): Resolver {
  const { networks, databases = [] } = sources;
  const staleMs = (sources.staleAfterDays ?? DEFAULT_STALE_DAYS) * DAY_MS;
  const operator = declaredCandidate({
    connector: "operator-establishment",
    territory: sources.operator,
    confidence: 1,
    source: "policy set",
  });
  const operatorOnly = Object.freeze(placesOfCandidates([operator]));

  const find = (address: Address, connector: LocationConnector): NetworkEntry | null => {
    if (networks === undefined) return null;
    const ask = connector === "subject-location" ? networks.findClient : networks.findHost;
    return ask(address);
  };

  const locate = (
    connector: LocationConnector,
    given: Address | undefined,
    at: number,
    detail: boolean,
  ): Answer => {
    if (given === undefined) return { candidates: [], unknown: "no-signal", faults: [] };
    if (given.length !== 4 && given.length !== 16)
      return { candidates: [], unknown: "malformed", faults: [] };
    const address = unmapAddress(given);
    // An IPv4 address that an IPv6 one carries is the one that has a place; the map may know either.
    const embedded = embeddedAddress(address);
    for (const each of embedded === null ? [address] : [address, embedded]) {
      const entry = find(each, connector);
      if (entry === null || networks === undefined) continue;
      const candidate = mapped(connector, entry, networks);
      return { candidates: [each === address ? candidate : marked(candidate)], unknown: null, faults: [] };
    }
    if (addressKind(address) !== "global") return { candidates: [], unknown: "reserved", faults: [] };
    const answer = askDatabases(databases, connector, embedded ?? address, at, staleMs, detail);
    return embedded === null ? answer : { ...answer, candidates: answer.candidates.map(marked) };
  };

  const resolve = ({ at, client, host, declared = [] }: Signals): Resolution => {
    const subject = locate("subject-location", client, at, true);
    const target = locate("host-location", host, at, true);
    const unknown: Unknown[] = [];
    if (subject.unknown !== null) unknown.push({ connector: "subject-location", reason: subject.unknown });
    if (target.unknown !== null) unknown.push({ connector: "host-location", reason: target.unknown });
    for (const each of declared)
      if (!isSound(each)) unknown.push({ connector: each.connector, reason: "malformed" });
    return {
      at,
      candidates: [
        ...subject.candidates,
        ...target.candidates,
        operator,
        ...declared.filter(isSound).map(declaredCandidate),
      ],
      unknown,
      conflicts: [...conflictOf("subject-location", subject), ...conflictOf("host-location", target)],
      faults: [...subject.faults, ...target.faults],
    };
  };

  // Places of the map's entries, made once; `withOperator` is the whole answer where there is no host.
  const prepared = new Map<
    NetworkEntry,
    { places: readonly ResolvedPlace[]; withOperator: readonly ResolvedPlace[] }
  >();
  if (networks !== undefined)
    for (const [connector, entries] of [
      ["subject-location", networks.clients],
      ["host-location", networks.hosts],
    ] as const)
      for (const entry of entries) {
        const places = Object.freeze(placesOfCandidates([mapped(connector, entry, networks)]));
        prepared.set(entry, { places, withOperator: Object.freeze([...places, ...operatorOnly]) });
      }

  const placesOf: Resolver["placesOf"] = (client, host, at) => {
    const clientEntry = client === null ? null : find(unmapAddress(client), "subject-location");
    const known = clientEntry === null ? undefined : prepared.get(clientEntry);
    if (host === null) {
      if (client === null) return operatorOnly;
      if (known !== undefined) return known.withOperator;
    }
    const subject =
      known?.places ??
      placesOfCandidates(locate("subject-location", client ?? undefined, at, false).candidates);
    const target = placesOfCandidates(locate("host-location", host ?? undefined, at, false).candidates);
    if (target.length > 0) return [...subject, ...target, ...operatorOnly];
    if (known !== undefined) return known.withOperator;
    return subject.length === 0 ? operatorOnly : [...subject, ...operatorOnly];
  };

  return {
    resolve,
    placesOf,
    dataClassesOf: (client) => find(unmapAddress(client), "subject-location")?.dataClasses ?? NO_LABELS,
  };
}

/**
 * The places of a resolution, as decisions take them. An ambiguous code is left out: it stands for places under
 * different law, so it places nothing.
 */
export function toPlaces(resolution: Resolution): readonly ResolvedPlace[] {
  return placesOfCandidates(resolution.candidates);
}

type LocationConnector = "subject-location" | "host-location";

const DEFAULT_STALE_DAYS = 60;
const DAY_MS = 86_400_000;
const NO_LABELS: readonly string[] = Object.freeze([]);

function placesOfCandidates(candidates: readonly Candidate[]): readonly ResolvedPlace[] {
  return candidates
    .filter((candidate) => !candidate.caveats.includes("ambiguous-code"))
    .map(({ connector, territory, confidence }) => Object.freeze({ connector, territory, confidence }));
}

function conflictOf(connector: Connector, { candidates }: Answer): readonly Conflict[] {
  return candidates.length < 2
    ? []
    : [{ connector, territories: candidates.map((candidate) => candidate.territory) }];
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
    evidence: [{ kind: "declaration", source, dataDate: null, prefix: null }],
    caveats: ambiguityOf(territory),
  };
}

function mapped(connector: Connector, entry: NetworkEntry, networks: NetworkMap): Candidate {
  return {
    connector,
    territory: entry.territory,
    confidence: entry.confidence,
    basis: "asserted",
    evidence: [
      { kind: "network-map", source: networks.source, dataDate: networks.dataDate, prefix: entry.text },
    ],
    caveats: ambiguityOf(entry.territory),
  };
}

function marked(candidate: Candidate): Candidate {
  const caveats: readonly Caveat[] = [...candidate.caveats, "embedded" as const].toSorted();
  return { ...candidate, caveats };
}

function ambiguityOf(territory: string): readonly Caveat[] {
  return ambiguousParts(territory).length > 0 ? ["ambiguous-code"] : [];
}
