export { AuditError } from "./audit-error.ts";
export { openLog } from "./audit-log.ts";
export { type FoundEntry, findEntry, proveEntry } from "./entry-search.ts";
export { type AuditKey, loadOrCreateKey } from "./key-file.ts";
export type { Appended, AuditLog, LogOptions } from "./log-contract.ts";
export { type LoggedEntry, type LogReader, openReader } from "./log-reader.ts";
export { nodeSha256 } from "./node-hash.ts";
export { type Finding, type LogReport, type VerifyOptions, verifyLog } from "./verify-log.ts";
