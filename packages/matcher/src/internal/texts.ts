// The texts of an image: seen to be UTF-8 when it opens, made strings one by one when somebody asks.
import { SECTION } from "../layout.ts";
import { decodeUtf8 } from "./globals.ts";
import { ImageFault } from "./image-fault.ts";
import type { Sections } from "./read-sections.ts";

/** Texts by number. */
export class Texts {
  readonly count: number;
  readonly #ends: Uint32Array;
  readonly #bytes: Uint8Array;

  /** Throws ImageFault where some text would not be one. */
  constructor(sections: Sections) {
    const fault = () =>
      new ImageFault(
        "image/table",
        sections.offset(SECTION.texts),
        "the table of texts says what can not be",
      );
    const bytes = sections.bytes(SECTION.texts);
    if (bytes.length < 4) throw fault();
    this.count = sections.words(SECTION.texts, 0, 1)[0] as number;
    if (4 + this.count * 4 > bytes.length) throw fault();
    this.#ends = sections.words(SECTION.texts, 4, this.count);
    this.#bytes = bytes.subarray(4 + this.count * 4);
    // Parts of UTF-8 are UTF-8 when none starts within a character.
    if (decodeUtf8(this.#bytes) === null) throw fault();
    let start = 0;
    for (const end of this.#ends) {
      if (end < start || end > this.#bytes.length || ((this.#bytes[end] ?? 0) & 0xc0) === 0x80) throw fault();
      start = end;
    }
  }

  /** The text of a number; empty beyond the last. */
  at(number: number): string {
    const start = number === 0 ? 0 : this.#ends[number - 1];
    return decodeUtf8(this.#bytes.subarray(start, this.#ends[number])) ?? "";
  }
}
