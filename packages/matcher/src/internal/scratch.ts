// Memory for as long as an image is written. It grows in place and goes back to the system when it is cut, where the host's
// buffers can be resized (ES2024): what is left to the collector of garbage stays until that runs, beside what is needed next.
import { bufferWithRoom, type HostBuffer } from "./globals.ts";

/** What memory for writing is seen as. */
export type Scratch = Uint8Array | Uint32Array | Int32Array;

// Up to this a buffer of its own is not worth the calls to the system.
const SMALL_BYTES = 1 << 16;
// What is reserved is addresses only.
const LEAST_RESERVED = 1 << 26;
const RESERVED_TIMES = 16;

/** An array of `count` elements with the content of `array`, which is not to be used any more; zero beyond. */
export function withRoom<T extends Scratch>(array: T, count: number): T {
  const bytes = count * array.BYTES_PER_ELEMENT;
  const buffer = array.buffer as HostBuffer;
  if (buffer.resizable === true && bytes <= (buffer.maxByteLength ?? 0)) {
    buffer.resize?.(bytes);
    return viewOf(array, buffer, count);
  }
  const grown = viewOf(
    array,
    bytes <= SMALL_BYTES
      ? new ArrayBuffer(bytes)
      : bufferWithRoom(bytes, Math.max(LEAST_RESERVED, bytes * RESERVED_TIMES)),
    count,
  );
  grown.set(array.length > count ? array.subarray(0, count) : array);
  cutTo(array, 0);
  return grown;
}

/** The first `count` elements of an array, which is not to be used any more. The rest goes back to the system. */
export function cutTo<T extends Scratch>(array: T, count: number): T {
  const buffer = array.buffer as HostBuffer;
  if (buffer.resizable !== true) return array.subarray(0, count) as T;
  buffer.resize?.(count * array.BYTES_PER_ELEMENT);
  return viewOf(array, buffer, count);
}

/** An array that grows by a quarter, at least to so many elements. */
export function grown<T extends Scratch>(array: T, least: number): T {
  return withRoom(array, Math.max(least, array.length + (array.length >>> 2)));
}

/** Memory of a fixed size, all zeros. */
export function ownBytes(count: number): Uint8Array {
  return new Uint8Array(
    count <= SMALL_BYTES ? new ArrayBuffer(count) : bufferWithRoom(count, count),
    0,
    count,
  );
}

/** Arrays that have an element each for the same things. */
export interface Columns {
  readonly words: readonly Uint32Array[];
  readonly bytes: readonly Uint8Array[];
}

/** The same array, in which the last element is the first. */
export function backwards(array: Uint32Array): Uint32Array {
  for (let low = 0, high = array.length - 1; low < high; low += 1, high -= 1) {
    const held = array[low] as number;
    array[low] = array[high] as number;
    array[high] = held;
  }
  return array;
}

/** Moves what is at `order[index]` to `index`, in place; the order is lost. */
export function arrange({ words, bytes }: Columns, order: Uint32Array): void {
  const [heldWords, heldBytes] = [new Uint32Array(words.length), new Uint8Array(bytes.length)];
  for (let first = 0; first < order.length; first += 1) {
    if (order[first] === first) continue;
    // Round a cycle: what is first is held until its place is free.
    hold(words, first, heldWords);
    hold(bytes, first, heldBytes);
    let at = first;
    for (let from = order[at] as number; from !== first; from = order[at] as number) {
      move(words, from, at);
      move(bytes, from, at);
      order[at] = at;
      at = from;
    }
    put(words, at, heldWords);
    put(bytes, at, heldBytes);
    order[at] = at;
  }
}

type Column = Uint8Array | Uint32Array;

function hold(columns: readonly Column[], from: number, into: Column): void {
  for (let each = 0; each < columns.length; each += 1) into[each] = (columns[each] as Column)[from] as number;
}

function move(columns: readonly Column[], from: number, to: number): void {
  for (let each = 0; each < columns.length; each += 1) {
    const column = columns[each] as Column;
    column[to] = column[from] as number;
  }
}

function put(columns: readonly Column[], to: number, held: Column): void {
  for (let each = 0; each < columns.length; each += 1) (columns[each] as Column)[to] = held[each] as number;
}

const STEP_BYTES = 1 << 20;

/** Copies bytes to a place in an image; what was copied goes back to the system on the way. */
export function moveTo(into: Uint8Array, at: number, from: Uint8Array): void {
  if ((from.buffer as HostBuffer).resizable !== true || from.byteOffset > 0) return into.set(from, at);
  let rest = from;
  while (rest.length > 0) {
    const start = Math.max(0, rest.length - STEP_BYTES);
    into.set(rest.subarray(start), at + start);
    rest = cutTo(rest, start);
  }
}

function viewOf<T extends Scratch>(like: T, buffer: ArrayBuffer, count: number): T {
  const View = like.constructor as new (buffer: ArrayBuffer, from: number, count: number) => T;
  return new View(buffer, 0, count);
}
