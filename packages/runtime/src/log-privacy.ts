// Pseudonyms and sealed fields, between a pending decision and its entry. Runs where the log is written.
import { join } from "node:path";
import type { DecisionEntry, EpochEntry, SealedField } from "@demarc/audit";
import { PrivacyStore } from "@demarc/audit/node";
import type { PendingDecision } from "./decision-entry.ts";
import type { LogPlace, PrivacyOptions } from "./log-port.ts";

const DAY_MS = 86_400_000;
const KEEP_DAYS = 30;

/** What a log's thread does for the operator's privacy options. */
export class LogPrivacy {
  readonly #store: PrivacyStore;
  readonly #options: PrivacyOptions;
  readonly #app: string;
  readonly #announced = new Set<string>();

  private constructor(store: PrivacyStore, options: PrivacyOptions, app: string) {
    this.#store = store;
    this.#options = options;
    this.#app = app;
  }

  /** Null where the options ask for nothing: then there is no key, and nothing private is written. */
  static async open({ directory, app, privacy }: LogPlace): Promise<LogPrivacy | null> {
    if (privacy === undefined) return null;
    const { clients = "none", seal = [], epochDays = 1 } = privacy;
    if (clients === "none" && seal.length === 0) return null;
    const store = await PrivacyStore.open(join(directory, "private"), { days: epochDays });
    return new LogPrivacy(store, privacy, app);
  }

  /** Begins the epoch of an instant and ends those that are over; what is to be logged before anything else is. */
  async begin(at: number): Promise<EpochEntry[]> {
    const epoch = this.#store.epochAt(at);
    if (this.#announced.has(epoch)) return [];
    const entry = { v: 1, type: "epoch", enforcer: this.#app, time: new Date(at).toISOString() } as const;
    const entries: EpochEntry[] = [];
    const over = at - (this.#options.keepDays ?? KEEP_DAYS) * DAY_MS;
    for (const old of this.#store.epochs.filter((id) => Date.parse(id) < over)) {
      const destroyed = await this.#store.destroy(old);
      if (destroyed !== null) entries.push({ ...entry, ...destroyed });
    }
    // A key that a crash left before its entry was written is told of, too.
    const opened = (await this.#store.begin(at)) ?? this.#store.statement(epoch);
    if (opened !== null) entries.push({ ...entry, ...opened });
    this.#announced.add(epoch);
    return entries;
  }

  /** The entry with the client's pseudonym, and with commitments in the place of what is to be sealed. */
  protect(entry: DecisionEntry, pending: PendingDecision): DecisionEntry {
    const { seal = [], clients } = this.#options;
    const { client, at } = pending;
    const input = { ...entry.input };
    const sealed: SealedField[] = [];
    for (const field of seal) {
      const value = input[field];
      if (value === undefined) continue;
      sealed.push(this.#store.seal(at, field, value));
      delete input[field];
    }
    return {
      ...entry,
      input: sealed.length === 0 ? input : { ...input, sealed },
      ...(clients === "pseudonym" && client !== undefined
        ? { client: this.#store.pseudonym(at, client) }
        : {}),
    };
  }

  /** Makes the openings durable; to be called before the entries are. */
  sync(): Promise<void> {
    return this.#store.sync();
  }
}
