// Documents damaged as people and programs damage them: a field gone, misspelt or new, a value of another type or place.

/** Numbers from a seed: the same documents in every run (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  1,
  -1,
  0.5,
  65536,
  4294967296,
  1e21,
  "",
  "x",
  "DE",
  "group:EU",
  "2026-02-01",
  "2026-02-01T00:00:00Z",
  "https://isp.example/",
  "exact",
  "block",
  "\u{1f600}\u{1f600}",
  [],
  {},
  ["DE", "DE"],
  [{}],
  { en: "x" },
  { "x-y": 1 },
];
const NAMES: readonly string[] = [
  "type",
  "value",
  "note",
  "extensions",
  "x-y",
  "kind",
  "Title",
  "__proto__",
  "constructor",
];

type Holder = Record<string, unknown>;

/** A copy of the document with one to three changes. */
export function mutant(document: unknown, random: (below: number) => number): unknown {
  const copy = structuredClone(document);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[random(items.length)];
    if (item === undefined) throw new Error("there is nothing to pick from");
    return item;
  };
  // A copy, since a later change may be made within it.
  const strange = (): unknown => structuredClone(pick(STRANGE));
  for (let change = random(3); change >= 0; change -= 1) {
    const places = placesOf(copy);
    if (places.length === 0) return strange();
    const [holder, key] = pick(places);
    switch (random(7)) {
      case 0:
        remove(holder, key);
        break;
      case 1:
        if (!Array.isArray(holder)) {
          define(holder, `${key}s`, holder[key]);
          remove(holder, key);
        }
        break;
      case 2:
        if (!Array.isArray(holder)) define(holder, pick(NAMES), strange());
        break;
      case 3: {
        const [other, otherKey] = pick(places);
        define(holder, key, structuredClone(other[otherKey]));
        break;
      }
      case 4:
        if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
        else if (typeof holder[key] === "string") define(holder, key, `${holder[key]}1`);
        break;
      case 5:
        if (typeof holder[key] === "number") define(holder, key, holder[key] + 1);
        else if (typeof holder[key] === "string") define(holder, key, holder[key].slice(1));
        break;
      default:
        define(holder, key, strange());
    }
  }
  return copy;
}

function define(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove(holder: Holder, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

function placesOf(root: unknown): (readonly [Holder, string])[] {
  const places: (readonly [Holder, string])[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value as Holder, key]);
      visit((value as Holder)[key]);
    }
  };
  visit(root);
  return places;
}
