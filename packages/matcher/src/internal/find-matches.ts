// Request to matching rules: every selector family is asked once, and each rule keeps its best rank.
import { KINDS, NO_POSTING } from "../layout.ts";
import type { Request, Slice } from "../types.ts";
import { findPatterns, findPatternsOfBytes } from "./find-patterns.ts";
import { hit } from "./hits.ts";
import { hashStart, hashStep } from "./key-hash.ts";
import { findGroup, hasUnits, listOf, PIECE_BYTES } from "./key-set.ts";
import { readNameText, readWireName } from "./name-bytes.ts";
import { EXCEPTED, type OpenedImage, type Scratch } from "./opened-image.ts";
import { findRange, type RangeTable } from "./range-table.ts";

/**
 * Ranks are kind * RANK_STEP + length, so that a longer one of the same kind is more specific. The length of a suffix of n
 * labels counts 2n, that of a wildcard above n labels 2n + 1, so that it comes between suffixes of n and n + 1.
 */
export const RANK_STEP = 0x1_0000;

const ANY = KINDS.indexOf("any") * RANK_STEP;
const DATA_CLASS = KINDS.indexOf("data-class") * RANK_STEP;
const LIST = KINDS.indexOf("list") * RANK_STEP;
const PORT_KIND = KINDS.indexOf("port") * RANK_STEP;
const ASN = KINDS.indexOf("asn") * RANK_STEP;
const ADDRESS = KINDS.indexOf("address-prefix") * RANK_STEP;
const NAME_SUFFIX = KINDS.indexOf("name-suffix") * RANK_STEP;
const NAME_EXACT = KINDS.indexOf("name-exact") * RANK_STEP;
const URL_PREFIX = KINDS.indexOf("url-prefix") * RANK_STEP;
const URL_EXACT = KINDS.indexOf("url-exact") * RANK_STEP;

const DOT = 0x2e;
const SLASH = 0x2f;
const QUESTION = 0x3f;

/**
 * Finds the rules that some selector of the request matches, each with its rank and whether an exception matches too: the
 * matches in `image.scratch`.
 */
export function findMatches(image: OpenedImage, request: Request): void {
  const { scratch } = image;
  scratch.hitCount = 0;
  scratch.struck.clear();
  if (request.name !== undefined) hitName(image, request.name);
  else if (request.wireName !== undefined)
    hitNameBytes(image, scratch.name, readWireName(request.wireName, scratch.name));
  else if (request.nameSlice !== undefined)
    hitNameBytes(image, scratch.name, readNameText(request.nameSlice, scratch.name));
  if (request.url !== undefined) hitUrl(image, request.url);
  else if (request.urlSlice !== undefined) hitUrlBytes(image, request.urlSlice);
  if (image.patterns.count > 0) hitPatterns(image, request);
  if (request.address !== undefined) {
    hitAddress(image, request.address.length === 4 ? image.ranges4 : image.ranges6, request.address);
  }
  if (request.port !== undefined) hitPort(image, request.port, request.protocol);
  if (request.asn !== undefined) hitAsn(image, request.asn);
  if (request.dataClasses !== undefined) {
    for (const name of request.dataClasses) hit(image, image.classes.get(name) ?? NO_POSTING, DATA_CLASS);
  }
  hit(image, image.any, ANY);
  collectMatches(image, scratch);
}

// From the last label to the whole name; each boundary may be a suffix, the first character also an exact name. The key is
// written to the end of the set's buffer on the way. Keys are ASCII: what lies before another character is none.
function hitName(image: OpenedImage, name: string): void {
  const { names } = image;
  const { key } = names;
  const shift = key.length - PIECE_BYTES - name.length;
  const first = Math.max(0, -shift);
  let hash = hashStart(names.seed);
  let labels = 0;
  let seen = 0;
  for (let index = name.length - 1; index >= first; index -= 1) {
    const code = name.charCodeAt(index);
    // What starts after a dot is a suffix.
    if (code === DOT) {
      labels += 1;
      if (labels > names.longest || seen > 0x7f) return;
      if (hasUnits(names, labels)) hitBelow(image, name, index, labels, hash);
    }
    seen |= code;
    key[shift + index] = code;
    hash = hashStep(hash, code);
  }
  if (first === 0 && seen <= 0x7f) hitWholeName(image, labels + 1, hash, shift, key.length - PIECE_BYTES);
}

// The suffix of a name behind the dot at `dot`.
function hitBelow(image: OpenedImage, name: string, dot: number, labels: number, hash: number): void {
  const { names } = image;
  const to = names.key.length - PIECE_BYTES;
  const group = findGroup(names, hash, to - name.length + dot + 1, to);
  if (group >= 0 && hitSuffix(image, group, labels) && dot > 0 && name.lastIndexOf(".", dot - 1) < 0)
    hitWildcard(image, group, labels);
}

