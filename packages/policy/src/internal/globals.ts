interface HostTextEncoder {
  encode(text: string): Uint8Array;
}
declare const TextEncoder: { new (): HostTextEncoder };

const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}
