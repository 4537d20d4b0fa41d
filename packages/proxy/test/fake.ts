// What the vectors run against: a proxy that passes everything on, and an origin that remembers what reached it.
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { fakeGate, fakeOrigin, startProxy as startRigged } from "./rig.ts";

/** A request as the origin saw it, body and all. */
export interface Seen {
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** A running origin. */
export interface Origin {
  readonly port: number;
  readonly seen: Seen[];
  readonly stop: () => void;
}

/** A running proxy and its gate. */
export type RunningProxy = Awaited<ReturnType<typeof startProxy>>;

/** A proxy for which every name leads to 127.0.0.1. */
export async function startProxy() {
  const gate = fakeGate();
  const proxy = await startRigged({ gate });
  return { ...proxy, gate };
}

/** Answers 200 to whatever it got completely. */
export async function startOrigin(): Promise<Origin> {
  const seen: Seen[] = [];
  const origin = await fakeOrigin((request: IncomingMessage, response) => {
    let body = "";
    request.setEncoding("latin1");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push({ target: request.url ?? "", rawHeaders: request.rawHeaders, body });
      response.end("reached");
    });
  });
  return { port: origin.port, seen, stop: origin.close };
}

/** Sends latin1 text and resolves with what came until the peer closed or fell silent. */
export function exchange(port: number, text: string, { end }: { readonly end: boolean }): Promise<string> {
  return new Promise((done) => {
    let answer = "";
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => {
      socket.write(text, "latin1");
      if (end) socket.end();
    });
    // Long for the first byte, since machines can be busy; short after it.
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on("error", () => {});
    socket.on("end", () => socket.end());
    socket.on("data", (chunk) => {
      socket.setTimeout(300);
      answer += chunk.toString("latin1");
    });
    socket.on("close", () => done(answer));
  });
}
