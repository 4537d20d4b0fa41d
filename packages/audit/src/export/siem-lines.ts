import type { DecisionEntry } from "../entry.ts";
import type { ExportedEntry } from "./ocsf.ts";

// CEF and LEEF: lines for security information systems. Both are views with loss: the log is the record.

/** Version of the product field in both formats. */
const DEVICE = ["demarc", "demarc", "1"] as const;

const escapeHeader = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll(/[\r\n]+/g, " ");

const escapeValue = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("=", "\\=").replaceAll("\r", "\\r").replaceAll("\n", "\\n");

/** Fields of a decision, in CEF's words. Custom strings carry what CEF has no word for, each with its label. */
function cefFields(
  { origin, index, entry }: ExportedEntry,
  decision: DecisionEntry,
): readonly (readonly [string, string | undefined])[] {
  const { input, policy, places, law, decision: made } = decision;
  const custom = (number: number, label: string, value: string | undefined) =>
    value === undefined
      ? []
      : ([
          [`cs${number}Label`, label],
          [`cs${number}`, value],
        ] as const);
  return [
    ["rt", String(Date.parse(decision.time))],
    ["act", made.effect],
    ["outcome", made.verdict],
    ["reason", made.reason],
    ["dvchost", entry.enforcer],
    ["dhost", input.name],
    ["dst", input.address],
    ["dpt", input.port === undefined ? undefined : String(input.port)],
    ["proto", input.protocol],
    ["request", input.url],
    // A pseudonym is no address: `src` is for addresses.
    [
      "suid",
      decision.client === undefined ? undefined : `${decision.client.epoch}/${decision.client.pseudonym}`,
    ],
    ["externalId", String(index)],
    ...custom(1, "policy", `${policy.set} ${policy.version} ${policy.object}`),
    ...custom(2, "rule", made.rule ?? undefined),
    ...custom(3, "places", places.map(({ connector, territory }) => `${connector} ${territory}`).join(", ")),
    ...custom(4, "law", law === null ? undefined : law.citations.map(({ id }) => id).join(", ")),
    ...custom(5, "log", origin),
    ...custom(6, "reference", decision.id),
  ];
}

const present = (
  fields: readonly (readonly [string, string | undefined])[],
): readonly (readonly [string, string])[] =>
  fields.filter((field): field is readonly [string, string] => field[1] !== undefined && field[1] !== "");

const severityOf = (decision: DecisionEntry): number => (decision.mode === "observed" ? 1 : 3);

/** A decision as a line of CEF (version 0), without the newline; null for other entries. */
export function toCef(logged: ExportedEntry): string | null {
  const { entry } = logged;
  if (entry.type !== "decision") return null;
  const name = `${entry.decision.verdict} ${entry.decision.effect}`;
  const header = [...DEVICE, entry.decision.rule ?? "default", name, String(severityOf(entry))].map(
    escapeHeader,
  );
  const fields = present(cefFields(logged, entry)).map(([key, value]) => `${key}=${escapeValue(value)}`);
  return `CEF:0|${header.join("|")}|${fields.join(" ")}`;
}

// LEEF has no escape for its delimiter: a tab or line break in a value becomes a space.
const leefValue = (text: string): string => text.replaceAll(/[\t\r\n]+/g, " ");
const leefHeader = (text: string): string => text.replaceAll(/[|\t\r\n]+/g, " ");

/** A decision as a line of LEEF 2.0 with tabs between attributes, without the newline; null for other entries. */
export function toLeef(logged: ExportedEntry): string | null {
  const { entry } = logged;
  if (entry.type !== "decision") return null;
  const { input, policy, law, places, decision } = entry;
  const fields = present([
    ["devTime", String(Date.parse(entry.time))],
    ["cat", decision.effect],
    ["sev", String(severityOf(entry))],
    ["action", decision.verdict],
    ["reason", decision.reason],
    ["dstName", input.name],
    ["dst", input.address],
    ["dstPort", input.port === undefined ? undefined : String(input.port)],
    ["proto", input.protocol],
    ["url", input.url],
    ["policy", `${policy.set} ${policy.version}`],
    ["policyObject", policy.object],
    ["rule", decision.rule ?? undefined],
    ["places", places.map(({ connector, territory }) => `${connector} ${territory}`).join(", ")],
    ["law", law === null ? undefined : law.citations.map(({ id }) => id).join(", ")],
    ["logOrigin", logged.origin],
    ["logIndex", String(logged.index)],
    ["reference", entry.id],
  ]).map(([key, value]) => `${key}=${leefValue(value)}`);
  const header = [...DEVICE, decision.rule ?? "default"].map(leefHeader);
  return `LEEF:2.0|${header.join("|")}|x09|${fields.join("\t")}`;
}
