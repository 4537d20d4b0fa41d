import type { Entry } from "@demarc/audit";

/** An entry in a line, for a person. */
export function entrySummary(entry: Entry | { readonly type: "unknown" }): string {
  switch (entry.type) {
    case "decision": {
      const { input, decision } = entry;
      const what = input.url ?? input.name ?? input.address ?? "";
      return `${entry.time}  decision  ${decision.verdict} ${decision.effect}  ${what}  by ${decision.rule ?? "the default"}${decision.conflict === undefined ? "" : `, laws conflict (${decision.conflict.outcome})`}  -> ${entry.response}  ref ${entry.id}`;
    }
    case "count":
      return `${entry.until}  count     ${Object.entries(entry.counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(", ")}`;
    case "gap":
      return `${entry.until}  gap       ${entry.count} lost: ${entry.cause}`;
    case "policy.activated":
      return `${entry.time}  policy    ${entry.policy.set} ${entry.policy.version} in force, image ${entry.policy.image.slice(0, 16)}`;
    case "policy.refused":
      return `${entry.time}  policy    refused: ${entry.issues[0]?.message ?? ""}`;
    case "policy.retired":
      return `${entry.time}  policy    ${entry.policy.set} ${entry.policy.version} ${entry.cause}`;
    case "data.activated":
      return `${entry.time}  data      ${entry.sources.length} sources in use, ${entry.data.slice(0, 16)}`;
    case "notice":
      return `${entry.time}  notice    ${entry.id} ${entry.state}, from ${entry.law.authority.name}`;
    case "appeal":
      return `${entry.time}  appeal    ${entry.id} ${entry.state}, about ${entry.about.decision ?? entry.about.rule ?? "everything"}`;
    case "override":
      return `${entry.time}  override  ${entry.rule} ${entry.effect} until ${entry.until}: ${entry.why}`;
    case "epoch":
      return `${entry.time}  epoch     ${entry.epoch} ${entry.state}`;
    case "release":
      return `${entry.time}  release   ${entry.id}, ${entry.cells.length} numbers at size ${entry.checkpoint.size}`;
    case "key":
      return `${entry.time}  key       ${entry.verifierKey}`;
    case "heartbeat":
      return `${entry.time}  heartbeat`;
    case "unknown":
      return "an entry that this version can not read";
  }
}
