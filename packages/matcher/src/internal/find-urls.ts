// The URL of a request to the posting lists of its prefixes, and of itself.
import type { Slice } from "../types.ts";
import { hit } from "./hits.ts";
import { hashStart, hashStep } from "./key-hash.ts";
import { findGroup, hasUnits, type KeySet, listOf, PIECE_BYTES } from "./key-set.ts";
import type { OpenedImage } from "./opened-image.ts";
import { RANK_STEP, URL_EXACT, URL_PREFIX } from "./ranks.ts";

const SLASH = 0x2f;
const QUESTION = 0x3f;

/** Finds what a URL matches. Keys are ASCII: what another character is in is none. */
export function hitUrl(image: OpenedImage, url: string): void {
  const { key } = image.urls;
  const most = mostOf(image.urls, url.length);
  let length = 0;
  for (; length < most; length += 1) {
    const code = url.charCodeAt(length);
    if (code > 0x7f) break;
    key[length] = code;
  }
  hitPrefixes(image, length, length === url.length ? -1 : url.charCodeAt(length));
}

/** As hitUrl, for bytes in a buffer. */
export function hitUrlBytes(image: OpenedImage, { bytes, from, to }: Slice): void {
  const { key } = image.urls;
  const most = mostOf(image.urls, to - from);
  let length = 0;
  for (; length < most; length += 1) {
    const code = bytes[from + length] as number;
    if (code > 0x7f) break;
    key[length] = code;
  }
  hitPrefixes(image, length, from + length === to ? -1 : (bytes[from + length] as number));
}

function mostOf({ longest, key }: KeySet, length: number): number {
  return Math.min(length, longest, key.length - PIECE_BYTES);
}

// A prefix may end at the end of the URL, before `/` or `?`, or with a `/`. After what is in the set's buffer the URL goes on with
// `rest`, or ends where that is negative.
function hitPrefixes(image: OpenedImage, length: number, rest: number): void {
  const { urls } = image;
  const { key } = urls;
  let hash = hashStart(urls.seed);
  for (let end = 1; end <= length; end += 1) {
    const last = key[end - 1] as number;
    hash = hashStep(hash, last);
    if (!hasUnits(urls, end)) continue;
    const next = end < length ? (key[end] as number) : rest;
    if (next !== SLASH && next !== QUESTION && next >= 0 && last !== SLASH) continue;
    const group = findGroup(urls, hash, 0, end);
    if (group < 0) continue;
    hit(image, listOf(urls, group, 1), URL_PREFIX + Math.min(end, RANK_STEP - 1));
    if (next < 0) hit(image, listOf(urls, group, 0), URL_EXACT);
  }
}
