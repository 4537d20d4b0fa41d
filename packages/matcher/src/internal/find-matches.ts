// Request to matching rules: every selector family is asked once, and each rule keeps its best rank.
import { NO_POSTING } from "../layout.ts";
import type { Request } from "../types.ts";
import { hitName, hitNameBytes } from "./find-names.ts";
import { findPatterns, findPatternsOfBytes } from "./find-patterns.ts";
import { hitUrl, hitUrlBytes } from "./find-urls.ts";
import { hit } from "./hits.ts";
import { readNameText, readWireName } from "./name-bytes.ts";
import { EXCEPTED, type OpenedImage, type Scratch } from "./opened-image.ts";
import { findRange, type RangeTable } from "./range-table.ts";
import { ADDRESS, ANY, ASN_KIND, DATA_CLASS, LIST, PORT_KIND } from "./ranks.ts";

/**
 * Finds the rules that some selector of the request matches, each with its rank and whether an exception matches too: the
 * matches in `image.scratch`.
 */
export function findMatches(image: OpenedImage, request: Request): void {
  const { scratch } = image;
  scratch.hitCount = 0;
  scratch.struck.clear();
  if (request.name !== undefined) hitName(image, request.name);
  else if (request.wireName !== undefined) hitNameBytes(image, readWireName(request.wireName));
  else if (request.nameSlice !== undefined) hitNameBytes(image, readNameText(request.nameSlice));
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
    if (found === number) return hit(image, asns[middle * 2 + 1] as number, ASN_KIND);
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
    // A few are found without the map; with one more all of them come into it.
    for (let each = match === FEW ? 0 : match; match >= FEW && each <= match; each += 1)
      scratch.matchOfRule.set(scratch.matchRules[each] as number, each);
  } else {
    const known = scratch.matchRanks[match] as number;
    if (rank < known || (rank === known && detail <= (scratch.matchDetails[match] as number))) return;
  }
  scratch.matchRanks[match] = rank;
  scratch.matchDetails[match] = detail;
}

/** The match of a rule, or -1. */
export function matchOf(scratch: Scratch, rule: number): number {
  const { matchCount, matchRules } = scratch;
  if (matchCount > FEW) return scratch.matchOfRule.get(rule);
  let match = matchCount - 1;
  while (match >= 0 && matchRules[match] !== rule) match -= 1;
  return match;
}

const FEW = 8;

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