// As hitName, for the first bytes of a buffer.
function hitNameBytes(image: OpenedImage, name: Uint8Array, length: number): void {
  if (length === 0) return;
  const { names } = image;
  const { key } = names;
  const to = key.length - PIECE_BYTES;
  const shift = to - length;
  let hash = hashStart(names.seed);
  let labels = 0;
  for (let index = length - 1; index >= 0; index -= 1) {
    const code = name[index] as number;
    if (code === DOT) {
      labels += 1;
      if (labels > names.longest) return;
      if (hasUnits(names, labels)) {
        const group = findGroup(names, hash, shift + index + 1, to);
        if (
          group >= 0 &&
          hitSuffix(image, group, labels) &&
          index > 0 &&
          name.lastIndexOf(DOT, index - 1) < 0
        )
          hitWildcard(image, group, labels);
      }
    }
    key[shift + index] = code;
    hash = hashStep(hash, code);
  }
  hitWholeName(image, labels + 1, hash, shift, to);
}

// Whether there are wildcards too: few names have one, and whether a name lies one label below is a search.
function hitSuffix(image: OpenedImage, group: number, labels: number): boolean {
  hit(image, listOf(image.names, group, 1), NAME_SUFFIX + labels * 2);
  return listOf(image.names, group, 2) !== NO_POSTING;
}

function hitWildcard(image: OpenedImage, group: number, labels: number): void {
  hit(image, listOf(image.names, group, 2), NAME_SUFFIX + labels * 2 + 1);
}

function hitWholeName(image: OpenedImage, labels: number, hash: number, from: number, to: number): void {
  const { names } = image;
  if (labels > names.longest || !hasUnits(names, labels)) return;
  const group = findGroup(names, hash, from, to);
  if (group < 0) return;
  hit(image, listOf(names, group, 1), NAME_SUFFIX + labels * 2);
  hit(image, listOf(names, group, 0), NAME_EXACT);
}

// A prefix may end at the end of the URL, before `/` or `?`, or with a `/`.
function hitUrl(image: OpenedImage, url: string): void {
  const { urls } = image;
  const { key } = urls;
  const length = Math.min(url.length, urls.longest, key.length - PIECE_BYTES);
  let hash = hashStart(urls.seed);
  for (let end = 1; end <= length; end += 1) {
    const last = url.charCodeAt(end - 1);
    if (last > 0x7f) return;
    key[end - 1] = last;
    hash = hashStep(hash, last);
    if (!hasUnits(urls, end)) continue;
    const next = end === url.length ? QUESTION : url.charCodeAt(end);
    if (next === SLASH || next === QUESTION || last === SLASH)
      hitUrlPrefix(image, hash, end, end === url.length);
  }
}

// As hitUrl, for bytes in a buffer.
function hitUrlBytes(image: OpenedImage, { bytes, from, to }: Slice): void {
  const { urls } = image;
  const { key } = urls;
  const length = Math.min(to - from, urls.longest, key.length - PIECE_BYTES);
  let hash = hashStart(urls.seed);
  for (let end = 1; end <= length; end += 1) {
    const last = bytes[from + end - 1] as number;
    if (last > 0x7f) return;
    key[end - 1] = last;
    hash = hashStep(hash, last);
    if (!hasUnits(urls, end)) continue;
    const next = from + end === to ? QUESTION : (bytes[from + end] as number);
    if (next === SLASH || next === QUESTION || last === SLASH)
      hitUrlPrefix(image, hash, end, from + end === to);
  }
}

function hitUrlPrefix(image: OpenedImage, hash: number, end: number, isWhole: boolean): void {
  const { urls } = image;
  const group = findGroup(urls, hash, 0, end);
  if (group < 0) return;
  hit(image, listOf(urls, group, 1), URL_PREFIX + Math.min(end, RANK_STEP - 1));
  if (isWhole) hit(image, listOf(urls, group, 0), URL_EXACT);
}

// A pattern is an entry of a list, and no closer than others.
function hitPatterns(image: OpenedImage, { url, urlSlice }: Request): void {
  const { patterns } = image;
  let count = 0;
  if (url !== undefined) count = findPatterns(patterns, url);
  else if (urlSlice !== undefined) count = findPatternsOfBytes(patterns, urlSlice);
  for (let index = 0; index < count; index += 1) hit(image, patterns.found[index] as number, LIST);
}

