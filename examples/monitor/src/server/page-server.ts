// The monitor's HTTP server: a handful of fixed files, three read-only answers, one event stream, and the public files of
// the logs. Nothing here changes anything; a request that is not one of these is told so.
import { readdirSync, readFile, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { parseTilePath } from "@demarc/audit";
import { Data, Effect, Layer } from "effect";
import type { MonitorState, WhyAnswer, WhyFault } from "../state.ts";

/** Where the page server listens. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** What the page server asks of the rest of the monitor; all answer at once, from memory. */
export interface Answers {
  readonly state: () => MonitorState;
  readonly why: (
    query: URLSearchParams,
  ) => { readonly ok: true; readonly value: WhyAnswer } | { readonly ok: false; readonly fault: WhyFault };
  /** Where a public file of a log lies, or null for a point that is not known. */
  readonly logFile: (app: string, path: string) => string | null;
}

/** The address can not be listened on; the message says what to do. */
export class ListenRefused extends Data.TaggedError("ListenRefused")<{ readonly message: string }> {}

// Nothing but this server's own files, no inline script or style, no framing, no form to anywhere else.
const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

const STREAM_INTERVAL_MS = 1000;
const KEEPALIVE_MS = 15_000;

/** Serves the page from `folder`; closes its streams and stops listening when the scope ends. */
export const servePage = (listen: Listen, folder: string, answers: Answers) =>
  Layer.effectDiscard(
    Effect.acquireRelease(
      Effect.callback<Server, ListenRefused>((resume) => {
        const files = readFiles(folder);
        const server = createServer((request, response) => answer(request, response, files, answers));
        server.once("error", (error: NodeJS.ErrnoException) => resume(Effect.fail(refusal(listen, error))));
        server.listen(listen.port, listen.host, () => resume(Effect.succeed(server)));
      }),
      (server) =>
        Effect.callback<void>((resume) => {
          server.close(() => resume(Effect.void));
          server.closeAllConnections();
        }),
    ),
  );

function refusal(listen: Listen, error: NodeJS.ErrnoException): ListenRefused {
  const place = `${listen.host}:${listen.port}`;
  const message =
    error.code === "EADDRINUSE"
      ? `${place} is taken by another program. Stop it, or set DEMARC_MONITOR_LISTEN to a free address.`
      : `${place} can not be listened on (${error.message}). Set DEMARC_MONITOR_LISTEN to another address.`;
  return new ListenRefused({ message });
}

function readFiles(folder: string): ReadonlyMap<string, Buffer> {
  const files = new Map(
    readdirSync(folder).map((name) => [`/${name}`, readFileSync(join(folder, name))] as const),
  );
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, Buffer>,
  answers: Answers,
): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return send(
      response,
      405,
      "text/plain; charset=utf-8",
      "The monitor only answers GET: it changes nothing.\n",
    );
  }
  const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
  if (path === "/api/state") return sendJson(response, 200, answers.state());
  if (path === "/api/events") return stream(response, answers);
  if (path === "/api/why") {
    const found = answers.why(new URLSearchParams(query));
    return found.ok ? sendJson(response, 200, found.value) : sendJson(response, 400, found.fault);
  }
  if (path.startsWith("/log/")) return sendLogFile(response, path.slice("/log/".length), answers);
  const file = files.get(path);
  if (file === undefined)
    return send(response, 404, "text/plain; charset=utf-8", "Not here. The page is at /.\n");
  const name = path === "/" ? "index.html" : path;
  response.setHeader("cache-control", "no-cache");
  return send(
    response,
    200,
    TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    file,
  );
}

// Only what tlog-tiles publishes: the checkpoint, tiles and bundles, by their canonical paths. What else lies in the
// directory, its private state included, has no address.
function sendLogFile(response: ServerResponse, asked: string, answers: Answers): void {
  const [app = "", ...rest] = asked.split("/");
  const path = rest.join("/");
  const isPublic = path === "checkpoint" || parseTilePath(path) !== null;
  const file = isPublic ? answers.logFile(app, path) : null;
  const missing = () => send(response, 404, "text/plain; charset=utf-8", "No such file of a log.\n");
  if (file === null) return missing();
  const isCheckpoint = path === "checkpoint";
  readFile(file, (error, bytes) => {
    if (error !== null) return missing();
    response.setHeader("cache-control", isCheckpoint ? "no-store" : "max-age=31536000, immutable");
    return send(
      response,
      200,
      isCheckpoint ? "text/plain; charset=utf-8" : "application/octet-stream",
      bytes,
    );
  });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.setHeader("cache-control", "no-store");
  send(response, status, "application/json; charset=utf-8", JSON.stringify(value));
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

// Server-sent events (WHATWG HTML §9.2): the state whenever it changes, a comment now and then so that
// intermediaries keep the connection.
function stream(response: ServerResponse, answers: Answers): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  let last = "";
  const push = () => {
    const data = JSON.stringify(answers.state());
    if (data === last || response.writableNeedDrain) return;
    last = data;
    response.write(`event: state\ndata: ${data}\n\n`);
  };
  push();
  const changes = setInterval(push, STREAM_INTERVAL_MS);
  const keepalive = setInterval(() => response.write(": still here\n\n"), KEEPALIVE_MS);
  response.on("close", () => {
    clearInterval(changes);
    clearInterval(keepalive);
  });
}
