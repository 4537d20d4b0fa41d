import { verifyLog } from "@demarc/audit/node";
import { Effect, Option } from "effect";
import { Command, Flag } from "effect/cli";
import { attempt, directoryArgument, findVerifierKey, keyFlag, openLogReader } from "../audit-directory.ts";
import { AnswerNo, UsageFault } from "../exit.ts";
import { json, line, progress, styled } from "../print.ts";
import { type ReplayReport, replayLog } from "../replay/replay-log.ts";

/**
 * `demarc audit replay LOG`: verifies the log, then makes every decision of a range again from its public files alone, with
 * the image and the engine that each entry names, and tells of each difference the member and byte, and of each damaged
 * part of policy, data or engine the object and byte.
 *
 * JSON: `{ ok, verified, from, to, decisions, same, differing, sealed, undecidable, engines, parts, differences }`.
 * Exit codes: 0 every decision follows, 1 not all do, 3 there is no log to read.
 */
export const auditReplayCommand = Command.make(
  "replay",
  {
    directory: directoryArgument,
    key: keyFlag,
    from: Flag.Int("from").pipe(Flag.withDescription("First entry of the range"), Flag.withDefault(0)),
    to: Flag.Int("to").pipe(
      Flag.withDescription("End of the range: the entry after the last one"),
      Flag.optional,
    ),
    day: Flag.String("day").pipe(
      Flag.withDescription("Only decisions of this day, such as 2026-11-24 (UTC)"),
      Flag.optional,
    ),
    objects: Flag.String("objects").pipe(
      Flag.withDescription(
        "Another copy of the log: where an object is damaged, it tells the byte and stands in",
      ),
      Flag.optional,
    ),
    runEngine: Flag.Boolean("run-engine").pipe(
      Flag.withDescription(
        "Run the engine stored beside the log where it is not this one (other people's code)",
      ),
      Flag.withDefault(false),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.audit.replay")(function* (input) {
    const day = Option.getOrUndefined(input.day);
    if (day !== undefined && !isDay(day))
      return yield* new UsageFault({ message: `\`${day}\` is no day`, help: "write it as 2026-11-24" });
    const to = Option.getOrElse(input.to, () => Number.MAX_SAFE_INTEGER);
    if (input.from < 0 || to < input.from)
      return yield* new UsageFault({
        message: "the range ends before it begins",
        help: "--from 0 --to 1000",
      });
    const reader = yield* openLogReader(input.directory);
    const { checkpoint } = yield* attempt(() => reader.checkpoint());
    if (input.from > checkpoint.size)
      return yield* new UsageFault({
        message: `the log has ${checkpoint.size} entries, so none from ${input.from}`,
        help: `--from is 0 to ${checkpoint.size}`,
      });
    const spare = Option.isSome(input.objects) ? yield* openLogReader(input.objects.value) : null;
    const key = yield* findVerifierKey(input.directory, Option.getOrUndefined(input.key));
    const verified = yield* attempt(() =>
      verifyLog(reader, { verifierKey: key.text, onProgress: progress("verifying") }),
    );
    const report = yield* Effect.scoped(
      replayLog(reader, {
        from: input.from,
        to,
        day,
        spare,
        runEngine: input.runEngine,
        onProgress: progress("replaying"),
      }),
    );
    const ok = report.ok && verified.ok;
    if (input.json) yield* json({ ...report, ok, verified: verified.ok });
    else {
      yield* print({ ...report, ok, verified: verified.ok });
      for (const finding of verified.findings)
        yield* line(`  the log does not hold: ${finding.file}: ${finding.message} (${finding.code})`);
    }
    if (!ok) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Make every decision of a range again, from the log's public files alone"),
  Command.withExamples([
    {
      command: "demarc audit replay .demarc/dns-filter --day 2026-11-24",
      description: "Does each decision of a day follow?",
    },
    {
      command: "demarc audit replay https://log.example/ --key operator.pub --from 5000 --to 6000 --json",
      description: "A range, from its address",
    },
    {
      command: "demarc audit replay copy/log --key operator.pub --run-engine",
      description: "With the engine that lies beside the log, when it is of another version",
    },
  ]),
);

const print = Effect.fnUntraced(function* (report: ReplayReport & { readonly verified: boolean }) {
  const { ok, decisions, same, differing, sealed, undecidable } = report;
  const rest = [
    [differing, "differ"],
    [sealed, "sealed"],
    [undecidable, "not decidable"],
  ] as const;
  const others = rest.filter(([count]) => count > 0).map(([count, word]) => `, ${count} ${word}`);
  // The same results by another engine show nothing about the one that decided, and say nothing against it.
  const isOnlyEngine = !ok && same === decisions && report.parts.length === 0 && report.verified;
  const verdict = ok
    ? styled("green", "follows")
    : isOnlyEngine
      ? styled("yellow", "not shown")
      : styled("red", "does not follow");
  yield* line(
    `${verdict}: ${same} of ${decisions} decisions in entries ${report.from} to ${report.to} were made again with the same result${others.join("")}${isOnlyEngine ? ", but not by the engine that they name" : ""}`,
  );
  for (const engine of report.engines) {
    yield* line(`  engine ${engine.name} ${engine.version}: by ${engine.ran}`);
    if (engine.ran !== "this program instead") continue;
    const { other } = engine;
    const where =
      other === undefined
        ? ""
        : `: ${other.path}${other.byte === null ? "" : ` byte ${other.byte}`} is another`;
    yield* line(`    it is not the engine that the entries name${where}; --run-engine runs that one`);
  }
  for (const { part, object, path, byte, message } of report.parts)
    yield* line(
      `  ${styled("red", part)} ${path}, ${object}${byte === undefined ? "" : ` byte ${byte}`}: ${message}`,
    );
  for (const { index, ref, cause, pointer, byte, logged, derived } of report.differences)
    yield* line(
      `  ${styled("red", `entry ${index}`)} ${ref}, byte ${byte}: ${pointer} is ${JSON.stringify(logged) ?? "absent"}, and ${JSON.stringify(derived) ?? "absent"} follows (cause: ${cause})`,
    );
  if (differing > report.differences.length)
    yield* line(`  and ${differing - report.differences.length} more`);
});

// A day that the calendar has.
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isFinite(date.getTime()) && date.toISOString().startsWith(text);
}
