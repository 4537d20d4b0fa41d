/** Bytes that came in pieces and wait to be read; reading from the front copies nothing. */
export class ByteQueue {
  #bytes = new Uint8Array(1024);
  #start = 0;
  #end = 0;
  /** Bytes taken so far: where the next one stood in the whole. */
  offset = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#bytes.length) {
      const waiting = this.#bytes.subarray(this.#start, this.#end);
      const needed = waiting.length + piece.length;
      // Room is doubled, so that many small pieces are not copied again and again.
      const room = needed * 2 <= this.#bytes.length ? this.#bytes : new Uint8Array(needed * 2);
      room.set(waiting);
      this.#bytes = room;
      this.#end = waiting.length;
      this.#start = 0;
    }
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** The next bytes, or as many as there are; valid until the next push. */
  peek(count: number): Uint8Array {
    return this.#bytes.subarray(this.#start, Math.min(this.#end, this.#start + count));
  }

  /** Takes bytes away, or as many as there are; returns how many. */
  skip(count: number): number {
    const taken = Math.min(count, this.length);
    this.#start += taken;
    this.offset += taken;
    return taken;
  }
}
