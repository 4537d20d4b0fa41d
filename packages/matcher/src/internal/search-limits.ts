// A pattern with wildcards is searched for in a URL once its token is there. How much all searches in one URL can cost is told
// from the patterns alone, as an upper bound, and what would go beyond is left out.
import * as PATTERN from "../layout/pattern.ts";
import type { PlacedPattern } from "../place-patterns.ts";

// Steps (about a nanosecond each) of searches in one URL: for patterns of one site, of which a host can be in two, and for all
// the others.
const SITE_STEPS = 20_000;
const OTHER_STEPS = 40_000;

// A search goes through the URL's words of 32 characters, and in each through the characters of the segment.
const SEARCH_STEPS = 30;
const STEPS_PER_CHARACTER = 50;
// A host has eight words.
const HOST_STEPS_PER_CHARACTER = 12;

interface Searched {
  readonly placed: PlacedPattern;
  readonly steps: number;
  readonly isFirst: boolean;
}

/**
 * The patterns that stay within what one URL may cost; all without wildcards are among them. Of the others those that are `first` have
 * what they need before all that are not.
 */
export function keepSearchable(
  placed: readonly PlacedPattern[],
  isFirst: (placed: PlacedPattern) => boolean,
): ReadonlySet<PlacedPattern> {
  const kept = new Set(placed.filter(({ form }) => !form.body.includes("*")));
  const bySite = new Map<string, Searched[]>();
  const others: Searched[] = [];
  for (const each of placed) {
    if (kept.has(each)) continue;
    const site = siteOf(each);
    const searched = { placed: each, steps: stepsOf(each), isFirst: isFirst(each) };
    if (site === null) others.push(searched);
    else {
      const ofSite = bySite.get(site) ?? [];
      bySite.set(site, ofSite);
      ofSite.push(searched);
    }
  }
  // A URL has one host, so of all sites two count; that the host is another one is seen in few steps, which count always.
  for (const ofSite of bySite.values())
    for (const each of keep(ofSite, SITE_STEPS)) {
      const { form } = each.placed;
      const steps = SEARCH_STEPS + form.body.indexOf("*") * HOST_STEPS_PER_CHARACTER;
      others.push({ ...each, steps });
    }
  for (const each of keep(others, OTHER_STEPS)) kept.add(each.placed);
  return kept;
}

// The last three labels of the host that a pattern's beginning names whole, or both of two; null where it leaves them open.
function siteOf({ form: { start, body } }: PlacedPattern): string | null {
  const place = start === 1 ? /^https?:\/\/([a-z0-9._-]+)[^a-z0-9._*-]/ : /^([a-z0-9._-]+)[^a-z0-9._*-]/;
  const host = start === 0 ? undefined : place.exec(body)?.[1];
  return /(?:[^.]+\.)?[^.]+\.[^.]+$/.exec(host ?? "")?.[0] ?? null;
}

// Most steps of the search for one pattern, once its token's segment is at its place.
function stepsOf({ form: { start, isEnd, body }, at }: PlacedPattern): number {
  const isFirst = body.indexOf("*") > at;
  const segments = body.split("*");
  let steps = SEARCH_STEPS;
  for (const [index, segment] of segments.entries()) {
    if (index === 0 && isFirst) continue;
    if ((index === 0 && start === 1) || (index === segments.length - 1 && isEnd)) steps += segment.length * 2;
    else if (index === 0 && start === 2) steps += SEARCH_STEPS + segment.length * HOST_STEPS_PER_CHARACTER;
    else steps += SEARCH_STEPS + segment.length * STEPS_PER_CHARACTER;
  }
  return steps;
}

function keep(searched: readonly Searched[], limit: number): readonly Searched[] {
  const first = keepBeside(
    [],
    searched.filter((each) => each.isFirst),
    limit,
  );
  return keepBeside(
    first,
    searched.filter((each) => !each.isFirst),
    limit,
  );
}

// Beside those that are kept already, as many as may be, so that the tokens which a URL has room for bring no more steps than the
// limit.
function keepBeside(
  before: readonly Searched[],
  searched: readonly Searched[],
  limit: number,
): readonly Searched[] {
  const buckets = new Map<string, { readonly all: Searched[]; kept: number }>();
  for (const [index, each] of [...before, ...searched].entries()) {
    const bucket = buckets.get(each.placed.token) ?? { all: [], kept: 0 };
    buckets.set(each.placed.token, bucket);
    bucket.all.push(each);
    if (index < before.length) bucket.kept += 1;
  }
  // Steps of the first so many patterns of a token, for each character of a URL that the token takes.
  const rates: number[] = [];
  const tokens = [...buckets].map(([token, bucket]) => {
    let sum = 0;
    const sums = bucket.all.map(({ steps }) => (sum += steps));
    for (const each of sums.slice(bucket.kept)) rates.push(each / (token.length + 1));
    return { bucket, sums, room: token.length + 1 };
  });
  const within = (most: number) =>
    tokens.map(({ bucket, sums, room }) => {
      const count = Math.max(bucket.kept, sums.filter((each) => each / room <= most).length);
      return { kept: bucket.all.slice(0, count), steps: sums[count - 1] ?? 0, room };
    });
  rates.sort((a, b) => a - b);
  let [low, high] = [0, rates.length];
  // The highest rate that is within the limit: more patterns of a token never cost less.
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (worst(within(rates[middle - 1] ?? 0)) <= limit) low = middle;
    else high = middle - 1;
  }
  const chosen = within(low === 0 ? -1 : (rates[low - 1] ?? 0));
  const kept = chosen.flatMap((each) => each.kept);
  let left = limit - worst(chosen);
  const has = new Set(kept);
  for (const each of searched)
    if (!has.has(each) && each.steps <= left) {
      left -= each.steps;
      kept.push(each);
    }
  return kept;
}

// What the costliest URL could bring: the costliest tokens that fit in, the last one whole.
function worst(tokens: readonly { readonly steps: number; readonly room: number }[]): number {
  let [steps, characters] = [0, 0];
  for (const each of tokens.toSorted((a, b) => b.steps / b.room - a.steps / a.room)) {
    if (characters > PATTERN.urlBytes || each.steps === 0) break;
    steps += each.steps;
    characters += each.room;
  }
  return steps;
}
