// For the compiler: parts to bytes. Programs that ask for decisions need only the package's root.
export {
  type AtomPart,
  encodeImage,
  type GroupInterval,
  type ImageParts,
  type Posting,
  type RulePart,
  type SchedulePart,
  type ScopeItem,
  type ZoneOffset,
} from "./encode-image.ts";
export { sha256Hex } from "./internal/digest.ts";
export { KeyCollector, type KeyColumn } from "./key-collector.ts";
export { DAYS, FORMAT_VERSION, KINDS } from "./layout.ts";
