interface HostTextDecoder {
  decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string;
}
declare const TextDecoder: { new (label: string, options: { fatal: boolean }): HostTextDecoder };

/** A decoder that throws at what is no UTF-8. */
export function utf8Decoder(): HostTextDecoder {
  return new TextDecoder("utf-8", { fatal: true });
}
