import { parentName } from "@demarc/net";
import type { ListEntry } from "../list-reading.ts";

/** What a list does with a name; null where it says nothing. */
export type Standing = "block" | "pass" | null;

/** What entries and exceptions of names say together: an exception wins over every entry. */
export class NameStanding {
  readonly #blocked: Names;
  readonly #passed: Names;
  readonly #parents = new Map<string, Standing>();

  constructor(entries: readonly ListEntry[], exceptions: readonly ListEntry[]) {
    this.#blocked = namesOf(entries);
    this.#passed = namesOf(exceptions);
  }

  /** Of the name itself, of which the standing of names below it is known. */
  of(name: string, below: Standing): Standing {
    if (this.#passed.exact.has(name)) return "pass";
    return below ?? (this.#blocked.exact.has(name) ? "block" : null);
  }

  /** Of names below, as far as nothing is said about them alone. */
  below(name: string): Standing {
    if (this.#passed.subdomains.has(name)) return "pass";
    const parent = parentName(name);
    const above = parent === null ? null : this.#belowParent(parent);
    return above !== "pass" && this.#blocked.subdomains.has(name) ? "block" : above;
  }

  // Many names have the same one above them.
  #belowParent(name: string): Standing {
    let standing = this.#parents.get(name);
    if (standing === undefined) {
      standing = this.below(name);
      this.#parents.set(name, standing);
    }
    return standing;
  }
}

type Names = Readonly<Record<"exact" | "subdomains", Set<string>>>;

function namesOf(list: readonly ListEntry[]): Names {
  const names: Names = { exact: new Set(), subdomains: new Set() };
  for (const entry of list) if (entry.type === "domain") names[entry.match].add(entry.value);
  return names;
}
