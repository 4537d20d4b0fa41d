// What a zone says of names, held against what our entries and exceptions say of them.
import { MAX_NAME_BYTES, parentName, parseName } from "@demarc/net";

/** What a record does to what its owner is: only a block is an entry, and what is neither still stands in the way of wildcards. */
export type RpzAction = "entry" | "exception" | "other";

/** A block of the zone that an exception takes out here. */
export interface LiftedBlock {
  readonly owner: string;
  readonly line: number;
  /** The exception: this name, with all below it where it is not the owner. */
  readonly by: string;
}

// Lines of the blocks, 0 where there is none.
interface ZoneName {
  blocks: number;
  blocksBelow: number;
  passes: boolean;
  passesBelow: boolean;
}

// Of names below one about which nothing is said: none is matched, all are, or all are excepted.
const OPEN = 0;
const BLOCKED = 1;
const LIFTED = 2;
type Below = typeof OPEN | typeof BLOCKED | typeof LIFTED;

/**
 * The names of a zone. In the zone `*.a.example` stands for names below a.example, unless a nearer name is there, with records or
 * only with names below it (RFC 4592 §2.2.2, §3.3.1): such a name, and all below it, is matched by its own records alone. Our
 * entries know no such holes, so they become exceptions.
 */
export class RpzNames {
  readonly #names = new Map<string, ZoneName>();
  readonly #below = new Map<string, Below>();
  #hasWildcards = false;

  /** Takes an owner. What is no name can not be asked for here, but the names above it are there. */
  add(owner: string, action: RpzAction, line: number): void {
    if (owner.length > MAX_NAME_BYTES + 2) return;
    const isWildcard = owner.startsWith("*.");
    const name = parseName(isWildcard ? owner.slice(2) : owner);
    if (!name.ok) {
      const above = parentName(owner);
      if (above !== null) this.add(above, "other", line);
      return;
    }
    this.#hasWildcards ||= isWildcard;
    let found = this.#names.get(name.value);
    if (found === undefined) {
      found = { blocks: 0, blocksBelow: 0, passes: false, passesBelow: false };
      this.#names.set(name.value, found);
    }
    if (action === "exception") found[isWildcard ? "passesBelow" : "passes"] = true;
    else if (action === "entry") found[isWildcard ? "blocksBelow" : "blocks"] ||= line;
  }

  /** At the end: tells `except` the names that entries match and the zone does not. Returns the blocks that are lost by exceptions. */
  settle(except: (name: string, match: "exact" | "subdomains") => void): LiftedBlock[] {
    const lifted: LiftedBlock[] = [];
    for (const [name, { blocks, blocksBelow, passes }] of this.#names) {
      const isLifted = this.#hasWildcards && this.#belowOf(name, except) === LIFTED;
      const by = isLifted ? this.#topLifted(name) : name;
      if (blocks > 0 && (isLifted || passes)) lifted.push({ owner: name, line: blocks, by });
      if (blocksBelow > 0 && isLifted) lifted.push({ owner: `*.${name}`, line: blocksBelow, by });
    }
    return lifted.toSorted((a, b) => a.line - b.line);
  }

  // Every name that is asked for is in the zone, or above one that is.
  #belowOf(name: string, except: (name: string, match: "exact" | "subdomains") => void): Below {
    const known = this.#below.get(name);
    if (known !== undefined) return known;
    const parent = parentName(name);
    const above = parent === null ? OPEN : this.#belowOf(parent, except);
    const own = this.#names.get(name);
    let below: Below = OPEN;
    if (above === LIFTED || own?.passesBelow === true) below = LIFTED;
    else if (own !== undefined && own.blocksBelow > 0) {
      below = BLOCKED;
      if (own.blocks === 0 && !own.passes) except(name, "exact");
    } else if (above === BLOCKED) {
      below = LIFTED;
      except(name, "subdomains");
    }
    this.#below.set(name, below);
    return below;
  }

  #topLifted(name: string): string {
    const parent = parentName(name);
    return parent !== null && this.#below.get(parent) === LIFTED ? this.#topLifted(parent) : name;
  }
}
