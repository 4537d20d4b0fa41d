// Bytes to an image, an image and a request to a decision.
export { decide } from "./decide.ts";
export { explain } from "./explain.ts";
export type { ImageIssue } from "./image-issue.ts";
export { type OpenOptions, openImage } from "./open-image.ts";
export { statusAt } from "./status-at.ts";
// The words of requests and decisions
export type {
  AppliedRule,
  Citation,
  ConflictOfLaws,
  ConflictStrategy,
  Connector,
  Decision,
  Effect,
  EffectRecord,
  Explanation,
  LossReason,
  NotAppliedReason,
  NoticeRecord,
  OperatorRecord,
  Party,
  Place,
  PolicyImage,
  ReasonCode,
  Request,
  RuleRecord,
  ScheduleRecord,
  Slice,
  Specificity,
  StateRecord,
  Status,
} from "./types.ts";
