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
  const shift = NAME_BYTES - name.length;
  const first = Math.max(0, -shift);
  let hash = hashStart(image.names.seed);
  let count = 0;
  let index = name.length - 1;
  for (; index >= first; index -= 1) {
    const code = name.charCodeAt(index);
    if (code > 0x7f) break;
    starts[count] = index + 1;
    hashes[count] = hash;
    nameKey[shift + index] = code;
    count += isDot(code);
    hash = hashStep(hash, code);
  }
  if (index < 0) hitWholeName(image, shift, count, hash);
  else hitSuffixes(image, shift, count, name.lastIndexOf(".", index) < 0 ? count - 1 : count);
}

/** As hitName, for the first bytes of a buffer: a name in its canonical form. */
export function hitNameBytes(image: OpenedImage, name: Uint8Array, length: number): void {
  const shift = NAME_BYTES - length;
  let hash = hashStart(image.names.seed);
  let count = 0;
  for (let index = length - 1; index >= 0; index -= 1) {
    const code = name[index] as number;
    starts[count] = index + 1;
    hashes[count] = hash;
    nameKey[shift + index] = code;
    count += isDot(code);
    hash = hashStep(hash, code);
  }
  if (length > 0) hitWholeName(image, shift, count, hash);
}

// 1 for a dot, else 0. Where dots are can not be foreseen, so the walk must not branch on it.
function isDot(code: number): number {
  return ((code ^ DOT) - 1) >>> 31;
}

// The name is its own last suffix; the one before it is one label above it, unless that label is empty.
function hitWholeName(image: OpenedImage, shift: number, dots: number, hash: number): void {
  starts[dots] = 0;
  hashes[dots] = hash;
  hitSuffixes(image, shift, dots + 1, dots > 0 && starts[dots - 1] === 1 ? -1 : dots - 1);
}

// `parent` is the suffix that is one label above the name.
function hitSuffixes(image: OpenedImage, shift: number, count: number, parent: number): void {
  const { names } = image;
  const most = Math.min(count, names.longest);
  for (let index = 0; index < most; index += 1) {
    const labels = index + 1;
    if (!hasUnits(names, labels)) continue;
    const start = starts[index] as number;
    const group = findGroup(names, hashes[index] as number, shift + start, NAME_BYTES);
    if (group < 0) continue;
    hit(image, listOf(names, group, 1), NAME_SUFFIX + labels * 2);
    if (start === 0) hit(image, listOf(names, group, 0), NAME_EXACT);
    else if (index === parent) hit(image, listOf(names, group, 2), NAME_SUFFIX + labels * 2 + 1);
  }
}
