interface HostTextDecoder {
  decode(bytes: Uint8Array): string;
}
declare const TextDecoder: { new (label: string, options: { fatal: boolean }): HostTextDecoder };
interface HostTextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare const TextEncoder: { new (): HostTextEncoder };

const decoder = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

/** The text of UTF-8 bytes, or null when they are no valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    // Browsers decode no shared memory.
    return decoder.decode(bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice());
  } catch {
    return null;
  }
}

/** UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}
