// The rules that came into force with a policy set, from the image that the log's entry names.
import type { Entry } from "@demarc/audit";
import type { Activation } from "@demarc/audit/export";
import type { LogReader } from "@demarc/audit/node";
import { members } from "@demarc/jurisdiction";
import { openImage } from "@demarc/matcher";
import { Effect } from "effect";
import { attempt } from "./audit-directory.ts";
import { InputFault } from "./exit.ts";

type PolicyActivated = Extract<Entry, { type: "policy.activated" }>;

/**
 * The rules of an activated set that were not in force before it. `seen` remembers them by policy and digest, from entry to
 * entry. `cli/image-unread` where the image that the entry names is not beside the log, or damaged.
 */
export const activatedRules = Effect.fnUntraced(function* (
  reader: LogReader,
  origin: string,
  index: number,
  entry: PolicyActivated,
  seen: Set<string>,
): Effect.fn.Return<readonly Activation[], InputFault> {
  const path = `objects/sha256/${entry.policy.object}`;
  const bytes = yield* attempt(() => reader.file(path));
  const opened = bytes === null ? null : openImage(bytes);
  if (opened === null || !opened.ok)
    return yield* new InputFault({
      code: "cli/image-unread",
      message: `entry ${index} names the image ${path}, which ${opened === null ? "is missing" : `can not be read: ${opened.issue.message}`}`,
      help: "`demarc audit fsck` says what else is; a whole copy of the log has it",
    });
  const { rules, set } = opened.value;
  return rules.flatMap((rule): Activation[] => {
    const key = `${rule.policy.digest} ${rule.id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const at = Date.parse(entry.time);
    const within = statesIn(rule.scope.territories, at);
    const except = new Set(statesIn(rule.scope.except ?? [], at));
    const territories = within.filter((code) => !except.has(code));
    const { name, jurisdiction } = set.operator;
    return [{ origin, index, time: entry.time, operator: { name, jurisdiction }, rule, territories }];
  });
});

// ISO 3166-1 codes; a part of a state counts as its state.
function statesIn(codes: readonly string[], at: number): readonly string[] {
  const states = codes.flatMap((code) => (code.startsWith("group:") ? members(code, at) : [code]));
  return [...new Set(states.map((code) => code.slice(0, 2)))]
    .filter((code) => /^[A-Z]{2}$/.test(code))
    .toSorted();
}
