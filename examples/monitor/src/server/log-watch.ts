// One log, watched: size and latest entries as they come, the whole log verified again whenever it has grown.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { decodeEntry } from "@demarc/audit";
import { type LogReader, openReader, verifyLog } from "@demarc/audit/node";
import { Effect } from "effect";
import type { EntryState, LogState } from "../state.ts";

/** Listed decisions that are shown. */
const LATEST = 20;

/** Entries that are looked through for them. */
const LOOK_BACK = 200;

/** Least time between two verifications of a log, in milliseconds. */
const VERIFY_INTERVAL_MS = 10_000;

type Seen = Pick<LogState, "size" | "checkpointAt" | "verification" | "latest">;

/** What is known of one log. */
export class LogWatch {
  readonly #directory: string;
  readonly #keyFile: string;
  #verifiedAt = 0;
  seen: Seen = { size: 0, checkpointAt: null, verification: null, latest: [] };

  /** `directory` is an enforcement point's state directory. */
  constructor(directory: string) {
    this.#directory = join(directory, "log");
    this.#keyFile = join(directory, "key.pub");
  }

  /** Reads what is new. A log that can not be read is a finding, not a failure of the monitor. */
  look(now: number): Effect.Effect<void> {
    return Effect.tryPromise(() => this.#read(now)).pipe(
      Effect.catch((error) =>
        Effect.sync(() => {
          const cause = error.cause instanceof Error ? error.cause.message : String(error.cause);
          this.seen = {
            ...this.seen,
            verification: {
              at: new Date(now).toISOString(),
              ok: false,
              size: this.seen.size,
              findings: [cause],
            },
          };
        }),
      ),
    );
  }

  async #read(now: number): Promise<void> {
    if (!existsSync(join(this.#directory, "checkpoint"))) return;
    const reader = await openReader(this.#directory);
    const { checkpoint } = await reader.checkpoint();
    const checkpointAt = statSync(join(this.#directory, "checkpoint")).mtime.toISOString();
    const grown = checkpoint.size !== this.seen.size;
    const latest = grown ? await latestDecisions(reader, checkpoint.size) : this.seen.latest;
    let { verification } = this.seen;
    if (verification === null || now - this.#verifiedAt >= VERIFY_INTERVAL_MS) {
      this.#verifiedAt = now;
      const report = await verifyLog(this.#directory, {
        verifierKey: readFileSync(this.#keyFile, "utf8").trim(),
      });
      const findings = report.findings.map((finding) => `${finding.file}: ${finding.message}`);
      verification = { at: new Date(now).toISOString(), ok: report.ok, size: report.size, findings };
    }
    this.seen = { size: checkpoint.size, checkpointAt, verification, latest };
  }
}

async function latestDecisions(reader: LogReader, size: number): Promise<readonly EntryState[]> {
  const found: EntryState[] = [];
  for (let index = size - 1; index >= Math.max(0, size - LOOK_BACK) && found.length < LATEST; index -= 1) {
    const decoded = decodeEntry(await reader.entry(index));
    if (!decoded.ok || decoded.value.type !== "decision") continue;
    const { input, decision, time, id, response } = decoded.value;
    found.push({
      index,
      time,
      ref: id,
      what: input.url ?? input.name ?? input.address ?? "",
      effect: decision.effect,
      rule: decision.rule,
      response,
    });
  }
  return found;
}
