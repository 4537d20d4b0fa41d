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
  groupTitle,
  isGroup,
  isMember,
  type Membership,
  members,
  membershipOf,
  memberships,
  standing,
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
  administratorOf,
  type Dispute,
  disputeOf,
  disputes,
  sovereignOf,
  type View,
  viewName,
} from "./state.ts";
export {
  ambiguousParts,
  type CodeStatus,
  canonicalTerritory,
  codeStatus,
  countryCodes,
  isTerritory,
  parentTerritory,
  reservedParts,
  suggestTerritory,
  territoryName,
} from "./territory.ts";
