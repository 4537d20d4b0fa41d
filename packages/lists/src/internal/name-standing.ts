import { parentName } from "@demarc/net";
import type { ListEntry } from "../list-reading.ts";

/** What a list does with a name; null where it says nothing. */
export type Standing = "block" | "pass" | null;

/** What entries and exceptions of names say together: an exception wins over every entry. */
export class NameStanding {
  readonly #blocked: Names;
  readonly #passed: Names;

  constructor(entries: readonly ListEntry[], exceptions: readonly ListEntry[]) {
    this.#blocked = namesOf(entries);
    this.#passed = namesOf(exceptions);
  }

  /** Of the name itself. */
  of(name: string): Standing {
    if (this.#passed.exact.has(name)) return "pass";
    return this.below(name) ?? (this.#blocked.exact.has(name) ? "block" : null);
  }

  /** Of names below, as far as nothing is said about them alone. */
  below(name: string): Standing {
    let standing: Standing = null;
    for (let at: string | null = name; at !== null; at = parentName(at)) {
      if (this.#passed.subdomains.has(at)) return "pass";
      if (this.#blocked.subdomains.has(at)) standing = "block";
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
