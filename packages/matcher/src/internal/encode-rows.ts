/** Equal rows: each value written at its place. */
export function rows<T>(
  values: readonly T[],
  size: number,
  write: (view: DataView, at: number, value: T) => void,
): Uint8Array {
  const out = new Uint8Array(values.length * size);
  const view = new DataView(out.buffer);
  for (const [index, value] of values.entries()) write(view, index * size, value);
  return out;
}

/** Writes where values will lie in a table, as uint32 start and count, and adds them to it. */
export function span<T>(view: DataView, at: number, into: T[], values: readonly T[]): void {
  view.setUint32(at, into.length, true);
  view.setUint32(at + 4, values.length, true);
  for (const value of values) into.push(value);
}
