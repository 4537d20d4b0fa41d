// Bodies, piece by piece from one wire to another. Chunked bodies are decoded and encoded anew.
import { chunkStart, ChunkedDecoder, LAST_CHUNK } from "./message/chunked.ts";
import { FaultError } from "./message/fault.ts";
import { cutShort, type Framing } from "./message/framing.ts";
import { type Wire, WireClosed } from "./wire.ts";

/** Reads a body from a wire; leaves what comes after it on the wire. */
export class BodyReader {
  readonly #wire: Wire;
  readonly #side: "request" | "response";
  readonly #framing: Framing;
  readonly #chunked: ChunkedDecoder | null;
  #left: number;
  #pieces: Buffer[] = [];
  #done: boolean;

  constructor(wire: Wire, framing: Framing, side: "request" | "response") {
    this.#wire = wire;
    this.#side = side;
    this.#framing = framing;
    this.#chunked = framing.kind === "chunked" ? new ChunkedDecoder() : null;
    this.#left = framing.kind === "length" ? framing.length : 0;
    this.#done = framing.kind === "none";
  }

  /** True once the body's last byte was given out. */
  get isDone(): boolean {
    return this.#done && this.#pieces.length === 0;
  }

  /** What is here already, without waiting; null when nothing is. */
  ready(): Buffer | null {
    if (this.#pieces.length === 0 && !this.#done && this.#wire.hasBytes) {
      const chunk = this.#wire.take();
      if (chunk !== null) this.#accept(chunk);
    }
    return this.#pieces.shift() ?? null;
  }

  /** The next piece, or null at the end of the body. Throws `FaultError` for a faulty or cut body, and what `pull` throws. */
  async next(idleMs: number): Promise<Buffer | null> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) return piece;
      if (this.#done) return null;
      const chunk = await this.#wire.pull(idleMs).catch((error: unknown) => {
        throw error instanceof WireClosed ? new FaultError(cutShort(this.#side)) : error;
      });
      if (chunk !== null) this.#accept(chunk);
      else if (this.#framing.kind === "until-close") this.#done = true;
      else throw new FaultError(cutShort(this.#side));
    }
  }

  #accept(chunk: Buffer): void {
    if (this.#chunked !== null) {
      const wrong = this.#chunked.push(chunk, (data) => this.#pieces.push(data));
      if (wrong !== null) throw new FaultError(bodyFault(this.#side, wrong));
      if (!this.#chunked.isDone) return;
      this.#done = true;
      this.#wire.unread(chunk.subarray(this.#chunked.rest));
      return;
    }
    if (this.#framing.kind === "until-close") {
      this.#pieces.push(chunk);
      return;
    }
    const taken = Math.min(this.#left, chunk.length);
    this.#left -= taken;
    this.#pieces.push(taken === chunk.length ? chunk : chunk.subarray(0, taken));
    if (this.#left > 0) return;
    this.#done = true;
    this.#wire.unread(chunk.subarray(taken));
  }
}

/** Writes one piece of a body in the receiver's framing. */
export async function pushPiece(to: Wire, piece: Buffer, isChunked: boolean, idleMs: number): Promise<void> {
  if (piece.length === 0) return;
  if (!isChunked) return to.push(piece, idleMs);
  const { socket } = to;
  socket.cork();
  if (socket.writable) {
    socket.write(chunkStart(piece.length), "latin1");
    socket.write(piece);
  }
  const pushed = to.push("\r\n", idleMs);
  socket.uncork();
  return pushed;
}

/** Copies the rest of a body and ends it as the receiver's framing wants. */
export async function relayBody(
  reader: BodyReader,
  to: Wire,
  isChunked: boolean,
  idleMs: { readonly read: number; readonly write: number },
): Promise<void> {
  for (;;) {
    const piece = await reader.next(idleMs.read);
    if (piece === null) break;
    await pushPiece(to, piece, isChunked, idleMs.write);
  }
  if (isChunked) await to.push(LAST_CHUNK, idleMs.write);
}

function bodyFault(side: "request" | "response", detail: string) {
  return side === "request"
    ? ({ status: 400, error: "http_request_error", detail: `in the request's body ${detail}` } as const)
    : ({ status: 502, error: "http_protocol_error", detail: `in the response's body ${detail}` } as const);
}
