import {
  canonicalTerritory,
  codeStatus,
  formerUses,
  groupIntervals,
  groups,
  groupTitle,
  holdsAt,
  isGroup,
  isTerritory,
  type Membership,
  members,
  membershipOf,
  memberships,
  reservedParts,
  standing,
  suggestTerritory,
  territoryName,
  type When,
} from "@demarc/jurisdiction";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { columns, Footnotes } from "../columns.ts";
import { UsageFault } from "../exit.ts";
import { json, line, styled } from "../print.ts";
import { instantText, readWhen, whenText } from "../read-instant.ts";

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
      Flag.withDescription(
        "Day, as 2013-07-01, whole in the legal time of each territory, or instant, as 2020-01-31T23:30:00Z; now if left out",
      ),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.groups")(function* (input) {
    const at = yield* readWhen(input.at);
    if (Option.isNone(input.what)) return yield* printAll(at, input.json);
    const text = input.what.value;
    const group = [text, `group:${text}`].find(isGroup);
    if (group !== undefined) return yield* printGroup(group, at, input.json);
    if (isTerritory(text)) return yield* printTerritory(text, at, input.json);
    return yield* new UsageFault({
      message: `\`${text}\` is no group and no territory`,
      help: helpFor(text),
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

function helpFor(text: string): string {
  const guess = suggestTerritory(text);
  if (guess !== null) return `did you mean \`${guess}\`?`;
  const code = text.toUpperCase();
  const uses = formerUses(code).map(
    ({ name, until, successors }) => `${name} to ${until}, now ${successors.join(", ")}`,
  );
  if (uses.length > 0) return `ISO withdrew \`${code}\`: it was ${uses.join("; and ")}`;
  const now = [...codeStatus(code).successors, ...reservedParts(code)];
  return now.length > 0 ? `ask for ${now.join(" or ")}` : "demarc groups lists the groups";
}

const printAll = Effect.fnUntraced(function* (at: When, asJson: boolean) {
  const rows = groups().map((group) => ({
    group,
    title: groupTitle(group),
    members: members(group, at).length,
  }));
  if (asJson) return yield* json({ at: whenText(at), groups: rows });
  for (const { group, title, members: count } of rows)
    yield* line(`${styled("bold", group.padEnd(20))} ${String(count).padStart(3)}  ${title}`);
});

const printGroup = Effect.fnUntraced(function* (group: string, at: When, asJson: boolean) {
  const inside = members(group, at)
    .map((territory) => membershipOf(group, territory, at))
    .filter((each) => each !== null);
  // What is carved out, under its first code.
  const outside = groupIntervals(group).filter(
    (each) => !each.inside && holdsAt(each, at) && canonicalTerritory(each.territory) === each.territory,
  );
  if (asJson)
    return yield* json({
      at: whenText(at),
      group,
      title: groupTitle(group),
      members: inside.map(plain),
      outside: outside.map(plain),
    });
  yield* line(`${styled("bold", group)}: ${groupTitle(group)}, ${momentText(at)}`);
  if (inside.length === 0) yield* line("  no territory");
  const acts = new Footnotes();
  for (const each of columns(inside.map((row) => rowCells(row, acts)))) yield* line(`  ${each}`);
  if (outside.length > 0) {
    yield* line("not in it, though near or of a state that is:");
    for (const each of columns(outside.map((row) => rowCells(row, acts)))) yield* line(`  ${each}`);
  }
  yield* printActs(acts);
});

const printActs = Effect.fnUntraced(function* (acts: Footnotes) {
  const lines = acts.lines();
  if (lines.length === 0) return;
  yield* line("by:");
  for (const each of lines) yield* line(`  ${each}`);
});

const printTerritory = Effect.fnUntraced(function* (territory: string, at: When, asJson: boolean) {
  const found = memberships(territory, at);
  const ambiguous = groups().filter((group) => standing(group, territory, at) === "ambiguous");
  if (asJson)
    return yield* json({
      at: whenText(at),
      territory,
      name: territoryName(territory),
      memberships: found.map(plain),
      ambiguous,
    });
  yield* line(`${styled("bold", territory)} (${territoryName(territory)}), ${momentText(at)}`);
  const acts = new Footnotes();
  const rows = found.map((each) => [
    each.group,
    each.regime ?? "",
    each.territory === territory ? "" : `as part of ${each.territory}`,
    sinceText(each),
    acts.mark(each.source) + noteText(each),
  ]);
  for (const each of columns(rows)) yield* line(`  ${each}`);
  if (found.length === 0) yield* line("  in no group");
  for (const group of ambiguous) yield* line(`  ${group}: ambiguous, its parts are under different law`);
  yield* printActs(acts);
});

const momentText = (at: When): string =>
  typeof at === "number" ? `at ${whenText(at)}` : `on ${whenText(at)} (a whole day in its legal time)`;

// The time of day is told where it is not midnight by the territory's own clocks, so that a day is enough where it is.
const sinceText = ({ fromLocal, untilLocal }: Membership): string =>
  `since ${localText(fromLocal)}${untilLocal === null ? "" : ` until ${localText(untilLocal)}`}`;
const localText = (local: string): string =>
  local.includes("T00:00:00") ? `${local.slice(0, 10)} ${local.slice(25)}` : local;

const noteText = ({ note }: Membership): string => (note === null ? "" : ` ${note}`);

const rowCells = (each: Membership, acts: Footnotes): readonly string[] => [
  each.territory,
  territoryName(each.territory),
  each.regime ?? "",
  sinceText(each),
  acts.mark(each.source) + noteText(each),
];

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
