/** A message with its length in front, as TCP carries it. Source: RFC 1035 §4.2.2. */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 2);
  framed[0] = message.length >> 8;
  framed[1] = message.length;
  framed.set(message, 2);
  return framed;
}

/** Puts messages together again from a stream's chunks; holds at most one message and one chunk. */
export class FrameReader {
  #held: Uint8Array = new Uint8Array();

  /** The messages that `chunk` completes, in order. */
  read(chunk: Uint8Array): readonly Uint8Array[] {
    const bytes = this.#held.length === 0 ? chunk : joined(this.#held, chunk);
    const messages: Uint8Array[] = [];
    let at = 0;
    while (at + 2 <= bytes.length) {
      const end = at + 2 + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
      if (end > bytes.length) break;
      messages.push(bytes.slice(at + 2, end));
      at = end;
    }
    this.#held = bytes.slice(at);
    return messages;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
