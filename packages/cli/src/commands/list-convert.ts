import { formatList } from "@demarc/lists";
import { Console, Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo, UsageFault } from "../exit.ts";
import { shownPath, writeWhole } from "../files.ts";
import { type ListFile, placeInList, readListFile, sourceFlags } from "../list-file.ts";
import { kindOf, serialFlag, serialOf, WRITABLE, writableOf } from "../list-output.ts";
import { json, line, plural } from "../print.ts";

const MAX_SHOWN = 5;

/**
 * `demarc list convert FILE --to FORMAT`: the list in another format. Whatever the other format can not say is refused, and so
 * are lines that could not be read, unless --leave-out says to go on without them.
 *
 * JSON (with --out): `{ file, format, to, out, written, leftOut: { unread, entries: { "domain exact": n ... }, exceptions: n } }`.
 * Exit codes: 1 when something would be left out and --leave-out was not given; nothing is written then. 3 when a file can not be used.
 */
export const listConvertCommand = Command.make(
  "convert",
  {
    file: Argument.Path("file").pipe(Argument.withDescription("The list")),
    to: Flag.String("to").pipe(Flag.withDescription(`One of ${WRITABLE.join(", ")}`)),
    ...sourceFlags,
    out: Flag.Path("out").pipe(
      Flag.withAlias("o"),
      Flag.withDescription("Write here instead of stdout"),
      Flag.optional,
    ),
    leaveOut: Flag.Boolean("leave-out").pipe(
      Flag.withDescription("Write the rest where the format can not say everything"),
      Flag.withDefault(false),
    ),
    serial: serialFlag,
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print what was done as JSON; needs --out"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.list.convert")(function* (input) {
    if (input.json && Option.isNone(input.out))
      return yield* new UsageFault({
        message: "--json says what was written, and the list itself goes to stdout",
        help: "add --out FILE",
      });
    const serial = yield* serialOf(input.serial);
    const to = yield* writableOf(input.to);
    const list = yield* readListFile(input.file, input);
    const converted = formatList(to, list.entries, {
      exceptions: list.exceptions,
      serial,
      leaveOut: input.leaveOut,
    });
    const { omitted } = converted;
    const exceptions = new Set(list.exceptions);
    const lost: Record<string, number> = {};
    let lostExceptions = 0;
    for (const entry of omitted) {
      if (exceptions.has(entry)) lostExceptions += 1;
      else lost[kindOf(entry)] = (lost[kindOf(entry)] ?? 0) + 1;
    }
    // A line may give an entry and something that is left out.
    const unread = Object.values(list.countByCode).reduce((sum, count) => sum + count, 0);
    const isWhole = omitted.length === 0 && unread === 0;
    const written = list.entries.length + list.exceptions.length - omitted.length;
    if (!isWhole) {
      if (unread > 0) yield* tellUnread(list, unread);
      for (const [kind, count] of Object.entries(lost))
        yield* Console.error(`${plural(count, "entry", "entries")} that ${to} can not say: ${kind}`);
      if (lostExceptions > 0)
        yield* Console.error(
          `${plural(lostExceptions, "exception")} that ${to} can not say: without them the list matches more than it should`,
        );
      if (!input.leaveOut) yield* Console.error("nothing was written; --leave-out writes the rest");
    }
    const done = converted.ok && (isWhole || input.leaveOut);
    if (done)
      yield* Option.isSome(input.out)
        ? writeWhole(input.out.value, converted.text)
        : Effect.sync(() => process.stdout.write(converted.text));
    const out = Option.isSome(input.out) ? shownPath(input.out.value) : null;
    if (input.json)
      yield* json({
        file: list.file,
        format: list.format,
        to,
        out: done ? out : null,
        written: done ? written : 0,
        leftOut: { unread, entries: lost, exceptions: lostExceptions },
      });
    else if (done && out !== null)
      yield* line(`${out}: ${plural(written, "entry", "entries")} in ${to}, from ${list.format}`);
    if (!done) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription(
    "Write a list in another format; what that can not say is refused, never dropped in silence",
  ),
  Command.withExamples([
    {
      command: "demarc list convert hosts.txt --to rpz --serial 7 --out db.rpz",
      description: "A response policy zone",
    },
    {
      command: "demarc list convert adguard.txt --to hosts --leave-out --out hosts",
      description: "A hosts file knows no names below; go on without them",
    },
    {
      command: "demarc list convert db.mmdb --from mmdb --country DE --to cidr",
      description: "The addresses that a database places in a country, in the fewest prefixes",
    },
    {
      command: "demarc list convert data/google --from v2fly --attribute cn --to domains --leave-out",
      description: "A source list, with what lists beside it bring into it; what is @cn only",
    },
  ]),
);

const tellUnread = Effect.fnUntraced(function* (list: ListFile, unread: number) {
  yield* Console.error(
    `${plural(unread, "thing")} in ${list.file} could not be read: ${words(list.countByCode)}`,
  );
  for (const each of list.diagnostics.slice(0, MAX_SHOWN))
    yield* Console.error(`  ${placeInList(list.file, each)}: ${each.message} (${each.code})`);
  if (unread > MAX_SHOWN) yield* Console.error(`  and ${unread - MAX_SHOWN} more`);
});

function words(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([code, count]) => `${code} ${count}`)
    .join(", ");
}
