import { compareLists, type ListEntry } from "@demarc/lists";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo } from "../exit.ts";
import { shownPath } from "../files.ts";
import { formatFlag, readListFile, sourceFlags } from "../list-file.ts";
import { json, line, styled } from "../print.ts";

/**
 * `demarc list diff OLD NEW`: entries added and removed, in canonical form, whatever the formats.
 *
 * JSON: `{ same, unread: { old, new }, kept, added: [entry], removed: [entry], stillCovered: [{ entry, by }], exceptions: { added, removed } }`; an entry is `{ type: "domain" |
 * "cidr" | "url" | "url-pattern", value, match? }`. `unread` counts lines that
 * could not be read; lists that differ in it are not the same. Exit codes: 1 when they differ, 3 when a list can not be read.
 */
export const listDiffCommand = Command.make(
  "diff",
  {
    old: Argument.Path("old").pipe(Argument.withDescription("The list before")),
    new: Argument.Path("new").pipe(Argument.withDescription("The list after")),
    ...sourceFlags,
    newFormat: formatFlag("new-format"),
    summary: Flag.Boolean("summary").pipe(Flag.withDescription("Counts only"), Flag.withDefault(false)),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.list.diff")(function* (input) {
    const before = yield* readListFile(input.old, input);
    const after = yield* readListFile(input.new, {
      ...input,
      format: Option.orElse(input.newFormat, () => input.format),
    });
    const difference = compareLists(before.entries, after.entries);
    const exceptions = compareLists(before.exceptions, after.exceptions);
    const changes = [difference, exceptions].flatMap(({ added, removed }) => [...added, ...removed]);
    // Of what could not be read nobody knows whether it changed; where there is as much of it on both sides, it is told only.
    const unread = { old: before.refused, new: after.refused };
    const same = changes.length === 0 && unread.old === unread.new;
    if (input.json)
      yield* json({
        same,
        unread,
        ...difference,
        exceptions: { added: exceptions.added, removed: exceptions.removed },
      });
    else {
      if (!input.summary) {
        for (const entry of difference.removed) yield* line(styled("red", `- ${shown(entry)}`));
        for (const entry of difference.added) yield* line(styled("green", `+ ${shown(entry)}`));
        for (const entry of exceptions.removed) yield* line(styled("red", `- except ${shown(entry)}`));
        for (const entry of exceptions.added) yield* line(styled("green", `+ except ${shown(entry)}`));
      }
      const covered = difference.stillCovered.length;
      const still = covered === 0 ? "" : ` (${covered} of them still covered by others)`;
      yield* line(
        `${difference.added.length} added, ${difference.removed.length} removed${still}, ${difference.kept} kept; exceptions: ${exceptions.added.length} added, ${exceptions.removed.length} removed`,
      );
    }
    if (!input.json && unread.old + unread.new > 0)
      yield* line(
        `not compared, since not read: ${lines(unread.old)} of ${shownPath(input.old)}, ${lines(unread.new)} of ${shownPath(input.new)}; see \`demarc list inspect\``,
      );
    if (!same) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Compare two lists by what they match, whatever their formats"),
  Command.withExamples([
    { command: "demarc list diff old-hosts.txt new-hosts.txt", description: "Entries added and removed" },
    {
      command: "demarc list diff list.txt db.rpz --new-format rpz --summary",
      description: "Did a conversion keep everything?",
    },
  ]),
);

function shown(entry: ListEntry): string {
  if (entry.type === "cidr" || entry.type === "url-pattern") return entry.value;
  if (entry.type === "domain") return entry.match === "exact" ? `=${entry.value}` : entry.value;
  return entry.match === "exact" ? entry.value : `${entry.value}...`;
}

function lines(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}
