// Names that are kept until a list ends, as their bytes one after another: a text for each would take several times as much.

const LF = 0x0a;
const FIRST_BYTES = 4096;

/** Canonical names in the order they came; duplicates stay. */
export class PackedNames {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  addText(name: string): void {
    this.#reserve(name.length + 1);
    for (let index = 0; index < name.length; index += 1)
      this.#bytes[this.#length + index] = name.charCodeAt(index);
    this.#close(name.length);
  }

  addBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from + 1);
    for (let index = from; index < to; index += 1)
      this.#bytes[this.#length + index - from] = bytes[index] as number;
    this.#close(to - from);
  }

  *names(): Generator<string> {
    let start = 0;
    while (start < this.#length) {
      const end = this.#bytes.indexOf(LF, start);
      yield String.fromCharCode(...this.#bytes.subarray(start, end));
      start = end + 1;
    }
  }

  #close(length: number): void {
    this.#bytes[this.#length + length] = LF;
    this.#length += length + 1;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
