// The name of a request to the posting lists of its suffixes. First one walk over the name, then a question about each suffix:
// so the memory that one of them is read from need not wait for that of another, nor for where the next dot is.
import { hit } from "./hits.ts";
import { hashStart, hashStep } from "./key-hash.ts";
import { findGroup, hasUnits, listOf } from "./key-set.ts";
import { NAME_BYTES, nameKey } from "./name-bytes.ts";
import type { OpenedImage } from "./opened-image.ts";
import { NAME_EXACT, NAME_SUFFIX } from "./ranks.ts";

const DOT = 0x2e;

// Of each suffix of the name at hand, the shortest first: where in the name it starts, and its hash.
const starts = new Int32Array(NAME_BYTES + 1);
const hashes = new Int32Array(NAME_BYTES + 1);

/** Finds what a name matches. Keys are ASCII: what lies before another character is none. */
export function hitName(image: OpenedImage, name: string): void {
  const dots = name.length > NAME_BYTES ? -1 : walk(image, name);
  if (dots < 0) hitEnd(image, name);
  else hitWholeName(image, name.length, dots);
}

/** As hitName, for the canonical form of a name, so many bytes that are in the buffer already. */
export function hitNameBytes(image: OpenedImage, length: number): void {
  let hash = hashStart(image.names.seed);
  let dots = 0;
  for (let index = length - 1; index >= 0; index -= 1) {
    const code = nameKey[index] as number;
    starts[dots] = index + 1;
    hashes[dots] = hash;
    dots += isDot(code);
    hash = hashStep(hash, code);
  }
  starts[dots] = 0;
  hashes[dots] = hash;
  if (length > 0) hitWholeName(image, length, dots);
}

// Writes a name of at most NAME_BYTES characters to the buffer, and notes its suffixes; how many dots it has, or -1 where it is not
// ASCII: that is found once, at the end, and not asked at each character.
function walk({ names }: OpenedImage, name: string): number {
  let hash = hashStart(names.seed);
  let dots = 0;
  let all = 0;
  for (let index = name.length - 1; index >= 0; index -= 1) {
    const code = name.charCodeAt(index);
    all |= code;
    starts[dots] = index + 1;
    hashes[dots] = hash;
    nameKey[index] = code;
    dots += isDot(code);
    hash = hashStep(hash, code);
  }
  starts[dots] = 0;
  hashes[dots] = hash;
  return all > 0x7f ? -1 : dots;
}

// 1 for a dot, else 0. Where dots are can not be foreseen, so the walk must not branch on it.
function isDot(code: number): number {
  return ((code ^ DOT) - 1) >>> 31;
}

// The name is its own last suffix; the one before it is one label above it, unless that label is empty.
function hitWholeName(image: OpenedImage, length: number, dots: number): void {
  hitSuffixes(image, length, dots + 1, dots > 0 && starts[dots - 1] === 1 ? -1 : dots - 1);
}

// The suffixes behind what is in no key: a character beyond ASCII, or more of them than a name has.
function hitEnd(image: OpenedImage, name: string): void {
  let from = name.length;
  while (from > name.length - NAME_BYTES && name.charCodeAt(from - 1) <= 0x7f) from -= 1;
  const end = name.slice(from);
  const dots = walk(image, end);
  hitSuffixes(image, end.length, dots, name.lastIndexOf(".", from - 1) < 0 ? dots - 1 : dots);
}

// `parent` is the suffix that is one label above the name.
function hitSuffixes(image: OpenedImage, length: number, count: number, parent: number): void {
  const { names } = image;
  const most = Math.min(count, names.longest);
  for (let index = 0; index < most; index += 1) {
    const labels = index + 1;
    if (!hasUnits(names, labels)) continue;
    const start = starts[index] as number;
    const group = findGroup(names, hashes[index] as number, start, length);
    if (group < 0) continue;
    hit(image, listOf(names, group, 1), NAME_SUFFIX + labels * 2);
    if (start === 0) hit(image, listOf(names, group, 0), NAME_EXACT);
    else if (index === parent) hit(image, listOf(names, group, 2), NAME_SUFFIX + labels * 2 + 1);
  }
}
