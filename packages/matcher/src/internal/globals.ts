// The two host objects this package needs beyond ECMAScript; every runtime that has typed arrays has them.
interface HostTextDecoder {
  decode(bytes: Uint8Array): string;
}
interface HostTextEncoder {
  encode(text: string): Uint8Array;
}
declare const TextDecoder: {
  new (label: string, options: { fatal: boolean; ignoreBOM: boolean }): HostTextDecoder;
};
declare const TextEncoder: { new (): HostTextEncoder };

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, or null when they are no valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    // A copy, since some decoders take no memory that threads share.
    return decoder.decode(bytes.slice());
  } catch {
    return null;
  }
}
