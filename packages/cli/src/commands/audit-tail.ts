import { type Checkpoint, decodeEntry, verifyCheckpoint } from "@demarc/audit";
import { type LogReader, verifyLog } from "@demarc/audit/node";
import { Effect, Option } from "effect";
import { Command, Flag } from "effect/cli";
import { attempt, directoryArgument, findVerifierKey, keyFlag, openLogReader } from "../audit-directory.ts";
import { AnswerNo, UsageFault } from "../exit.ts";
import { fault, line } from "../print.ts";
import { entrySummary } from "../print-entry.ts";

const DEFAULT_LAST = 10;

/**
 * `demarc audit tail LOG`: the latest entries and, with `--follow`, those that are added, each only once the checkpoint
 * that covers it is signed and extends the one before.
 *
 * JSON: a line `{ index, entry }` for each. Exit codes: 1 the log contradicts what was shown before, 3 it can not be read.
 */
export const auditTailCommand = Command.make(
  "tail",
  {
    directory: directoryArgument,
    key: keyFlag,
    last: Flag.Int("last").pipe(
      Flag.withDescription("How many of the latest entries first"),
      Flag.withDefault(DEFAULT_LAST),
    ),
    follow: Flag.Boolean("follow").pipe(
      Flag.withAlias("f"),
      Flag.withDescription("Go on with what is added, until interrupted"),
      Flag.withDefault(false),
    ),
    until: Flag.Int("until").pipe(
      Flag.withDescription("With --follow: end once the log has this many entries"),
      Flag.optional,
    ),
    interval: Flag.Int("interval").pipe(
      Flag.withDescription("Milliseconds between looks; 1000 if left out"),
      Flag.withDefault(1000),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print each entry as a line of JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.tail")(function* (input) {
    if (input.last < 0 || input.interval < 1)
      return yield* new UsageFault({ message: "--last is a number from 0 up, --interval from 1 up" });
    const reader = yield* openLogReader(input.directory);
    const key = yield* findVerifierKey(input.directory, Option.getOrUndefined(input.key));
    const until = Option.getOrElse(input.until, () => Number.POSITIVE_INFINITY);
    let seen: Checkpoint | null = null;
    for (;;) {
      const { text, checkpoint } = yield* attempt(() => reader.checkpoint());
      const signed = yield* attempt(() => verifyCheckpoint(text, key.key));
      if (!signed.ok) {
        yield* fault(signed.issue);
        return yield* new AnswerNo();
      }
      if (seen === null || checkpoint.size !== seen.size) {
        const before: Checkpoint | null = seen;
        if (before !== null) {
          const report = yield* attempt(() => verifyLog(reader, { verifierKey: key.text, from: before }));
          if (!report.ok) {
            const [finding] = report.findings;
            yield* fault({ code: finding?.code, message: `${finding?.file}: ${finding?.message}` });
            return yield* new AnswerNo();
          }
        }
        const from: number = before === null ? Math.max(0, checkpoint.size - input.last) : before.size;
        yield* show(reader, from, checkpoint.size, input.json);
        seen = checkpoint;
      }
      if (!input.follow || checkpoint.size >= until) return;
      yield* Effect.sleep(`${input.interval} millis`);
    }
  }),
).pipe(
  Command.withDescription("The latest entries, and those that are added"),
  Command.withExamples([
    { command: "demarc audit tail .demarc/dns-filter --follow", description: "Look on" },
    {
      command: "demarc audit tail https://log.example/ --key operator.pub --follow --json",
      description: "From its address, for a program",
    },
  ]),
);

const show = Effect.fnUntraced(function* (reader: LogReader, from: number, to: number, asJson: boolean) {
  for (let at = from; at < to; ) {
    const bundle = Math.floor(at / 256);
    const entries = yield* attempt(() => reader.bundle(bundle, to));
    for (; at < to && at < (bundle + 1) * 256; at += 1) {
      const decoded = decodeEntry(entries[at - bundle * 256] as Uint8Array);
      const entry = decoded.ok ? decoded.value : ({ type: "unknown" } as const);
      if (asJson) yield* line(JSON.stringify({ index: at, entry }));
      else yield* line(`${String(at).padStart(8)}  ${entrySummary(entry)}`);
    }
  }
});
