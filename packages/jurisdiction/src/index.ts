// Dated territories and memberships

// Evidence sources
export { type CcTld, ccTldOf } from "./cctld.ts";
export { readClientSubnet } from "./client-subnet.ts";
export { type CountryPrefixes, countryPrefixes } from "./country-prefixes.ts";
export { type DatabaseSource, databaseEntries, databaseSource } from "./database-source.ts";
export { parseDelegated } from "./delegated.ts";
export type { AddressSource, Caveat, EvidenceKind, Finding, SourceAnswer } from "./evidence.ts";
export { type GeofeedInfo, geofeedAddresses, parseGeofeed } from "./geofeed.ts";
export {
  type CivilDay,
  civilDay,
  groupIntervals,
  groups,
  groupTitle,
  holdsAt,
  isGroup,
  isMember,
  type Membership,
  members,
  membershipOf,
  memberships,
  standing,
  type When,
} from "./group.ts";
export { type Mmdb, type MmdbValue, openMmdb } from "./mmdb.ts";
export {
  DEFAULT_MAP_CONFIDENCE,
  type NetworkEntry,
  type NetworkMap,
  type NetworkMapIssue,
  parseNetworkMap,
} from "./network-map.ts";
export { type PrefixListInfo, parsePrefixList } from "./prefix-list.ts";
export { ageWarnings, type LineIssue, type ReadSource, type SourceInfo } from "./prefix-source.ts";
// Resolution
export type {
  Candidate,
  Conflict,
  Connector,
  Evidence,
  EvidenceConnector,
  PlacedCandidate,
  Resolution,
  SourceFault,
  Standing,
  Unknown,
} from "./resolution.ts";
export {
  createResolver,
  type Declaration,
  type ResolvedPlace,
  type Resolver,
  type ResolverSources,
  type Signals,
  toPlaces,
} from "./resolver.ts";
export {
  administratorOf,
  type Dispute,
  disputeOf,
  disputes,
  sovereignOf,
  type View,
  viewName,
} from "./state.ts";
export { compileTable, type TableEntry, type TableInput, type TableRecord } from "./table/compile-table.ts";
export { type AddressTable, openTable } from "./table/open-table.ts";
export {
  ambiguousParts,
  type CodeStatus,
  canonicalTerritory,
  codeStatus,
  countryCodes,
  type FormerUse,
  formerUses,
  isTerritory,
  parentTerritory,
  reservedParts,
  suggestTerritory,
  territoryName,
} from "./territory.ts";
export {
  type HeaderFinding,
  type HeaderTrust,
  readTrustedHeader,
  WELL_KNOWN_HEADERS,
} from "./trusted-header.ts";
export { AGREEMENT_CONFIDENCE, CONFLICT_CONFIDENCE, SINGLE_SOURCE_CONFIDENCE } from "./weigh.ts";
