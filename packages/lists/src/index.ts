// One reader and one writer for all formats; each format also has a subpath of its own (`@demarc/lists/hosts` ...).

export {
  type CoveredEntry,
  compareLists,
  coveredEntries,
  entryKey,
  type ListDifference,
} from "./compare-lists.ts";
export { type FormatListOptions, formatList, type WritableFormat, type WrittenList } from "./format-list.ts";
export { guessFormat } from "./guess-format.ts";
export type { ReadListOptions } from "./internal/handlers.ts";
export {
  type IncludedPlace,
  type ListDiagnostic,
  type ListEntry,
  type ListFormat,
  type ListReading,
  MAX_DIAGNOSTICS,
  MAX_LINE_CHARS,
} from "./list-reading.ts";
export { LIST_FORMATS, readList } from "./read-list.ts";
export {
  type ListCounts,
  type ListEvents,
  type ListProgress,
  type ListStream,
  streamList,
} from "./stream-list.ts";
