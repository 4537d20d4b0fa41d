// Dated territories and memberships

// Evidence sources
export {
  AGREEMENT_CONFIDENCE,
  CONFLICT_CONFIDENCE,
  type DatabaseSource,
  SINGLE_SOURCE_CONFIDENCE,
} from "./ask-databases.ts";
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
export { type Mmdb, type MmdbValue, openMmdb } from "./mmdb.ts";
export {
  DEFAULT_MAP_CONFIDENCE,
  type NetworkEntry,
  type NetworkMap,
  type NetworkMapIssue,
  parseNetworkMap,
} from "./network-map.ts";
// Resolution
export type {
  Candidate,
  Caveat,
  Conflict,
  Connector,
  Evidence,
  Resolution,
  SourceFault,
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
  ambiguousParts,
  type CodeStatus,
  codeStatus,
  isTerritory,
  parentTerritory,
  suggestTerritory,
  territoryName,
} from "./territory.ts";
