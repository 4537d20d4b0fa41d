// For the compiler: parts to bytes. Programs that ask for decisions need only the package's root.
export { encodeImage } from "./encode-image.ts";
export type {
  AtomPart,
  GroupInterval,
  ImageParts,
  Posting,
  RulePart,
  SchedulePart,
  ScopeItem,
  ZoneOffset,
} from "./image-parts.ts";
export { sha256Hex } from "./internal/digest.ts";
export { KeyCollector, type KeyColumn } from "./key-collector.ts";
export { DAYS, FORMAT_VERSION, KINDS } from "./layout.ts";
export {
  type PatternPart,
  type PatternRefusal,
  type PlacedPattern,
  type PlacedPatterns,
  placePatterns,
} from "./place-patterns.ts";
export { PrefixCollector, type PrefixTable } from "./prefix-collector.ts";
