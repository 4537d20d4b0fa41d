// Conflict of laws: rules that apply because of different places and say different things. What then decides is data in the policy
// set; where it does not decide, the conflict is reported as unresolved. docs/decisions/0011 has the reasons.
import { CONNECTORS } from "../layout.ts";
import type { ConflictOfLaws, ConflictStrategy, Request } from "../types.ts";
import { type OpenedImage, OVERRIDDEN } from "./opened-image.ts";
import { recordOf } from "./prebuilt-decisions.ts";
import { effectOf, layerOf } from "./rule-table.ts";
import { connectorsThrough } from "./scope.ts";

/** Whether the first of two matches precedes the second: `precedes` of decide.ts, given to keep this file below it. */
export type Precedes = (image: OpenedImage, a: number, b: number) => boolean;

/** The match that decides, and the conflict of laws that it decides in. */
export interface Choice {
  readonly match: number;
  readonly conflict: ConflictOfLaws;
}

/**
 * Looks at the applying matches of the first layer: each connector through which rules apply is one law, and has a winner by the
 * ordinary precedence. Null where they say the same, or where fewer than two laws speak.
 *
 * `matches[0..count)` apply and may include overridden ones, which are marked; `best` is the ordinary winner.
 */
export function resolveConflict(
  image: OpenedImage,
  strategy: ConflictStrategy,
  matches: ArrayLike<number>,
  count: number,
  best: number,
  request: Request,
  precedes: Precedes,
): Choice | null {
  const { table, scratch } = image;
  const ruleOf = (match: number): number => scratch.matchRules[match] as number;
  const layer = layerOf(table, ruleOf(best));
  winners.fill(-1);
  for (let index = 0; index < count; index += 1) {
    const match = matches[index] as number;
    if (layerOf(table, ruleOf(match)) !== layer || ((scratch.matchMarks[match] as number) & OVERRIDDEN) !== 0)
      continue;
    const through = connectorsThrough(table, ruleOf(match), image.territories, request);
    for (let connector = 0; connector < CONNECTORS.length; connector += 1) {
      if ((through & (1 << connector)) === 0) continue;
      const winner = winners[connector] as number;
      if (winner < 0 || precedes(image, match, winner)) winners[connector] = match;
    }
  }
  const effect = (match: number): number => effectOf(table, ruleOf(match));
  let differ = false;
  let first = -1;
  let strictest = -1;
  for (let connector = 0; connector < CONNECTORS.length; connector += 1) {
    const match = winners[connector] as number;
    if (match < 0) continue;
    if (first < 0) first = match;
    else if (effect(match) !== effect(first)) differ = true;
    const stricter = strictest < 0 ? 1 : effect(match) - effect(strictest);
    if (stricter > 0 || (stricter === 0 && precedes(image, match, strictest))) strictest = match;
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
    const match = winners[position] as number;
    return match < 0 ? [] : [Object.freeze({ connector, rule: recordOf(image, ruleOf(match)) })];
  });
  return {
    match: named < 0 ? best : named,
    conflict: Object.freeze({ strategy, resolved: named >= 0, laws: Object.freeze(laws) }),
  };
}

const SUBJECT = CONNECTORS.indexOf("subject-location");
const OPERATOR = CONNECTORS.indexOf("operator-establishment");
// One decision at a time per thread, as with an image's scratch space.
const winners = new Int32Array(CONNECTORS.length);
