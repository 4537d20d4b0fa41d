/** Plain JSON of strings, safe integers, null, lists and objects: members sorted as RFC 8785 has them. */
export type PlainJson =
  | string
  | number
  | null
  | readonly PlainJson[]
  | { readonly [name: string]: PlainJson | undefined };

function sorted(value: PlainJson): PlainJson {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = value as { readonly [name: string]: PlainJson | undefined };
  return Object.fromEntries(
    Object.keys(members)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .flatMap((name) => (members[name] === undefined ? [] : [[name, sorted(members[name])]])),
  );
}

/** A manifest as bytes: canonical JSON (RFC 8785), so that the same parts always have the same digest. */
export function canonicalBytes(value: PlainJson): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(sorted(value)));
}
