// Writing the proxy's own replies so that they arrive: a client that is still sending is read on for a while, since closing at once
// would have its system throw the reply away.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { LINGER_BYTES, LINGER_MS } from "./limits.ts";
import { type Reply, replyText } from "./reply.ts";

/** Answers through node:http. The connection stays open unless a body is in the way. */
export function sendReply(incoming: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  incoming.unpipe();
  const isExpecting = incoming.headers.expect !== undefined;
  const fields = [...reply.fields, "Content-Length", String(Buffer.byteLength(reply.body))];
  if (isExpecting || response.req.httpVersion === "1.0") fields.push("Connection", "close");
  response.writeHead(reply.status, reply.phrase, fields);
  response.end(reply.body);
  if (!isExpecting) readRest(incoming);
}

/** Reads what is left of a body that nobody wants, for a while; then ends the connection. */
export function readRest(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  const { socket } = incoming;
  let left = LINGER_BYTES;
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  incoming.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) socket.destroy();
  });
  incoming.once("close", () => clearTimeout(timer));
  incoming.resume();
}

/** Answers on a bare socket and ends it. */
export function sendRawReply(socket: Socket, reply: Reply): void {
  if (socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(replyText(reply));
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(timer));
  socket.once("end", () => socket.destroySoon());
  socket.resume();
}
