import type { DecisionEntry, Entry } from "../entry.ts";
import { decodeEntry } from "../entry-codec.ts";
import { TILE_WIDTH } from "../tile.ts";
import { AuditError } from "./audit-error.ts";
import { checkReleases, type LoggedRelease } from "./check-releases.ts";
import type { LogReader } from "./log-reader.ts";

/**
 * One thing wrong with what a log says.
 *
 *   code   audit/entry-invalid (bytes that are no entry), audit/object-missing, audit/object-damaged,
 *          audit/activation (a decision names an image that was not announced), audit/sequence (numbers are missing or
 *          twice, and no gap says so), audit/release (published numbers that are not those of the decisions),
 *          audit/time (an instant that does not exist)
 *   index  the entry concerned, where there is one
 *   file   the object concerned
 */
export interface ContentFinding {
  readonly code: string;
  readonly index?: number | undefined;
  readonly file?: string | undefined;
  readonly message: string;
}

/** What a log holds, and what is wrong with it. `lost` counts what gaps admit. */
export interface ContentReport {
  readonly ok: boolean;
  readonly entries: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly objects: number;
  readonly lost: number;
  readonly findings: readonly ContentFinding[];
}

const MOST_FINDINGS = 1000;
const MOST_HOLES = 100_000;

/** Numbers of one run: those below `next` were seen, but for the holes. */
class Run {
  next = 1;
  readonly holes = new Map<number, number>();

  /** Takes `first` to `last`; false when some of them were there already. */
  take(first: number, last: number): boolean {
    if (first > this.next) {
      if (this.holes.size < MOST_HOLES) this.holes.set(this.next, first - 1);
      this.next = last + 1;
      return true;
    }
    if (first === this.next) {
      this.next = last + 1;
      return true;
    }
    for (const [from, to] of this.holes) {
      if (first < from || last > to) continue;
      this.holes.delete(from);
      if (from < first) this.holes.set(from, first - 1);
      if (last < to) this.holes.set(last + 1, to);
      return true;
    }
    return false;
  }

  /** The run says that it gave out numbers up to `last`. */
  expect(last: number): void {
    if (last < this.next) return;
    this.holes.set(this.next, last);
    this.next = last + 1;
  }
}

class ContentCheck {
  readonly #reader: LogReader;
  readonly findings: ContentFinding[] = [];
  readonly byType: Record<string, number> = {};
  readonly objects = new Set<string>();
  readonly #activations = new Map<number, string>();
  readonly #runs = new Map<string, Run>();
  readonly releases: LoggedRelease[] = [];
  lost = 0;

  constructor(reader: LogReader) {
    this.#reader = reader;
  }

  note(finding: ContentFinding): void {
    if (this.findings.length < MOST_FINDINGS) this.findings.push(finding);
  }

  async entry(index: number, bytes: Uint8Array): Promise<void> {
    const decoded = decodeEntry(bytes);
    if (!decoded.ok) {
      this.byType["unreadable"] = (this.byType["unreadable"] ?? 0) + 1;
      this.note({ code: "audit/entry-invalid", index, message: decoded.issue.message });
      return;
    }
    const entry = decoded.value;
    this.byType[entry.type] = (this.byType[entry.type] ?? 0) + 1;
    this.#time(index, entry);
    switch (entry.type) {
      case "decision":
        return this.#decision(index, entry);
      case "policy.activated":
        this.#activations.set(index, entry.policy.object);
        await this.#object(index, entry.policy.object);
        return this.#object(index, entry.manifest);
      case "data.activated":
        return this.#object(index, entry.data);
      case "gap":
        this.lost += entry.count;
        if (entry.run !== undefined && entry.first !== undefined && entry.last !== undefined)
          this.#run(entry.run).take(entry.first, entry.last);
        return;
      case "heartbeat":
        if (entry.run !== undefined && entry.seq !== undefined) this.#run(entry.run).expect(entry.seq);
        return;
      case "release":
        this.releases.push({ index, release: entry });
        return;
      default:
    }
  }

