// Dated territories and memberships
export {
  groupIntervals,
  groups,
  isGroup,
  isMember,
  type Membership,
  members,
  membershipOf,
  memberships,
} from "./group.ts";
// Evidence sources
export { type Mmdb, type MmdbValue, openMmdb } from "./mmdb.ts";
export {
  DEFAULT_MAP_CONFIDENCE,
  type NetworkEntry,
  type NetworkMap,
  type NetworkMapIssue,
  parseNetworkMap,
} from "./network-map.ts";
// Resolution
export type { Candidate, Caveat, Conflict, Connector, Evidence, Resolution, Unknown } from "./resolution.ts";
export {
  AGREEMENT_CONFIDENCE,
  CONFLICT_CONFIDENCE,
  createResolver,
  type DatabaseSource,
  type ResolvedPlace,
  type Resolver,
  type ResolverSources,
  SINGLE_SOURCE_CONFIDENCE,
  type Signals,
  toPlaces,
} from "./resolver.ts";
export {
  ambiguousParts,
  type CodeStatus,
  codeStatus,
  isTerritory,
  parentTerritory,
  suggestTerritory,
  territoryName,
} from "./territory.ts";
