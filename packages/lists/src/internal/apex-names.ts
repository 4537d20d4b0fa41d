import { parentName, parseName } from "@demarc/net";

/**
 * The names of a list that can say "all below a name, but not the name": our entries of subdomains match the name as well, so
 * it becomes an exception, unless the list matches it otherwise.
 */
export class ApexNames {
  readonly #exact = new Set<string>();
  // Name and all below.
  readonly #whole = new Set<string>();
  readonly #below = new Set<string>();

  /** Takes a name as the list says it; what is no name is left to others to tell. */
  add(text: string, reach: "exact" | "whole" | "below"): void {
    const name = parseName(text);
    if (!name.ok) return;
    const names = reach === "exact" ? this.#exact : reach === "whole" ? this.#whole : this.#below;
    names.add(name.value);
  }

  /** Names that entries match and the list does not. */
  exceptions(): string[] {
    return [...this.#below].filter(
      (name) => !this.#exact.has(name) && !this.#whole.has(name) && !this.#isBelowOther(name),
    );
  }

  #isBelowOther(name: string): boolean {
    for (let parent = parentName(name); parent !== null; parent = parentName(parent))
      if (this.#below.has(parent) || this.#whole.has(parent)) return true;
    return false;
  }
}
