import { decodeEntry } from "@demarc/audit";
import {
  type Activation,
  type ExportedEntry,
  toCef,
  toLeef,
  toLogRecord,
  toLumenNotice,
  toOcsf,
  toOtlpRequest,
  toStatementOfReasons,
} from "@demarc/audit/export";
import { Console, Effect, Option } from "effect";
import { Command, Flag } from "effect/cli";
import { activatedRules } from "../activated-rules.ts";
import { attempt, directoryArgument, openLogReader } from "../audit-directory.ts";
import { UsageFault } from "../exit.ts";
import { lineSink } from "../line-sink.ts";
import { progress } from "../print.ts";

/** One line for the entries of a bundle that a format has a word for. Each line stands alone. */
const FORMATS = {
  jsonl: (entries) => entries.map(({ index, entry }) => JSON.stringify({ index, entry })),
  ocsf: (entries) => entries.flatMap((each) => jsonOf(toOcsf(each))),
  cef: (entries) => entries.flatMap((each) => toCef(each) ?? []),
  leef: (entries) => entries.flatMap((each) => toLeef(each) ?? []),
  otlp: (entries) => {
    const [first] = entries;
    return first === undefined ? [] : [JSON.stringify(toOtlpRequest(first.origin, entries.map(toLogRecord)))];
  },
} as const satisfies Record<string, (entries: readonly ExportedEntry[]) => readonly string[]>;

const jsonOf = (value: unknown): string[] => (value === null ? [] : [JSON.stringify(value)]);

/** One line for each rule that came into force. */
const OF_RULES = {
  dsa: (activation) => toStatementOfReasons(activation),
  lumen: toLumenNotice,
} as const satisfies Record<string, (activation: Activation) => unknown>;

type Format = keyof typeof FORMATS | keyof typeof OF_RULES;
const NAMES = [...Object.keys(FORMATS), ...Object.keys(OF_RULES)] as Format[];

/**
 * `demarc audit export LOG --format FORMAT`: entries for other systems, as a stream of lines: `jsonl` the entries themselves,
 * `ocsf` events, `cef` and `leef` decisions, `otlp` requests of up to 256 log records. One bundle is in memory at a time. `dsa` and
 * `lumen` have a line for each rule that came into force within the range, not for each decision: statements of reasons for the DSA
 * Transparency Database, and notices for Lumen.
 *
 * `--out` appears once it is whole. Exit codes: 3 when the log can not be read or the lines not written.
 */
export const auditExportCommand = Command.make(
  "export",
  {
    directory: directoryArgument,
    format: Flag.Literals("format", NAMES).pipe(
      Flag.withDescription(`One of ${NAMES.join(", ")}; jsonl if left out`),
      Flag.withDefault("jsonl" satisfies Format),
    ),
    from: Flag.Int("from").pipe(Flag.withDescription("First entry"), Flag.withDefault(0)),
    to: Flag.Int("to").pipe(Flag.withDescription("The entry after the last one"), Flag.optional),
    out: Flag.Path("out").pipe(Flag.withDescription("Write here instead of stdout"), Flag.optional),
  },
  Effect.fn("demarc.audit.export")(function* (input) {
    const reader = yield* openLogReader(input.directory);
    const { checkpoint } = yield* attempt(() => reader.checkpoint());
    const to = Math.min(
      Option.getOrElse(input.to, () => checkpoint.size),
      checkpoint.size,
    );
    if (input.from < 0 || input.from > to)
      return yield* new UsageFault({
        message: `entries ${input.from} to ${to} are no range of a log of ${checkpoint.size} entries`,
        help: `--from is 0 to ${checkpoint.size}, and not above --to`,
      });
    const sink = yield* lineSink(input.out);
    const onProgress = progress("exporting");
    const seen = new Set<string>();
    let unreadable = 0;
    for (let at = input.from; at < to; ) {
      const bundle = Math.floor(at / 256);
      const held = yield* attempt(() => reader.bundle(bundle, checkpoint.size));
      const entries: ExportedEntry[] = [];
      for (; at < to && at < (bundle + 1) * 256; at += 1) {
        const bytes = held[at - bundle * 256] as Uint8Array;
        const decoded = decodeEntry(bytes);
        if (decoded.ok) entries.push({ origin: checkpoint.origin, index: at, bytes, entry: decoded.value });
        else unreadable += 1;
      }
      if (isOfRules(input.format)) {
        const write = OF_RULES[input.format];
        for (const { entry, index, origin } of entries) {
          if (entry.type !== "policy.activated") continue;
          const activations = yield* activatedRules(reader, origin, index, entry, seen);
          if (!(yield* sink.write(activations.flatMap((each) => jsonOf(write(each)))))) return;
        }
      } else if (!(yield* sink.write(FORMATS[input.format](entries)))) return;
      onProgress(at - input.from, to - input.from);
    }
    yield* sink.finish;
    if (unreadable > 0) yield* Console.error(`${unreadable} entries could not be read and were left out`);
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    "Entries as JSON lines, OCSF, CEF, LEEF or OpenTelemetry logs; rules as DSA statements of reasons or Lumen notices",
  ),
  Command.withExamples([
    {
      command: "demarc audit export .demarc/dns-filter --format ocsf --out day.ocsf.jsonl",
      description: "DNS, HTTP and network activity, and changes of policy",
    },
    {
      command: "demarc audit export .demarc/dns-filter --format dsa",
      description: "A statement of reasons for each rule that came into force",
    },
    {
      command: "demarc audit export https://log.example/ --format cef --from 5000",
      description: "What was added since, from its address",
    },
  ]),
);

function isOfRules(format: Format): format is keyof typeof OF_RULES {
  return format in OF_RULES;
}
