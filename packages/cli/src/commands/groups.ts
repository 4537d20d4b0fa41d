import {
  groupIntervals,
  groups,
  groupTitle,
  isGroup,
  isTerritory,
  type Membership,
  members,
  membershipOf,
  memberships,
  standing,
  suggestTerritory,
  territoryName,
} from "@demarc/jurisdiction";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { UsageFault } from "../exit.ts";
import { json, line, styled } from "../print.ts";
import { instantText, readInstant } from "../read-instant.ts";

/**
 * `demarc groups [GROUP or TERRITORY] --at INSTANT`: all groups; the members of one; or the groups that a territory is in.
 *
 * JSON: `{ at, groups: [{ group, title, members: n }] }`, `{ at, group, title, members: [membership], outside: [membership] }` or
 * `{ at, territory, name, memberships: [membership], ambiguous: [group] }`; a membership is as the
 * type Membership of `@demarc/jurisdiction`, instants as text.
 * Exit codes: 0; 2 for a group, territory or instant that is none.
 */
export const groupsCommand = Command.make(
  "groups",
  {
    what: Argument.String("group").pipe(
      Argument.withDescription("A group, as EU or group:EU, or a territory, as RE; all groups if left out"),
      Argument.optional,
    ),
    at: Flag.String("at").pipe(
      Flag.withDescription("Instant, as 2013-07-01 or 2020-01-31T23:30:00Z; now if left out"),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.groups")(function* (input) {
    const at = yield* readInstant(input.at);
    if (Option.isNone(input.what)) return yield* printAll(at, input.json);
    const text = input.what.value;
    const group = [text, `group:${text}`].find(isGroup);
    if (group !== undefined) return yield* printGroup(group, at, input.json);
    if (isTerritory(text)) return yield* printTerritory(text, at, input.json);
    const guess = suggestTerritory(text);
    return yield* new UsageFault({
      message: `\`${text}\` is no group and no territory`,
      help: guess === null ? "demarc groups lists the groups" : `did you mean \`${guess}\`?`,
    });
  }),
).pipe(
  Command.withDescription("Say which territories are in a group at an instant, by which act"),
  Command.withExamples([
    { command: "demarc groups", description: "All groups, and how many territories are in each now" },
    { command: "demarc groups EU --at 2013-07-01", description: "Where EU law applied on that day" },
    { command: "demarc groups GL --json", description: "The groups that Greenland is in, for a program" },
  ]),
);

const printAll = Effect.fnUntraced(function* (at: number, asJson: boolean) {
  const rows = groups().map((group) => ({
    group,
    title: groupTitle(group),
    members: members(group, at).length,
  }));
  if (asJson) return yield* json({ at: instantText(at), groups: rows });
  for (const { group, title, members: count } of rows)
    yield* line(`${styled("bold", group.padEnd(20))} ${String(count).padStart(3)}  ${title}`);
});

const printGroup = Effect.fnUntraced(function* (group: string, at: number, asJson: boolean) {
  const inside = members(group, at)
    .map((territory) => membershipOf(group, territory, at))
    .filter((each) => each !== null);
  // What is carved out, under its first code.
  const outside = groupIntervals(group).filter(
    (each) =>
      !each.inside && each.from <= at && at < (each.until ?? Infinity) && !hasOtherCode(each.territory),
  );
  if (asJson)
    return yield* json({
      at: instantText(at),
      group,
      title: groupTitle(group),
      members: inside.map(plain),
      outside: outside.map(plain),
    });
  yield* line(`${styled("bold", group)}: ${groupTitle(group)}, at ${instantText(at)}`);
  for (const each of inside) yield* line(`  ${rowText(each)}`);
  if (inside.length === 0) yield* line("  no territory");
  if (outside.length === 0) return;
  yield* line("not in it, though near:");
  for (const each of outside) yield* line(`  ${rowText(each)}`);
});

const printTerritory = Effect.fnUntraced(function* (territory: string, at: number, asJson: boolean) {
  const found = memberships(territory, at);
  const ambiguous = groups().filter((group) => standing(group, territory, at) === "ambiguous");
  if (asJson)
    return yield* json({
      at: instantText(at),
      territory,
      name: territoryName(territory),
      memberships: found.map(plain),
      ambiguous,
    });
  yield* line(`${styled("bold", territory)} (${territoryName(territory)}) at ${instantText(at)}`);
  for (const each of found)
    yield* line(
      `  ${each.group}${each.regime === null ? "" : ` (${each.regime})`}${each.territory === territory ? "" : ` as part of ${each.territory}`}, since ${each.fromLocal}: ${each.source}`,
    );
  if (found.length === 0) yield* line("  in no group");
  for (const group of ambiguous) yield* line(`  ${group}: ambiguous, its parts are under different law`);
});

// FR-974 beside RE: shown once.
const hasOtherCode = (territory: string): boolean =>
  territoryName(territory) !== territory && /-/.test(territory) && !territory.startsWith("x-");

const rowText = (each: Membership): string =>
  `${each.territory.padEnd(15)} ${territoryName(each.territory)}${each.regime === null ? "" : ` (${each.regime})`}, since ${each.fromLocal}${each.untilLocal === null ? "" : ` until ${each.untilLocal}`}: ${each.source}`;

function plain(each: Membership): unknown {
  const { group, territory, inside, regime, source, note, fromLocal, untilLocal } = each;
  const until = each.until === null ? null : instantText(each.until);
  return {
    group,
    territory,
    from: instantText(each.from),
    fromLocal,
    until,
    untilLocal,
    inside,
    regime,
    source,
    note,
  };
}