  // The form of an instant is checked by the schema; that there is such a day is not.
  #time(index: number, entry: Entry): void {
    const text = "time" in entry ? entry.time : entry.from;
    if (Number.isNaN(Date.parse(text)))
      this.note({ code: "audit/time", index, message: `\`${text}\` is no instant` });
  }

  async #decision(index: number, entry: DecisionEntry): Promise<void> {
    const { activation, object } = entry.policy;
    if (!this.#run(entry.run).take(entry.seq, entry.seq))
      this.note({
        code: "audit/sequence",
        index,
        message: `number ${entry.seq} of run ${entry.run} is there twice`,
      });
    if (activation !== null && (activation >= index || this.#activations.get(activation) !== object))
      this.note({
        code: "audit/activation",
        index,
        message: `entry ${activation} does not announce the image that decided, ${object}`,
      });
    await this.#object(index, object);
    if (entry.engine.digest !== null) await this.#object(index, entry.engine.digest);
    await this.#object(index, entry.data);
  }

  #run(name: string): Run {
    const known = this.#runs.get(name) ?? new Run();
    this.#runs.set(name, known);
    return known;
  }

  /** Checks an object and, where it is a manifest, what that names. */
  async #object(index: number, digest: string): Promise<void> {
    if (this.objects.has(digest)) return;
    this.objects.add(digest);
    const file = `objects/sha256/${digest}`;
    let bytes: Uint8Array;
    try {
      bytes = await this.#reader.object(digest);
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      const code = error.code === "audit/log-corrupt" ? "audit/object-damaged" : "audit/object-missing";
      return this.note({ code, index, file, message: error.message });
    }
    for (const part of namedBy(bytes)) await this.#object(index, part);
  }

  /** Numbers that no entry and no gap accounts for. */
  finish(): void {
    for (const [run, { holes }] of this.#runs)
      for (const [first, last] of holes)
        this.note({
          code: "audit/sequence",
          message: `numbers ${first} to ${last} of run ${run} are missing, and no gap says so`,
        });
  }
}

const MANIFEST_KINDS = new Set(["engine", "policy-set", "data"]);

/** The digests that a manifest names and that lie beside it. Lists are named by digest only. */
function namedBy(bytes: Uint8Array): string[] {
  if (bytes.length > 1_000_000 || bytes[0] !== 0x7b) return [];
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    if (typeof value["kind"] !== "string" || !MANIFEST_KINDS.has(value["kind"])) return [];
    const items = ["files", "documents", "sources"].flatMap((name) => {
      const list = value[name];
      return Array.isArray(list) ? (list as Record<string, unknown>[]) : [];
    });
    const named = items.map((item) =>
      item["kind"] === undefined || item["kind"] === "territories"
        ? (item["sha256"] ?? item["digest"])
        : null,
    );
    return [...named, value["data"]].filter((each): each is string => typeof each === "string");
  } catch {
    return [];
  }
}

/**
 * Reads every entry of a log and checks what it says: its form, that the objects that it names are there and whole, that
 * decisions name an activation, and that their numbers have no holes but those that a gap admits. That the entries are the
 * signed ones is for `verifyLog`.
 *
 * Errors: those of the reader, for entries that can not be read.
 */
export async function checkContent(
  reader: LogReader,
  options: { readonly onProgress?: ((entries: number, size: number) => void) | undefined } = {},
): Promise<ContentReport> {
  const { size } = (await reader.checkpoint()).checkpoint;
  const check = new ContentCheck(reader);
  for (let bundle = 0; bundle * TILE_WIDTH < size; bundle += 1) {
    const entries = await reader.bundle(bundle, size);
    for (const [at, bytes] of entries.entries()) await check.entry(bundle * TILE_WIDTH + at, bytes);
    options.onProgress?.(Math.min((bundle + 1) * TILE_WIDTH, size), size);
  }
  check.finish();
  for (const finding of await checkReleases(reader, check.releases)) check.note(finding);
  const { findings, byType, objects, lost } = check;
  return { ok: findings.length === 0, entries: size, byType, objects: objects.size, lost, findings };
}
