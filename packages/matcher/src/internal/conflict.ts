// Conflict of laws: rules that apply because of different places and say different things. What then decides is data in the policy
// set; where it does not decide, the conflict is reported as unresolved. docs/decisions/0011 has the reasons.
import { CONNECTORS } from "../layout.ts";
import type { ConflictOfLaws, ConflictStrategy, Place } from "../types.ts";
import type { OpenedImage } from "./opened-image.ts";
import { connectorsThrough } from "./scope.ts";

/** Whether the first of two rules precedes the second: `precedes` of decide.ts, given to keep this file below it. */
export type Precedes = (image: OpenedImage, a: number, b: number) => boolean;

/** The rule that decides, and the conflict of laws that it decides in, or null. */
export interface Choice {
  readonly rule: number;
  readonly conflict: ConflictOfLaws;
}

/**
 * Looks at the applying rules of the first layer: each connector through which rules apply is one law, and has a winner by the
 * ordinary precedence. Null where they say the same, or where fewer than two laws speak.
 *
 * `rules[0..count)` apply and may include overridden ones, which are marked; `best` is the ordinary winner.
 */
export function resolveConflict(
  image: OpenedImage,
  strategy: ConflictStrategy,
  rules: ArrayLike<number>,
  count: number,
  best: number,
  places: readonly Place[],
  at: number,
  precedes: Precedes,
): Choice | null {
  const { rows, scratch } = image;
  const layer = rows[best]?.layer;
  winners.fill(-1);
  for (let index = 0; index < count; index += 1) {
    const rule = rules[index] as number;
    const row = rows[rule];
    if (row === undefined || row.layer !== layer || scratch.ruleOverridden[rule] === scratch.generation)
      continue;
    const through = connectorsThrough(row, image.groups, places, at);
    for (let connector = 0; connector < CONNECTORS.length; connector += 1) {
      if ((through & (1 << connector)) === 0) continue;
      const winner = winners[connector] as number;
      if (winner < 0 || precedes(image, rule, winner)) winners[connector] = rule;
    }
  }
  const effectOf = (rule: number): number => rows[rule]?.effect ?? 0;
  let differ = false;
  let first = -1;
  let strictest = -1;
  for (let connector = 0; connector < CONNECTORS.length; connector += 1) {
    const rule = winners[connector] as number;
    if (rule < 0) continue;
    if (first < 0) first = rule;
    else if (effectOf(rule) !== effectOf(first)) differ = true;
    const stricter = strictest < 0 ? 1 : effectOf(rule) - effectOf(strictest);
    if (stricter > 0 || (stricter === 0 && precedes(image, rule, strictest))) strictest = rule;
  }
  if (!differ) return null;
  const named =
    strategy === "strictest"
      ? strictest
      : strategy === "subject-first"
        ? (winners[SUBJECT] as number)
        : strategy === "operator-first"
          ? (winners[OPERATOR] as number)
          : -1;
  const laws = CONNECTORS.flatMap((connector, position) => {
    const rule = image.rules[winners[position] as number];
    return rule === undefined ? [] : [Object.freeze({ connector, rule })];
  });
  return {
    rule: named < 0 ? best : named,
    conflict: Object.freeze({ strategy, resolved: named >= 0, laws: Object.freeze(laws) }),
  };
}

const SUBJECT = CONNECTORS.indexOf("subject-location");
const OPERATOR = CONNECTORS.indexOf("operator-establishment");
// One decision at a time per thread, as with an image's scratch space.
const winners = new Int32Array(CONNECTORS.length);
