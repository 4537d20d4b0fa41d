// The gate: one decision per packet, plain and synchronous

// The edge packages see decisions through here
export type { Decision, OperatorRecord } from "@demarc/matcher";
// What an operator keeps and publishes
export { type AuditConfig, parseAuditConfig } from "./audit-config.ts";
export { AuditUnavailable } from "./audit-sink.ts";
// What a replay needs: how a decision becomes an entry, and which program this is
export { decisionEntry, pendingConflict } from "./decision-entry.ts";
export { digestOfBytes as objectDigest } from "./digest-of-bytes.ts";
export { loadedEngine, loadedTerritories } from "./engine.ts";
// Files that place addresses
export type { EvidenceConfig, EvidenceFile } from "./evidence-config.ts";
export type { Facts, Gate } from "./gate.ts";
export { type GateOptions, GateService, GateUnavailable } from "./gate-service.ts";
export { type Evidence, evidenceAge, loadEvidence, NO_EVIDENCE } from "./load-evidence.ts";
// A site's folder
export { loadSite, type Site } from "./load-site.ts";
export type { PrivacyOptions } from "./log-port.ts";
// A person's question as a request
export { type Question, type QuestionFault, readInstant, readQuestion } from "./question.ts";
export { type RuleFacts, ruleFacts } from "./rule-facts.ts";
export { formatIssue, placeOf, type SiteIssue, SiteRefused } from "./site-refused.ts";
// What an enforcement point says of itself
export {
  type AuditStatus,
  type EvidenceStatus,
  type PointStatus,
  type PolicyStatus,
  type ReleaseStatus,
  readStatus,
  type WitnessStatus,
} from "./status.ts";
