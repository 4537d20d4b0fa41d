interface HostTextDecoder {
  decode(bytes: Uint8Array): string;
}
declare const TextDecoder: { new (label: string, options: { fatal: boolean }): HostTextDecoder };

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The text of UTF-8 bytes, or null when they are no valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
