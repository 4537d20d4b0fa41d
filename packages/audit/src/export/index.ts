export { type ExportedEntry, OCSF_VERSION, toOcsf } from "./ocsf.ts";
export { toLogRecord, toOtlpRequest } from "./otlp.ts";
export { toCef, toLeef } from "./siem-lines.ts";
