// A list from a file: its bytes, its format as given or guessed, and everything its lines say.
import {
  guessFormat,
  LIST_FORMATS,
  type ListDiagnostic,
  type ListEntry,
  type ListFormat,
  streamList,
} from "@demarc/lists";
import { Effect, Option } from "effect";
import { Flag } from "effect/cli";
import { InputFault, UsageFault } from "./exit.ts";
import { readBytes, shownPath } from "./files.ts";

/** A list, read. */
export interface ListFile {
  readonly file: string;
  readonly format: ListFormat;
  /** Whether nobody said the format. */
  readonly isGuess: boolean;
  readonly lines: number;
  readonly accepted: number;
  readonly refused: number;
  readonly ignored: number;
  readonly countByCode: Readonly<Record<string, number>>;
  /** The first of them. */
  readonly diagnostics: readonly ListDiagnostic[];
  /** In the order of the lines, each once. */
  readonly entries: readonly ListEntry[];
  readonly exceptions: readonly ListEntry[];
  /** Entries that an earlier line has already. */
  readonly duplicates: number;
}

const MAX_DIAGNOSTICS = 1000;

/** The flag of a format; left out, it is guessed. */
export const formatFlag = (name: string) =>
  Flag.String(name).pipe(
    Flag.withDescription(`One of ${LIST_FORMATS.join(", ")}; guessed if left out`),
    Flag.optional,
  );

/** A format that there is, or a fault that names them. */
export const formatOf = (text: string): Effect.Effect<ListFormat, UsageFault> => {
  const format = LIST_FORMATS.find((each) => each === text);
  return format === undefined
    ? Effect.fail(
        new UsageFault({
          code: "cli/list-format",
          message: `\`${text}\` is no format of a list`,
          help: `known are ${LIST_FORMATS.join(", ")}`,
        }),
      )
    : Effect.succeed(format);
};

/** Reads a list; `cli/list-format` where the format is neither given nor plain from the file. */
export const readListFile = Effect.fnUntraced(function* (
  path: string,
  asked: Option.Option<string>,
): Effect.fn.Return<ListFile, InputFault | UsageFault> {
  const file = shownPath(path);
  const bytes = yield* readBytes(file);
  const guess = Option.isSome(asked)
    ? yield* formatOf(asked.value)
    : guessFormat(file, bytes, (part) => new TextDecoder().decode(part));
  if (guess === null)
    return yield* new InputFault({
      code: "cli/list-format",
      message: `\`${file}\` is in no format that its first lines tell`,
      help: `say which with --format: ${LIST_FORMATS.join(", ")}`,
    });
  const entries = new Map<string, ListEntry>();
  const exceptions = new Map<string, ListEntry>();
  const diagnostics: ListDiagnostic[] = [];
  let duplicates = 0;
  const keep = (into: Map<string, ListEntry>) => (entry: ListEntry) => {
    const key = JSON.stringify(entry);
    if (into.has(key)) duplicates += 1;
    else into.set(key, entry);
  };
  const stream = streamList(guess, {
    onEntry: keep(entries),
    onException: keep(exceptions),
    onDiagnostic: (diagnostic) => {
      if (diagnostics.length < MAX_DIAGNOSTICS) diagnostics.push(diagnostic);
    },
  });
  stream.push(bytes);
  const counts = stream.end();
  return {
    file,
    format: guess,
    isGuess: Option.isNone(asked),
    ...counts,
    diagnostics,
    entries: [...entries.values()],
    exceptions: [...exceptions.values()],
    duplicates,
  };
});
