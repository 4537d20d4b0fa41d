/** A growing buffer in network order that remembers where names were written, for compression. */
export class ByteWriter {
  #buffer = new Uint8Array(512);
  #length = 0;
  /** Suffix of a name (length-prefixed labels as text) -> its offset. */
  readonly #names = new Map<string, number>();

  get length(): number {
    return this.#length;
  }

  u16(value: number): void {
    this.#reserve(2);
    this.#buffer[this.#length++] = value >>> 8;
    this.#buffer[this.#length++] = value;
  }

  u32(value: number): void {
    this.u16(value >>> 16);
    this.u16(value & 0xffff);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  bytes(data: Uint8Array): void {
    this.#reserve(data.length);
    this.#buffer.set(data, this.#length);
    this.#length += data.length;
  }

  /** A name without compression. */
  labels(labels: readonly Uint8Array[]): void {
    for (const label of labels) {
      this.u8(label.length);
      this.bytes(label);
    }
    this.u8(0);
  }

  /** A name that may end in a pointer to an equal suffix (equal in case too, so that case survives). */
  compressedLabels(labels: readonly Uint8Array[]): void {
    const suffixes: string[] = [];
    let suffix = "";
    for (let index = labels.length - 1; index >= 0; index--) {
      const label = labels[index] ?? new Uint8Array();
      suffix = `${String.fromCharCode(label.length, ...label)}${suffix}`;
      suffixes[index] = suffix;
    }
    for (const [index, label] of labels.entries()) {
      const known = this.#names.get(suffixes[index] ?? "");
      if (known !== undefined) {
        this.u16(0xc000 | known);
        return;
      }
      if (this.#length < 0x4000) this.#names.set(suffixes[index] ?? "", this.#length);
      this.u8(label.length);
      this.bytes(label);
    }
    this.u8(0);
  }

  setU16(offset: number, value: number): void {
    this.#buffer[offset] = value >>> 8;
    this.#buffer[offset + 1] = value;
  }

  /** Forgets everything from `length` on. */
  cut(length: number): void {
    this.#length = length;
    for (const [suffix, offset] of this.#names) if (offset >= length) this.#names.delete(suffix);
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + count));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}
