import { grown } from "./scratch.ts";

/** Bytes that are written from the front, in a buffer that grows by a quarter. */
export class GrowingBytes {
  #bytes: Uint8Array;
  #length = 0;

  constructor(room: number) {
    this.#bytes = new Uint8Array(Math.max(64, room));
  }

  get length(): number {
    return this.#length;
  }

  /** The buffer, with room for so many bytes after what is written; what is written there counts with `skip`. */
  room(count: number): Uint8Array {
    if (this.#length + count > this.#bytes.length) this.#grow(count);
    return this.#bytes;
  }

  /** Goes on by so many bytes; what was not written there is zero. */
  skip(count: number): void {
    this.room(count);
    this.#length += count;
  }

  /** Goes on up to a multiple of 2 to the power of `shift`. */
  alignTo(shift: number): void {
    const unit = 2 ** shift;
    this.skip(Math.ceil(this.#length / unit) * unit - this.#length);
  }

  /** What is written; a view that later writes may leave behind. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(count: number): void {
    this.#bytes = grown(this.#bytes, this.#length + count);
  }
}
