import { formatPrefix, type Prefix, parsePrefix } from "@demarc/net";
import { PrefixSet } from "./prefix-set.ts";
import type { LiftedBlock, RpzAction } from "./rpz-names.ts";

/** The prefixes of a zone. There the longest one wins; here an exception does, whatever its length. */
export class RpzPrefixes {
  readonly #blocks: { readonly prefix: Prefix; readonly owner: string; readonly line: number }[] = [];
  readonly #others: Prefix[] = [];
  readonly #exceptions = new PrefixSet();

  add(text: string, owner: string, action: RpzAction, line: number): void {
    const prefix = parsePrefix(text);
    if (!prefix.ok) return;
    if (action === "entry") this.#blocks.push({ prefix: prefix.value, owner, line });
    else if (action === "other") this.#others.push(prefix.value);
    else this.#exceptions.add(prefix.value);
  }

  /** As of names: what is blocked with a prefix around it, and by its own record is not, becomes an exception. */
  settle(except: (prefix: string) => void): LiftedBlock[] {
    if (this.#others.length > 0) {
      const blocked = new PrefixSet();
      for (const { prefix } of this.#blocks) blocked.add(prefix);
      for (const prefix of this.#others) {
        if (!blocked.holds(prefix)) continue;
        this.#exceptions.add(prefix);
        except(formatPrefix(prefix));
      }
    }
    return this.#blocks.flatMap(({ prefix, owner, line }) => {
      const by = this.#exceptions.holder(prefix);
      return by === null ? [] : [{ owner, line, by }];
    });
  }
}
