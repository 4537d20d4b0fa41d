import type { CanonicalWriter } from "./canonical-writer.ts";

/** Texts of lasting parts, by the writer of their schema. */
const texts = new WeakMap<object, Map<CanonicalWriter, string>>();

/**
 * A frozen copy of a part that many entries share, such as the law of a rule: its canonical text is made once and kept with it,
 * which saves most of what writing such an entry costs. `value` is plain data; members that are undefined are left out. Nothing is
 * checked here: `encodeEntry` refuses a part that does not fit the schema as it would the value itself.
 */
export function lastingPart<T extends object>(value: T): T {
  const copy = frozenCopy(value) as T;
  texts.set(copy, new Map());
  return copy;
}

function frozenCopy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.freeze(Object.fromEntries(members.map(([name, member]) => [name, frozenCopy(member)])));
}

/** The writer, with the texts of lasting parts kept. */
export function keepingTexts(write: CanonicalWriter): CanonicalWriter {
  return (value) => {
    // All lasting parts are frozen, and next to nothing else is: most values end here.
    if (typeof value !== "object" || value === null || Object.isExtensible(value)) return write(value);
    const kept = texts.get(value);
    const known = kept?.get(write);
    if (known !== undefined) return known;
    const text = write(value);
    if (text !== null) kept?.set(write, text);
    return text;
  };
}
