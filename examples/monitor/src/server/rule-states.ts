import { type PolicyImage, type RuleRecord, statusAt } from "@demarc/matcher";
import type { PointStatus } from "@demarc/runtime";
import type { RuleState } from "../state.ts";
import { lawOf } from "./citation.ts";

/** An enforcement point with the image that it enforces. */
export interface PointImage {
  readonly status: PointStatus;
  readonly image: PolicyImage;
}

/** Every rule of every policy set in force, once, with who enforces it and how often it decided. */
export function ruleStates(points: readonly PointImage[], now: number): RuleState[] {
  const rules = new Map<string, { record: RuleRecord; points: PointStatus[] }>();
  for (const { status, image } of points) {
    for (const record of image.rules) {
      const known = rules.get(record.id) ?? { record, points: [] };
      rules.set(record.id, known);
      known.points.push(status);
    }
  }
  return [...rules.values()].map(({ record, points: enforcing }) => ({
    id: record.id,
    title: record.title["en"] ?? Object.values(record.title)[0] ?? record.id,
    effect: record.effect.action,
    layer: record.layer,
    phase: phaseOf(record, now),
    territories: record.scope.territories,
    except: record.scope.except ?? [],
    connectors: record.scope.connectors,
    authority: record.legalBasis.authority.name,
    authorityJurisdiction: record.legalBasis.authority.jurisdiction ?? "",
    legalKind: `${record.legalBasis.kind}, ${record.legalBasis.discretion}`,
    law: record.legalBasis.citations.map(lawOf),
    effective: record.effective,
    expires: record.expires ?? null,
    reviewBy: record.reviewBy ?? null,
    remedy: record.remedy,
    decisions: Object.fromEntries(
      enforcing.map((status) => [status.app, status.decisions.byRule[record.id] ?? 0]),
    ),
    enforcedBy: enforcing.map((status) => status.app),
  }));
}

// Expiry is evaluated for the instant at hand, like in a decision.
function phaseOf(record: RuleRecord, now: number): RuleState["phase"] {
  const status = statusAt(record, now);
  if (status !== "in-force") return status;
  if (now < Date.parse(record.effective)) return "not yet";
  return record.expires !== undefined && now >= Date.parse(record.expires) ? "ended" : "in force";
}