function hitAddress(image: OpenedImage, table: RangeTable, address: Uint8Array): void {
  const { chains } = image;
  let chain = findRange(table, address, 0);
  // Ends, since openImage has seen that every parent is an earlier chain.
  while (chain > 0) {
    const at = chain * 3 - 3;
    if (at >= chains.length) return;
    hit(image, chains[at + 1] as number, ADDRESS + (chains[at] as number));
    chain = chains[at + 2] as number;
  }
}

// Rows are sorted by first port; going back from the last that starts early enough, `reach` says when none can still hold it.
function hitPort(image: OpenedImage, port: number, protocol: "tcp" | "udp" | undefined): void {
  const { ports } = image;
  let low = 0;
  let high = ports.length / 3;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (((ports[middle * 3] as number) & 0xffff) <= port) low = middle + 1;
    else high = middle;
  }
  for (let at = (low - 1) * 3; at >= 0 && ((ports[at + 1] as number) & 0xffff) >= port; at -= 3) {
    if ((ports[at] as number) >>> 16 < port) continue;
    const wanted = (ports[at + 1] as number) >>> 16;
    if (wanted === 0 || (wanted === 1 && protocol === "tcp") || (wanted === 2 && protocol === "udp")) {
      hit(image, ports[at + 2] as number, PORT_KIND);
    }
  }
}

function hitAsn(image: OpenedImage, number: number): void {
  const { asns } = image;
  let low = 0;
  let high = asns.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = asns[middle * 2] as number;
    if (found === number) return hit(image, asns[middle * 2 + 1] as number, ASN);
    if (found < number) low = middle + 1;
    else high = middle - 1;
  }
}

// Selectors first, then exceptions: a rule that is excepted and not matched is nothing.
function collectMatches(image: OpenedImage, scratch: Scratch): void {
  const { atoms } = image;
  const { hitCount, hitAtoms, hitRanks, struck } = scratch;
  scratch.matchCount = 0;
  if (hitCount === 0) return;
  scratch.matchOfRule.clear();
  let exceptions = 0;
  for (let index = 0; index < hitCount; index += 1) {
    const atom = hitAtoms[index] as number;
    if (struck.size > 0 && struck.get(atom) >= 0) continue;
    if (atoms[atom * 3 + 1] === 1) exceptions += 1;
    else {
      const detail = hitRanks[index] as number;
      addMatch(scratch, atoms[atom * 3] as number, atoms[atom * 3 + 2] === 0 ? detail : LIST, detail);
    }
  }
  for (let index = 0; exceptions > 0; index += 1) {
    const atom = hitAtoms[index] as number;
    if (atoms[atom * 3 + 1] !== 1 || (struck.size > 0 && struck.get(atom) >= 0)) continue;
    exceptions -= 1;
    const match = matchOf(scratch, atoms[atom * 3] as number);
    if (match >= 0) scratch.matchMarks[match] = EXCEPTED;
  }
}

function addMatch(scratch: Scratch, rule: number, rank: number, detail: number): void {
  let match = matchOf(scratch, rule);
  if (match < 0) {
    match = scratch.matchCount;
    if (match === scratch.matchRules.length) growMatches(scratch);
    scratch.matchCount += 1;
    scratch.matchRules[match] = rule;
    scratch.matchMarks[match] = 0;
    // The first one is found without the map, and comes into it with the second.
    if (match === 1) scratch.matchOfRule.set(scratch.matchRules[0] as number, 0);
    if (match > 0) scratch.matchOfRule.set(rule, match);
  } else {
    const known = scratch.matchRanks[match] as number;
    if (rank < known || (rank === known && detail <= (scratch.matchDetails[match] as number))) return;
  }
  scratch.matchRanks[match] = rank;
  scratch.matchDetails[match] = detail;
}

/** The match of a rule, or -1. */
export function matchOf(scratch: Scratch, rule: number): number {
  if (scratch.matchCount === 0) return -1;
  if (scratch.matchCount === 1) return scratch.matchRules[0] === rule ? 0 : -1;
  return scratch.matchOfRule.get(rule);
}

function growMatches(scratch: Scratch): void {
  const length = scratch.matchRules.length * 2;
  const grown = <T extends { set(from: T): void }>(from: T, to: T): T => {
    to.set(from);
    return to;
  };
  scratch.matchRules = grown(scratch.matchRules, new Uint32Array(length));
  scratch.matchRanks = grown(scratch.matchRanks, new Int32Array(length));
  scratch.matchDetails = grown(scratch.matchDetails, new Int32Array(length));
  scratch.matchMarks = grown(scratch.matchMarks, new Uint8Array(length));
  scratch.competing = grown(scratch.competing, new Uint32Array(length));
}
