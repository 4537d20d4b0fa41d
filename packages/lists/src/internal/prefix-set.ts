import { formatPrefix, type Prefix } from "@demarc/net";

/** Prefixes, of which one may hold another. Few lengths occur in a list, so few are looked up. */
export class PrefixSet {
  readonly #byLength = new Map<number, Set<string>>();

  add(prefix: Prefix): void {
    const texts = this.#byLength.get(prefix.length) ?? new Set();
    this.#byLength.set(prefix.length, texts.add(formatPrefix(prefix)));
  }

  /** True for a prefix of the set, and for one within such. */
  holds(prefix: Prefix): boolean {
    return this.holder(prefix) !== null;
  }

  /** The one that holds a prefix, as text. */
  holder(prefix: Prefix): string | null {
    for (const [length, texts] of this.#byLength) {
      if (length > prefix.length) continue;
      const text = formatPrefix(shortened(prefix, length));
      if (texts.has(text)) return text;
    }
    return null;
  }
}

function shortened({ address }: Prefix, length: number): Prefix {
  const kept = address.map((byte, index) => {
    const bits = Math.min(8, Math.max(0, length - index * 8));
    return byte & ((0xff << (8 - bits)) & 0xff);
  });
  return { address: kept, length };
}
