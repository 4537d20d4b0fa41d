// A socket as a pair of awaits: pull bytes, push bytes. All of a socket's events end here, so that none is ever unhandled.
import type { Socket } from "node:net";
import { type Fault, FaultError } from "./message/fault.ts";

/** Bytes that are taken from the system before anybody asked for them. */
const READ_AHEAD_BYTES = 65_536;

/**
 * One side of a conversation.
 *
 * `pull` gives the next bytes, or null after the peer's FIN. `push` resolves once the bytes are with the system or in a small
 * buffer (backpressure). Both throw `WireClosed` when the socket is gone, `WireSilent` after `idleMs` without progress.
 * One pull and one push at a time.
 */
export class Wire {
  readonly socket: Socket;
  /** Called once when the socket is gone, for whoever waits on something else. */
  onClosed: (() => void) | null = null;
  #queue: Buffer[] = [];
  #queued = 0;
  #ended = false;
  #closed = false;
  #error: Error | null = null;
  #reader: (() => void) | null = null;
  #writer: (() => void) | null = null;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk) => {
      this.#queue.push(chunk);
      this.#queued += chunk.length;
      if (this.#queued >= READ_AHEAD_BYTES) socket.pause();
      this.#reader?.();
    });
    socket.on("end", () => {
      this.#ended = true;
      this.#reader?.();
    });
    socket.on("drain", () => this.#writer?.());
    socket.on("error", (error) => {
      this.#error = error;
    });
    socket.on("close", () => {
      this.#closed = true;
      this.#reader?.();
      this.#writer?.();
      this.onClosed?.();
    });
    this.#closed = socket.destroyed;
    if (this.#closed) this.#queue = [];
  }

  /** True once the socket is gone in both directions. */
  get isClosed(): boolean {
    return this.#closed || this.socket.destroyed;
  }

  /** True when the peer has ended its side and everything it sent was pulled. */
  get isEnded(): boolean {
    return this.#ended && this.#queue.length === 0;
  }

  /** True when bytes wait that nobody pulled. */
  get hasBytes(): boolean {
    return this.#queue.length > 0;
  }

  /** The next bytes if they are here already, else null. */
  take(): Buffer | null {
    const chunk = this.#queue.shift();
    if (chunk === undefined) return null;
    this.#queued -= chunk.length;
    if (this.#queue.length === 0 && this.socket.isPaused() && !this.isClosed) this.socket.resume();
    return chunk;
  }

  /** `idleMs` 0 waits forever. */
  async pull(idleMs: number): Promise<Buffer | null> {
    for (;;) {
      const chunk = this.take();
      if (chunk !== null) return chunk;
      if (this.#ended) return null;
      if (this.isClosed) throw new WireClosed(this.#error);
      await this.#wait("read", idleMs);
    }
  }

  /** Puts bytes back in front: what was pulled and belongs to somebody else. */
  unread(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#queue.unshift(bytes);
    this.#queued += bytes.length;
  }

  async push(bytes: Buffer | string, idleMs: number): Promise<void> {
    if (this.isClosed || !this.socket.writable) throw new WireClosed(this.#error);
    const isThrough = typeof bytes === "string" ? this.socket.write(bytes, "latin1") : this.socket.write(bytes);
    if (isThrough) return;
    await this.#wait("write", idleMs);
    if (this.isClosed) throw new WireClosed(this.#error);
  }

  /** Ends our side; what was pushed before still leaves. */
  end(): void {
    if (!this.isClosed) this.socket.end();
  }

  /** Drops the connection at once. */
  destroy(): void {
    this.socket.destroy();
  }

  /** Ends our side and reads on for `ms`, so that an answer is not lost to a reset while the peer still sends. */
  linger(ms: number): void {
    if (this.isClosed) return;
    this.#queue = [];
    this.#queued = 0;
    this.socket.removeAllListeners("data");
    this.socket.on("data", () => {});
    this.socket.end();
    if (this.#ended) {
      this.socket.once("finish", () => this.socket.destroy());
    } else this.socket.once("end", () => this.socket.destroySoon());
    this.socket.resume();
    const timer = setTimeout(() => this.socket.destroy(), ms);
    this.socket.once("close", () => clearTimeout(timer));
  }

  #wait(direction: "read" | "write", idleMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error: Error | null): void => {
        if (timer !== null) clearTimeout(timer);
        if (direction === "read") this.#reader = null;
        else this.#writer = null;
        if (error === null) resolve();
        else reject(error);
      };
      const timer = idleMs > 0 ? setTimeout(() => settle(new WireSilent()), idleMs) : null;
      if (direction === "read") this.#reader = () => settle(null);
      else this.#writer = () => settle(null);
    });
  }
}

/** The socket is gone. `cause` is the socket's error, or null after a plain close. */
export class WireClosed extends Error {
  constructor(cause: Error | null) {
    super("the connection was closed", cause === null ? {} : { cause });
  }
}

/** Nothing moved for as long as was allowed. */
export class WireSilent extends Error {
  constructor() {
    super("the connection was silent for too long");
  }
}

/** The fault that an error on the destination's side means for the client, before any part of a response was sent. */
export function destinationFault(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  if (error instanceof WireSilent) {
    const detail = "the destination did not answer in time";
    return { status: 504, error: "http_response_timeout", detail };
  }
  if (error instanceof WireClosed) {
    const detail = "the destination closed the connection before it answered";
    return { status: 502, error: "connection_terminated", detail };
  }
  return { status: 500, error: "proxy_internal_error", detail: "the proxy failed; this is a fault of the proxy" };
}
