export type { Checkpoint, SignedCheckpoint } from "../checkpoint.ts";
export type { VerifierKey } from "../key.ts";
export type { AuditIssue, AuditResult } from "../result.ts";
export { parseTlogProof, type TlogProof } from "../tlog-proof.ts";
export { type FetchFile, httpFiles, openStaticLog, type StaticLog } from "./static-log.ts";
export { leafHash } from "./web-hash.ts";
export { parseVerifierKey, verifySignedCheckpoint } from "./web-key.ts";
export { verifyConsistency, verifyInclusion } from "./web-proof.ts";
export { verifyTlogProof } from "./web-tlog-proof.ts";
