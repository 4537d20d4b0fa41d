// Names that passed and how often, where an operator asks for them: by the hour, without times, clients or answers, in a
// folder that only its own account can read. The log has numbers only, whatever is kept here.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Effect, type Scope } from "effect";
import type { PolicyCell } from "./enforced-policy.ts";
import { replaceFile } from "./replace-file.ts";

/** Different names in one hour at most; further ones are counted together, so that a flood of names ends here. */
export const MOST_NAMES = 20_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEEP_DAYS = 7;
const WRITE_INTERVAL = "60 seconds";

/** One hour as it is kept in `private/allowed-names/2026-11-27T21.json`. */
export interface AllowedHour {
  readonly v: 1;
  /** RFC 3339 in UTC; the hour that begins then. */
  readonly from: string;
  readonly names: Readonly<Record<string, number>>;
  /** Decisions about names beyond the most that are told apart. */
  readonly further: number;
}

/** The names of the hour, in memory. Plain and synchronous: it is on the gate's path. */
export class AllowedNames {
  #on: boolean;
  readonly #folder: string;
  #hour = -1;
  #names = new Map<string, number>();
  #further = 0;
  #isChanged = false;

  constructor(folder: string, on: boolean) {
    this.#folder = folder;
    this.#on = on;
  }

  /** Counts a name that passed; nothing where the operator did not ask. */
  add(name: string | undefined, at: number): void {
    if (!this.#on || name === undefined) return;
    const hour = Math.floor(at / HOUR_MS);
    if (hour !== this.#hour) this.#turn(hour);
    const count = this.#names.get(name);
    if (count === undefined && this.#names.size >= MOST_NAMES) this.#further += 1;
    else this.#names.set(name, (count ?? 0) + 1);
    this.#isChanged = true;
  }

  /** Writes the hour, and removes what is older than it may be. Throws what the file system says. */
  write(on: boolean, keepDays: number, now: number): void {
    if (this.#on) this.#save();
    if (!on) this.#names = new Map();
    this.#on = on;
    removeBefore(this.#folder, now - keepDays * DAY_MS);
  }

  // A failure to write costs an hour of the operator's own list, never a decision.
  #turn(hour: number): void {
    try {
      this.#save();
    } catch {}
    this.#hour = hour;
    this.#names = new Map();
    this.#further = 0;
    const before = readHour(join(this.#folder, fileOf(hour)));
    if (before === null) return;
    this.#names = new Map(Object.entries(before.names));
    this.#further = before.further;
  }

  #save(): void {
    if (!this.#isChanged || this.#hour < 0) return;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const from = new Date(this.#hour * HOUR_MS).toISOString();
    const names = Object.fromEntries(this.#names);
    const content: AllowedHour = { v: 1, from, names, further: this.#further };
    replaceFile(join(this.#folder, fileOf(this.#hour)), `${JSON.stringify(content)}\n`, 0o600);
    this.#isChanged = false;
  }
}

/** Writes the names each minute and at the end of the scope, as the site's audit.yaml says then. */
export const keepAllowedNames = Effect.fn("keepAllowedNames")(function* (
  cell: PolicyCell,
  directory: string,
): Effect.fn.Return<AllowedNames, never, Scope.Scope> {
  const isOn = () => cell.current.site.audit.allowedNames !== undefined;
  const kept = new AllowedNames(join(directory, "private", "allowed-names"), isOn());
  const write = Effect.try({
    try: () => kept.write(isOn(), cell.current.site.audit.allowedNames?.keepDays ?? KEEP_DAYS, Date.now()),
    catch: (cause) => (cause instanceof Error ? cause.message : String(cause)),
  }).pipe(Effect.catch((message) => Effect.logWarning(`names that passed can not be kept: ${message}`)));
  yield* Effect.addFinalizer(() => write);
  yield* write.pipe(Effect.andThen(Effect.sleep(WRITE_INTERVAL)), Effect.forever, Effect.forkScoped);
  return kept;
});

const FILE = /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2})\.json$/;

function fileOf(hour: number): string {
  return `${new Date(hour * HOUR_MS).toISOString().slice(0, 13)}.json`;
}

function removeBefore(folder: string, instant: number): void {
  for (const name of filesIn(folder)) {
    const hour = FILE.exec(name)?.[1];
    if (hour !== undefined && Date.parse(`${hour}:00:00Z`) + HOUR_MS <= instant) rmSync(join(folder, name));
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

// A file that is damaged is no reason to keep nothing.
function readHour(file: string): AllowedHour | null {
  try {
    const value = JSON.parse(readFileSync(file, "utf8")) as AllowedHour;
    return value.v === 1 && [value.further, ...Object.values(value.names)].every(Number.isSafeInteger)
      ? value
      : null;
  } catch {
    return null;
  }
}
