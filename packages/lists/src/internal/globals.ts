// What every JavaScript host has beside ECMAScript, of which the compiler knows nothing here.

interface HostTextDecoder {
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string;
}

declare const TextDecoder: { new (label: string, options: { fatal: boolean }): HostTextDecoder };

/** A decoder that is fed in pieces; what is not UTF-8 becomes U+FFFD, and a byte order mark at the start is dropped. */
export function utf8Decoder(): HostTextDecoder {
  return new TextDecoder("utf-8", { fatal: false });
}
