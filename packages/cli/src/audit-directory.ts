import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  decodeEntry,
  parseTlogPolicy,
  parseVerifierKey,
  type TlogPolicy,
  type VerifierKey,
} from "@demarc/audit";
import {
  AuditError,
  type FoundEntry,
  findEntry,
  httpReader,
  type LogReader,
  openReader,
} from "@demarc/audit/node";
import { Effect } from "effect";
import { Argument, Flag } from "effect/cli";
import { InputFault, UsageFault } from "./exit.ts";
import { readBytes } from "./files.ts";

const WHERE = "A state directory such as .demarc/dns-filter, a copy of a log, or its http(s) address";

/** A log to work on: an enforcement point's state directory, or the log inside it, a copy of one, or its address. */
export const logArgument = (name: string) => Argument.String(name).pipe(Argument.withDescription(WHERE));

/** The log to work on. */
export const directoryArgument = logArgument("log");

/** A witness policy file. */
export const policyFlag = Flag.Path("policy").pipe(
  Flag.withDescription("A trust policy (C2SP tlog-policy): the log's key, witnesses, and their quorum"),
  Flag.optional,
);

const isAddress = (place: string): boolean => /^https?:\/\//i.test(place);

/** Reads a witness policy file. */
export const readPolicy = Effect.fnUntraced(function* (
  file: string,
): Effect.fn.Return<TlogPolicy, InputFault> {
  const policy = parseTlogPolicy(yield* readBytes(file));
  if (policy.ok) return policy.value;
  const { code, message, help } = policy.issue;
  return yield* new InputFault({ code, message: `\`${file}\`: ${message}`, help });
});

/** The key that the log must be signed with. */
export const keyFlag = Flag.String("key").pipe(
  Flag.withDescription("Verifier key, or a file with it; left out, key.pub beside the log"),
  Flag.optional,
);

/** Opens a log for reading. */
export const openLogReader = Effect.fnUntraced(function* (
  directory: string,
): Effect.fn.Return<LogReader, InputFault> {
  if (isAddress(directory)) return yield* attempt(async () => httpReader(directory));
  const place = [directory, join(directory, "log")].find((each) => existsSync(join(each, "checkpoint")));
  if (place === undefined) {
    return yield* new InputFault({
      code: "cli/no-log",
      message: `\`${directory}\` holds no log: neither it nor its folder \`log\` has a file \`checkpoint\``,
      help: "name the state directory of an enforcement point, such as .demarc/dns-filter, or an http(s) address",
    });
  }
  return yield* attempt(() => openReader(place));
});

/** The key to verify with: the one given, or the one that lies beside the log. */
export const findVerifierKey = Effect.fnUntraced(function* (
  directory: string,
  given: string | undefined,
): Effect.fn.Return<
  { readonly text: string; readonly key: VerifierKey; readonly source: string },
  InputFault | UsageFault
> {
  const files =
    given !== undefined
      ? [given]
      : isAddress(directory)
        ? []
        : [join(directory, "key.pub"), join(directory, "..", "key.pub")];
  const file = files.find((each) => existsSync(each));
  if (file === undefined && given === undefined) {
    return yield* new UsageFault({
      message: `no verifier key beside \`${directory}\``,
      help: "give it with --key, from a source other than the log",
    });
  }
  const text = (file === undefined ? (given ?? "") : readFileSync(file, "utf8")).trim();
  const key = parseVerifierKey(text);
  if (!key.ok)
    return yield* new UsageFault({
      message: `the verifier key can not be read: ${key.issue.message}`,
      help: key.issue.help,
    });
  return { text, key: key.value, source: file ?? "the command line" };
});

/** The entry that a person names: by its index, or by the reference that a notice quoted. */
export const findNamedEntry = Effect.fnUntraced(function* (
  reader: LogReader,
  name: string,
): Effect.fn.Return<FoundEntry, InputFault> {
  if (/^\d+$/.test(name)) {
    const index = Number(name);
    const bytes = yield* attempt(() => reader.entry(index));
    const entry = decodeEntry(bytes);
    if (!entry.ok) return yield* new InputFault(entry.issue);
    return { index, bytes, entry: entry.value };
  }
  const found = yield* attempt(() => findEntry(reader, name));
  if (found !== null) return found;
  return yield* new InputFault({
    code: "cli/no-entry",
    message: `no entry has the reference \`${name}\``,
    help: "a decision is in the log a second after it was made; `demarc audit show` lists the latest ones",
  });
});

/** Runs a call of the log's file library; its errors become input faults. */
export const attempt = <A>(call: () => Promise<A>): Effect.Effect<A, InputFault> =>
  Effect.tryPromise({
    try: call,
    catch: (cause) =>
      cause instanceof AuditError
        ? new InputFault({ code: cause.code, message: cause.message, help: cause.help })
        : new InputFault({
            code: "cli/unreadable",
            message: cause instanceof Error ? cause.message : String(cause),
          }),
  });
