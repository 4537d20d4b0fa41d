// Schedules of the linked rules to parts of an image, each with the offsets of its zone.
import type { SchedulePart } from "@demarc/matcher/format";
import type { Diagnostic } from "./compile-input.ts";
import type { LinkedRule } from "./link-rules.ts";
import { ZONE_HORIZON, zoneOffsets } from "./zone-offsets.ts";

/**
 * The schedules in use, and the position of each rule's own among them. A zone's offsets reach over the lives of all rules
 * that use it, so that it is held once.
 */
export function collectSchedules(
  rules: readonly LinkedRule[],
  report: (diagnostic: Diagnostic) => void,
): { readonly schedules: readonly SchedulePart[]; readonly ofRule: readonly (number | undefined)[] } {
  const lives = new Map<string, { from: number; until: number }>();
  for (const { part } of rules) {
    const zone = part.record.schedule?.zone;
    if (zone === undefined) continue;
    const life = lives.get(zone) ?? { from: part.effective, until: part.effective };
    life.from = Math.min(life.from, part.effective);
    life.until = Math.max(life.until, Math.min(part.expires, ZONE_HORIZON));
    lives.set(zone, life);
  }
  const offsets = new Map(
    [...lives].map(([zone, { from, until }]) => [zone, zoneOffsets(zone, from, until)] as const),
  );
  const schedules: SchedulePart[] = [];
  const positions = new Map<string, number>();
  const ofRule = rules.map(({ part, rule, file }) => {
    const { schedule } = part.record;
    if (schedule === undefined) return undefined;
    const ofZone = offsets.get(schedule.zone) ?? null;
    if (ofZone === null) {
      report({
        code: "compiler/unknown-zone",
        severity: "error",
        file,
        rule: rule.id,
        message: `\`${schedule.zone}\` is no time zone that this machine knows`,
        help: "write a name of the IANA time zone database, such as Europe/Berlin, or UTC",
      });
      return undefined;
    }
    const key = JSON.stringify(schedule);
    const position = positions.get(key) ?? schedules.push({ windows: schedule.windows, offsets: ofZone }) - 1;
    positions.set(key, position);
    return position;
  });
  return { schedules, ofRule };
}
