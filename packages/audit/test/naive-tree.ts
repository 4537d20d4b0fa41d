// RFC 6962 section 2.1 written down a second time, word for word and slowly, on node:crypto. It shares nothing with
// the package, so that the two can disagree.
import { createHash } from "node:crypto";

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

function split(count: number): number {
  let power = 1;
  while (power << 1 < count) power <<= 1;
  return power;
}

export function naiveRoot(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Buffer.of(0), entries.at(0) as Uint8Array);
  const k = split(entries.length);
  return sha256(Buffer.of(1), naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)));
}

export function naivePath(index: number, entries: readonly Uint8Array[]): Buffer[] {
  if (entries.length <= 1) return [];
  const k = split(entries.length);
  return index < k
    ? [...naivePath(index, entries.slice(0, k)), naiveRoot(entries.slice(k))]
    : [...naivePath(index - k, entries.slice(k)), naiveRoot(entries.slice(0, k))];
}

export function naiveConsistency(size: number, entries: readonly Uint8Array[], whole = true): Buffer[] {
  if (size === entries.length) return whole ? [] : [naiveRoot(entries)];
  const k = split(entries.length);
  return size <= k
    ? [...naiveConsistency(size, entries.slice(0, k), whole), naiveRoot(entries.slice(k))]
    : [...naiveConsistency(size - k, entries.slice(k), false), naiveRoot(entries.slice(0, k))];
}
