import { fromUtf8 } from "../bytes.ts";
import type { DecisionEntry } from "../entry.ts";
import type { ExportedEntry } from "./ocsf.ts";

type AnyValue =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } };
interface Attribute {
  readonly key: string;
  readonly value: AnyValue;
}

const text = (key: string, value: string | null | undefined): Attribute[] =>
  value === undefined || value === null ? [] : [{ key, value: { stringValue: value } }];
const integer = (key: string, value: number | undefined): Attribute[] =>
  value === undefined ? [] : [{ key, value: { intValue: String(value) } }];

// Names of the OpenTelemetry semantic conventions where they have one, else below `demarc.`.
function decisionAttributes(entry: DecisionEntry): Attribute[] {
  const { input, decision, policy, response, law, id } = entry;
  return [
    ...text("security_rule.name", decision.rule),
    ...text("security_rule.ruleset.name", policy.set),
    ...text("security_rule.version", policy.version),
    ...text("security_rule.reference", law?.citations[0]?.id),
    ...text("dns.question.name", input.name),
    ...text("url.full", input.url),
    ...text("server.address", input.address ?? input.name),
    ...integer("server.port", input.port),
    ...text("network.transport", input.protocol),
    ...text("demarc.effect", decision.effect),
    ...text("demarc.verdict", decision.verdict),
    ...text("demarc.reason", decision.reason),
    ...text("demarc.response", response),
    ...text("demarc.policy.object", policy.object),
    ...text("demarc.reference", id),
  ];
}

/** Seconds since 1970 are not enough here: nanoseconds, as a decimal text (OTLP's JSON form of a uint64). */
const nanoseconds = (time: string): string => `${Date.parse(time)}000000`;

/**
 * An entry as an OTLP log record in the JSON form (opentelemetry-proto, LogRecord). The body is the entry's canonical bytes,
 * so that it can be proven against the log.
 */
export function toLogRecord({
  origin,
  index,
  bytes,
  entry,
}: ExportedEntry): Readonly<Record<string, unknown>> {
  const time = "time" in entry ? entry.time : entry.until;
  return {
    timeUnixNano: nanoseconds(time),
    observedTimeUnixNano: nanoseconds(time),
    severityNumber: 9,
    severityText: "INFO",
    eventName: `demarc.${entry.type}`,
    body: { stringValue: fromUtf8(bytes) ?? "" },
    attributes: [
      ...text("log.record.uid", `${origin}#${index}`),
      ...integer("demarc.log.index", index),
      ...(entry.type === "decision" ? decisionAttributes(entry) : []),
    ],
  };
}

/** Log records as the body of one OTLP/HTTP request (ExportLogsServiceRequest, JSON). */
export function toOtlpRequest(
  origin: string,
  records: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<string, unknown>> {
  return {
    resourceLogs: [
      {
        resource: { attributes: [...text("service.name", "demarc"), ...text("demarc.log.origin", origin)] },
        scopeLogs: [{ scope: { name: "@demarc/audit" }, logRecords: records }],
      },
    ],
  };
}
