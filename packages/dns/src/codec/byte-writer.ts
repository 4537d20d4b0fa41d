import { MAX_LABEL_BYTES, MAX_NAME_BYTES } from "./name.ts";

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

  /**
   * A name in presentation form; gives the offset of what can not be written, or -1.
   * Compressed, it may end in a pointer to an equal suffix (equal in case too, so that case survives).
   */
  name(text: string, isCompressed: boolean): number {
    const start = this.#length;
    for (let at = text === "." ? text.length : 0; at < text.length; ) {
      if (isCompressed) {
        const suffix = text.slice(at);
        const known = this.#names.get(suffix);
        // What a suffix takes on the wire is at most its text and two bytes.
        if (known !== undefined && this.#length - start + suffix.length + 2 <= MAX_NAME_BYTES) {
          this.u16(0xc000 | known);
          return -1;
        }
        if (known === undefined && this.#length < 0x4000) this.#names.set(suffix, this.#length);
      }
      const lengthOffset = this.#length;
      this.u8(0);
      const end = this.#label(text, at);
      const size = this.#length - lengthOffset - 1;
      const isLast = end === text.length;
      if (end < 0 || size === 0 || size > MAX_LABEL_BYTES || this.#length - start >= MAX_NAME_BYTES)
        return at;
      // A dot at the end would make an empty last label.
      if (!isLast && end + 1 === text.length) return end;
      this.#buffer[lengthOffset] = size;
      at = end + 1;
    }
    if (text === "") return 0;
    this.u8(0);
    return -1;
  }

  /** The bytes of the label at `at`; gives the index of its dot, the text's length, or -1 for what is not a label. */
  #label(text: string, at: number): number {
    let index = at;
    for (; index < text.length; index++) {
      let code = text.charCodeAt(index);
      if (code === 0x2e) return index;
      if (code === 0x5c) {
        const digits = /^[0-9]{3}/.exec(text.slice(index + 1, index + 4));
        code = digits === null ? text.charCodeAt(index + 1) : Number(digits[0]);
        index += digits === null ? 1 : 3;
      }
      if (!(code <= 0xff)) return -1;
      this.u8(code);
    }
    return index;
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
