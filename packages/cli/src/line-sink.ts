// Where a long stream of lines goes: stdout, or a file that appears only once it is whole.
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { Effect, Option, type Scope } from "effect";
import { InputFault } from "./exit.ts";
import { placeBeside, reasonOf, shownPath } from "./files.ts";

/** Takes lines. */
export interface LineSink {
  /** Writes lines, each with its end; false once nobody reads them any more, as behind `| head`. */
  readonly write: (lines: readonly string[]) => Effect.Effect<boolean, InputFault>;
  /** To be called when all is written: from then on the file is there. */
  readonly finish: Effect.Effect<void, InputFault>;
}

/**
 * A sink for stdout, or for a file. The file is written beside its place, so that what was there stays until the new one is whole; a
 * pipe or device is written as it is.
 *
 * Errors: `cli/unwritable`.
 */
export const lineSink = (file: Option.Option<string>): Effect.Effect<LineSink, InputFault, Scope.Scope> =>
  Option.isNone(file) ? Effect.succeed(stdoutSink) : fileSink(file.value);

const stdoutSink: LineSink = {
  write: (lines) =>
    Effect.promise(async () => {
      const { stdout } = process;
      if (lines.length > 0 && isOpen(stdout) && !stdout.write(`${lines.join("\n")}\n`)) await drained(stdout);
      return isOpen(stdout);
    }),
  finish: Effect.void,
};

// Other errors of stdout end the command where it is watched.
function isOpen({ destroyed, errored }: NodeJS.WriteStream): boolean {
  return !destroyed && errored === null;
}

const drained = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      for (const event of ["drain", "error", "close"]) stream.off(event, done);
      resolve();
    };
    for (const event of ["drain", "error", "close"]) stream.on(event, done);
  });

const fileSink = Effect.fnUntraced(function* (
  file: string,
): Effect.fn.Return<LineSink, InputFault, Scope.Scope> {
  const tried = <A>(call: () => Promise<A>): Effect.Effect<A, InputFault> =>
    Effect.tryPromise({ try: call, catch: (cause) => unwritable(file, cause) });
  const beside = yield* Effect.try({
    try: () => placeBeside(file),
    catch: (cause) => unwritable(file, cause),
  });
  const handle: FileHandle = yield* Effect.acquireRelease(
    tried(() => (beside === null ? open(file, "w") : open(beside.path, "wx", beside.mode))),
    (opened) =>
      Effect.promise(async () => {
        await opened.close().catch(() => undefined);
        if (beside !== null) await rm(beside.path, { force: true });
      }),
  );
  return {
    write: (lines) =>
      lines.length === 0
        ? Effect.succeed(true)
        : tried(() => handle.appendFile(`${lines.join("\n")}\n`)).pipe(Effect.as(true)),
    finish:
      beside === null
        ? Effect.void
        : tried(async () => {
            await handle.sync();
            await rename(beside.path, file);
          }),
  };
});

const unwritable = (file: string, cause: unknown): InputFault =>
  new InputFault({
    code: "cli/unwritable",
    message: `\`${shownPath(file)}\` can not be written: ${reasonOf(cause)}`,
    help: "what was there before is untouched; look at the folder, its rights and the space left",
  });
