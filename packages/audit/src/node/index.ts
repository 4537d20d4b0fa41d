export { AuditError } from "./audit-error.ts";
export { openLog } from "./audit-log.ts";
export {
  type ContentFinding,
  type ContentReport,
  checkContent,
} from "./check-content.ts";
export { compareLogs, type LogComparison } from "./compare-logs.ts";
export { directoryStorage } from "./directory-storage.ts";
export { discreteLaplace } from "./discrete-laplace.ts";
export { type FoundEntry, findEntry, proveEntry } from "./entry-search.ts";
export { type HttpLogOptions, httpReader } from "./http-log.ts";
export { type AuditKey, loadOrCreateKey } from "./key-file.ts";
export type { Appended, AuditLog, LogOptions, Overload, PublishedCheckpoint } from "./log-contract.ts";
export { type LoggedEntry, type LogReader, openReader, type ReadPublic, readerFrom } from "./log-reader.ts";
export { makeRelease, type ReleaseRequest } from "./make-release.ts";
export { memoryStorage } from "./memory-storage.ts";
export { hasMlDsa44, mlDsaSigner, nodeVerifyMlDsa44, type SecondSigner } from "./ml-dsa-key.ts";
export { nodeSha256 } from "./node-hash.ts";
export { PrivacyStore } from "./privacy-store.ts";
export { pruneLog, type Retention, readRetention } from "./prune-log.ts";
export type { Journal, Lease, Storage } from "./storage.ts";
export { TileBuilder, type TreeFile } from "./tile-builder.ts";
export { type Finding, type LogReport, type VerifyOptions, verifyLog } from "./verify-log.ts";
export { openWitness, type Witness, type WitnessAnswer, type WitnessOptions } from "./witness.ts";
export {
  askWitnesses,
  type CosigningOptions,
  type CosigningReport,
  type WitnessOutcome,
} from "./witness-client.ts";
