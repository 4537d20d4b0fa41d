// Globals that every JavaScript host has and the es2023 library does not name.

interface Utf8Encoder {
  encode(text: string): Uint8Array;
}

declare const TextEncoder: new () => Utf8Encoder;

const encoder: Utf8Encoder = new TextEncoder();

/** Length of `text` in UTF-8 bytes. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
