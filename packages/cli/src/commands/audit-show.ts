import { decodeEntry, type Entry } from "@demarc/audit";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { attempt, directoryArgument, findNamedEntry, openLogReader } from "../audit-directory.ts";
import { UsageFault } from "../exit.ts";
import { json, line } from "../print.ts";
import { entrySummary } from "../print-entry.ts";

const DEFAULT_LAST = 10;

/**
 * `demarc audit show DIR [ENTRY]`: one entry by index or reference, or the latest ones.
 *
 * JSON: for one entry `{ index, entry }`, else `{ size, entries: [{ index, entry }] }`; entries as in the entry schema.
 * Exit codes: 3 when there is no such entry or log.
 */
export const auditShowCommand = Command.make(
  "show",
  {
    directory: directoryArgument,
    entry: Argument.String("entry").pipe(
      Argument.withDescription("Index, or the reference that a notice quoted"),
      Argument.optional,
    ),
    last: Flag.Int("last").pipe(
      Flag.withDescription("How many of the latest entries"),
      Flag.withDefault(DEFAULT_LAST),
    ),
    raw: Flag.Boolean("raw").pipe(
      Flag.withDescription("Print the bytes of the entry as they are in the log, nothing else"),
      Flag.withDefault(false),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.show")(function* (input) {
    if (input.last < 1) return yield* new UsageFault({ message: "--last is a number from 1 up" });
    if (input.raw && Option.isNone(input.entry))
      return yield* new UsageFault({
        message: "--raw is for one entry",
        help: "name it by index or reference",
      });
    const reader = yield* openLogReader(input.directory);
    if (Option.isSome(input.entry)) {
      const found = yield* findNamedEntry(reader, input.entry.value);
      if (input.raw) return process.stdout.write(found.bytes);
      if (input.json) return yield* json({ index: found.index, entry: found.entry });
      yield* line(`entry ${found.index}`);
      return yield* json(found.entry);
    }
    const { checkpoint } = yield* attempt(() => reader.checkpoint());
    const entries: { index: number; entry: Entry | { readonly type: "unknown" } }[] = [];
    for (let index = Math.max(0, checkpoint.size - input.last); index < checkpoint.size; index += 1) {
      const decoded = decodeEntry(yield* attempt(() => reader.entry(index)));
      entries.push({ index, entry: decoded.ok ? decoded.value : { type: "unknown" } });
    }
    if (input.json) return yield* json({ size: checkpoint.size, entries });
    yield* line(`${checkpoint.size} entries under the newest checkpoint of ${checkpoint.origin}`);
    for (const each of entries) yield* line(`${String(each.index).padStart(8)}  ${entrySummary(each.entry)}`);
  }),
).pipe(
  Command.withDescription("Show one entry, or the latest ones"),
  Command.withExamples([
    { command: "demarc audit show .demarc/dns-filter --last 20", description: "The latest twenty" },
    {
      command: "demarc audit show .demarc/dns-filter k3f9a2-42",
      description: "The decision that a notice quoted",
    },
  ]),
);
