// A YAML language server over stdio, spoken to as an editor does (Language Server Protocol 3.17).
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";

/** A place in a document, 0-based as in the protocol. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** One diagnostic. */
export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: Place };
}

/** The server of the package `yaml-language-server`; it asks no other machine. */
export class LanguageServer {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  readonly #diagnostics = new Map<string, (found: readonly Diagnostic[]) => void>();
  #next = 1;
  #rest: Buffer = Buffer.alloc(0);

  constructor() {
    const main = createRequire(import.meta.url).resolve("yaml-language-server/bin/yaml-language-server");
    this.#child = spawn(process.execPath, [main, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout?.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  /** Starts the conversation. */
  async start(rootUri: string): Promise<void> {
    await this.ask("initialize", {
      processId: process.pid,
      rootUri,
      capabilities: { textDocument: { completion: { completionItem: {} }, hover: {} } },
      workspaceFolders: [{ uri: rootUri, name: "root" }],
    });
    this.tell("initialized", {});
    this.tell("workspace/didChangeConfiguration", { settings: this.#settings() });
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    await this.ask("shutdown", null);
    this.tell("exit", null);
  }

  /** Opens a document; its diagnostics. */
  open(uri: string, text: string): Promise<readonly Diagnostic[]> {
    const found = new Promise<readonly Diagnostic[]>((resolve) => this.#diagnostics.set(uri, resolve));
    this.tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
    return found;
  }

  /** What may be written at a place. */
  async complete(uri: string, position: Place): Promise<readonly string[]> {
    const result = (await this.ask("textDocument/completion", { textDocument: { uri }, position })) as {
      items: readonly { label: string }[];
    };
    return result.items.map(({ label }) => label);
  }

  /** What is said about the word at a place. */
  async hover(uri: string, position: Place): Promise<string> {
    const result = (await this.ask("textDocument/hover", { textDocument: { uri }, position })) as {
      contents: { value: string };
    } | null;
    return result?.contents.value ?? "";
  }

  /** A request and its answer. */
  ask(method: string, params: unknown): Promise<unknown> {
    const id = this.#next++;
    this.#send({ id, method, params });
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  /** A notification. */
  tell(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #settings(): unknown {
    const yaml = {
      validate: true,
      completion: true,
      hover: true,
      schemaStore: { enable: false, url: "" },
      schemas: {},
    };
    return { yaml, http: { proxy: "", proxyStrictSSL: true } };
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const head = this.#rest.indexOf("\r\n\r\n");
      if (head === -1) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#rest.toString("latin1", 0, head))?.[1]);
      const end = head + 4 + length;
      if (this.#rest.length < end) return;
      const message = JSON.parse(this.#rest.toString("utf8", head + 4, end)) as Message;
      this.#rest = this.#rest.subarray(end);
      this.#take(message);
    }
  }

  #take({ id, method, params, result }: Message): void {
    if (method === undefined) {
      if (id !== undefined) this.#waiting.get(id)?.(result);
    } else if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Diagnostic[] };
      this.#diagnostics.get(uri)?.(diagnostics);
    } else if (id !== undefined) {
      const { yaml, http } = this.#settings() as Record<string, unknown>;
      const answer = method === "workspace/configuration" ? [yaml, http, {}, {}, {}] : null;
      const body = JSON.stringify({ jsonrpc: "2.0", id, result: answer });
      this.#child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    }
  }
}
