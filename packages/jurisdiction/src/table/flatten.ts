// Nested prefixes to disjoint segments in order: what a binary search wants.

/** A block of addresses from `start` to before `end`, of the prefix length `length`, with a record. */
export interface Block<K extends number | bigint> {
  readonly start: K;
  readonly end: K;
  readonly length: number;
  readonly record: number;
}

/** Segments begin where the one before ends; the last goes on to the end. `NONE` where no block is. */
export interface Segments<K extends number | bigint> {
  readonly starts: K[];
  readonly lengths: number[];
  readonly records: number[];
}

/** The record of a segment without any. */
export const NONE = 0xffff;

/**
 * Flattens blocks so that the longest prefix wins everywhere; of two with one prefix, the later. Neighbours with one record
 * and length become one segment; with `merge` also those of other lengths.
 */
export function flatten<K extends number | bigint>(
  blocks: readonly Block<K>[],
  first: K,
  merge: boolean,
): Segments<K> {
  const ordered = blocks
    .map((block, index) => ({ block, index }))
    .toSorted(
      (a, b) => compare(a.block.start, b.block.start) || a.block.length - b.block.length || a.index - b.index,
    );
  const segments: Segments<K> = { starts: [], lengths: [], records: [] };
  const emit = (start: K, length: number, record: number): void => {
    const { starts, lengths, records } = segments;
    // A segment of no addresses: another begins where it does.
    if (starts.length > 0 && starts.at(-1) === start) {
      starts.pop();
      lengths.pop();
      records.pop();
    }
    const same = records.length > 0 && records.at(-1) === record;
    if (same && (merge || record === NONE || lengths.at(-1) === length)) return;
    starts.push(start);
    lengths.push(length);
    records.push(record);
  };
  const open: Block<K>[] = [];
  const closeBefore = (at: K | null): void => {
    for (let top = open.at(-1); top !== undefined && (at === null || top.end <= at); top = open.at(-1)) {
      open.pop();
      const outer = open.at(-1);
      emit(top.end, outer?.length ?? 0, outer?.record ?? NONE);
    }
  };
  emit(first, 0, NONE);
  for (const { block } of ordered) {
    closeBefore(block.start);
    emit(block.start, block.length, block.record);
    open.push(block);
  }
  closeBefore(null);
  return segments;
}

function compare<K extends number | bigint>(a: K, b: K): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
