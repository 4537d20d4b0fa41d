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

/** A buffer as of ES2024; older hosts have none of this. */
export interface HostBuffer extends ArrayBuffer {
  readonly resizable?: boolean;
  readonly maxByteLength?: number;
  readonly resize?: (bytes: number) => void;
}

/** A buffer that can grow up to `most` bytes, where the host has such and so many addresses; else one that can not. */
export function bufferWithRoom(bytes: number, most: number): HostBuffer {
  const Resizable = ArrayBuffer as new (bytes: number, options: { maxByteLength: number }) => HostBuffer;
  try {
    return new Resizable(bytes, { maxByteLength: most });
  } catch {
    return new ArrayBuffer(bytes);
  }
}
