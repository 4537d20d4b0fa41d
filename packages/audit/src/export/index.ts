export type { Activation, StatedCitation, StatedRule } from "./activation.ts";
export { type LumenNotice, type LumenRole, toLumenNotice } from "./lumen.ts";
export { type ExportedEntry, OCSF_VERSION, toOcsf } from "./ocsf.ts";
export { toLogRecord, toOtlpRequest } from "./otlp.ts";
export { toCef, toLeef } from "./siem-lines.ts";
export { type StatementOfReasons, toStatementOfReasons } from "./statement-of-reasons.ts";
