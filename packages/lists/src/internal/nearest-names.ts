import { parentName } from "@demarc/net";
import { PackedNames } from "./packed-names.ts";
import type { RecordSink } from "./record-pump.ts";

/**
 * How a name came to be lifted: the list says to pass it; it gives it something of its own, which lifts what is above; or what was
 * blocked at the name turned out to be for some clients only.
 */
export type Lift = "passed" | "answered" | "withdrawn";

/**
 * The names of a list in which the nearest name decides, as in resolvers: a lifted name is free with all below it, but for
 * blocks that are nearer. Our exceptions win over every entry, so which of them are told is known when the list ends: one with
 * nothing blocked above it, but below it, is left out; one with both lifts the blocks below it, which a diagnostic says.
 */
export class NearestNames {
  readonly #code: string;
  readonly #blocks = { open: new PackedNames(), closed: new PackedNames() };
  // `*.name`: what is below it, and not the name.
  readonly #belows = new Set<string>();
  readonly #lifts = new Map<string, Lift>();
  // Names that have data alone, without those below them.
  readonly #data = new Set<string>();

  /** `code` is that of the diagnostics. */
  constructor(code: string) {
    this.#code = code;
  }

  /** A name that is blocked with all below it; in a closed one, data is not answered with. */
  block(name: string, kind: "open" | "closed" = "open"): void {
    this.#blocks[kind].addText(name);
  }

  /** Likewise a canonical name as `bytes[from, to)`. */
  blockBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#blocks.open.addBytes(bytes, from, to);
  }

  /** All below a name is blocked, and not the name. */
  blockBelow(name: string): void {
    this.#belows.add(name);
  }

  lift(name: string, lift: Lift): void {
    const known = this.#lifts.get(name);
    if (known === undefined || lift === "withdrawn" || (lift === "passed" && known === "answered"))
      this.#lifts.set(name, lift);
  }

  /** A name that is answered for, alone. */
  data(name: string): void {
    this.#data.add(name);
  }

  hasData(name: string): boolean {
    return this.#data.has(name);
  }

  /** Tells the exceptions, at the end of the list. */
  settle(sink: RecordSink): void {
    if (this.#lifts.size + this.#data.size + this.#belows.size === 0) return;
    const wanted = new Set<string>();
    for (const names of [this.#lifts.keys(), this.#data, this.#belows])
      for (const name of names) for (const at of upwards(name)) wanted.add(at);
    const blocked = new Map<string, "open" | "closed">();
    const lost = new Map<string, Lost>();
    for (const kind of ["open", "closed"] as const)
      for (const name of this.#blocks[kind].names()) {
        if (wanted.has(name)) blocked.set(name, kind);
        this.#countLost(name, name, lost);
      }
    for (const name of this.#belows) this.#countLost(name, `*.${name}`, lost);

    const isBelowBlock = (name: string) =>
      [...upwards(name)].slice(1).some((at) => blocked.has(at) || this.#belows.has(at));
    for (const [name, lift] of this.#lifts)
      this.#tellLift(sink, name, lift, blocked.has(name), isBelowBlock(name), lost.get(name));
    for (const name of this.#belows)
      if (!blocked.has(name) && !isBelowBlock(name)) sink.domain(name, "exact", 1, "exception");
    for (const name of this.#data) {
      const nearest = [...upwards(name)].find(
        (at) => this.#lifts.has(at) || blocked.has(at) || (at !== name && this.#belows.has(at)),
      );
      if (nearest !== undefined && !this.#lifts.has(nearest) && blocked.get(nearest) !== "closed")
        sink.domain(name, "exact", 1, "exception");
    }
  }

  #tellLift(
    sink: RecordSink,
    name: string,
    lift: Lift,
    isBlocked: boolean,
    isBelowBlock: boolean,
    lost: Lost | undefined,
  ): void {
    if (lift === "withdrawn" && !isBlocked) return;
    if (isBlocked || isBelowBlock) {
      sink.domain(name, "subdomains", 1, "exception");
      if (lost !== undefined)
        sink.diagnose(
          this.#code,
          `\`${name}\` is an exception, and lifts ${shown(lost)} too, though the list blocks that`,
          1,
          "an exception wins over every entry of its list: put what is blocked below it in a list of its own",
        );
      else if (lift === "withdrawn" && isBelowBlock)
        sink.diagnose(this.#code, `\`${name}\` is an exception, though the list blocks a name above it`);
    } else if (lift === "passed") {
      if (lost === undefined) sink.domain(name, "subdomains", 1, "exception");
      else
        sink.diagnose(
          this.#code,
          `\`${name}\` is passed and nothing above it is blocked, but ${shown(lost)} below it is; the exception is left out`,
        );
    }
  }

  // A block is lost to every lifted name at or above it. What was withdrawn is no loss.
  #countLost(name: string, text: string, lost: Map<string, Lost>): void {
    for (const at of upwards(name)) {
      const lift = this.#lifts.get(at);
      if (lift === undefined || (lift === "withdrawn" && at === text)) continue;
      const known = lost.get(at);
      if (known === undefined) lost.set(at, { first: text, count: 1 });
      else known.count += 1;
    }
  }
}

interface Lost {
  readonly first: string;
  count: number;
}

function shown({ first, count }: Lost): string {
  return count === 1 ? `\`${first}\`` : `\`${first}\` and ${count - 1} more`;
}

// A name and those above it.
function* upwards(name: string): Generator<string> {
  for (let at: string | null = name; at !== null; at = parentName(at)) yield at;
}
