import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { addressKind, parseAddress } from "@demarc/net";
import type { Facts, Gate } from "@demarc/runtime";
import { ManagedRuntime } from "effect";
import { ProxyServer, type ProxyServerOptions, type Resolve } from "../src/index.ts";

type Decision = ReturnType<Gate["decide"]>;
type Rule = NonNullable<Decision["rule"]>;

const PASS: Decision = {
  effect: "allow",
  verdict: "pass",
  reason: "default",
  rule: null,
  observed: [],
  image: "00".repeat(32),
};

function rule(id: string, kind: string): Rule {
  return {
    index: 0,
    id,
    title: { en: id },
    status: "in-force",
    category: "test",
    effect: { action: "block", notice: {} },
    scope: { territories: ["DE"], connectors: ["subject-location"], minConfidence: 0, whenUnknown: "skip" },
    legalBasis: {
      kind,
      discretion: "mandatory",
      citations: [{ scheme: "ecli", id: "ECLI:DE:LGEXMPL:2026:1" }],
      authority: { name: "Landgericht Example", type: "court", jurisdiction: "DE" },
    },
    effective: "2026-01-01T00:00:00Z",
    expires: "2027-02-01T00:00:00Z",
    justification: { necessity: "because" },
    remedy: { url: "https://isp.example/appeal", body: "Landgericht Example" },
    overrides: [],
    policy: { id: "p", version: "1.0.0", digest: "0", publisher: { name: "x", type: "operator" } },
    layer: "law",
    layerIndex: 0,
  };
}

const refuse = (id: string, kind: string): Decision => ({
  ...PASS,
  effect: "block",
  verdict: "refuse",
  reason: "rule",
  rule: rule(id, kind),
});

const BY_COURT = refuse("court", "court-order");
const BY_ADDRESS = refuse("address", "court-order");
const BY_OPERATOR = refuse("own", "operator-policy");
const EGRESS_UNKNOWN: Decision = { ...BY_OPERATOR, effect: "route", reason: "egress-unknown" };

/** One record of a decision, as the gate was told. */
export interface Recorded {
  readonly facts: Facts;
  readonly decision: Decision;
  readonly response: string;
}

/**
 * Refuses `court.example` and 127.0.0.66 (orders), `own.example` (operator), any `/secret` path by URL, and lets `egress.example`
 * be known by its address only: 127.0.0.1 passes.
 */
export function fakeGate(): Gate & { readonly records: Recorded[]; readonly asked: Facts[] } {
  const records: Recorded[] = [];
  const asked: Facts[] = [];
  return {
    records,
    asked,
    decide: (facts) => {
      asked.push(facts);
      const { name, address, url } = facts;
      // The net under every test: nothing may leave this machine, whatever the proxy thinks of an address.
      if (address !== undefined && addressKind(address) === "global") return BY_ADDRESS;
      if (name === "court.example") return BY_COURT;
      if (name === "own.example") return BY_OPERATOR;
      if (name === "egress.example" && address === undefined) return EGRESS_UNKNOWN;
      if (url?.includes("/secret") === true) return BY_COURT;
      if (address !== undefined && address.join(".") === "127.0.0.66") return BY_ADDRESS;
      return PASS;
    },
    record: (facts, decision, response) => {
      records.push({ facts, decision, response });
      return decision.verdict === "refuse" ? `log/${records.length}` : null;
    },
    operator: () => ({ name: "Example Access", jurisdiction: "DE", contact: "mailto:noc@isp.example" }),
  };
}

/** Addresses of names. */
export type Zone = Readonly<Record<string, readonly string[]>>;

/** Resolves by `zone`; any other name is at 127.0.0.1, and one with no address in the zone is nowhere. */
export function fakeResolve(zone: Zone): Resolve {
  return (name, done) => {
    const addresses = (zone[name] ?? ["127.0.0.1"]).flatMap((text) => {
      const parsed = parseAddress(text);
      return parsed.ok ? [parsed.value] : [];
    });
    if (addresses.length > 0) done({ ok: true, addresses });
    else done({ ok: false, error: "dns_error", detail: "the name has no address" });
  };
}

/** An origin on a random loopback port. */
export async function fakeOrigin(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly server: Server; readonly port: number; readonly close: () => void }> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { server, port, close };
}

const ZONE: Zone = {
  "missing.example": [],
  "rebind.example": ["10.0.0.1"],
  "metadata.example": ["169.254.169.254"],
  "nat64.example": ["64:ff9b::a00:1"],
  "mixed.example": ["10.0.0.1", "127.0.0.1"],
  "blockedaddress.example": ["127.0.0.66"],
};

/** A running proxy on a random port that may connect to 127.0.0.0/8. */
export async function startProxy(options: Partial<ProxyServerOptions> & { readonly gate: Gate }) {
  const runtime = ManagedRuntime.make(
    ProxyServer.layer({
      listen: "127.0.0.1:0",
      allowPrefixes: ["127.0.0.0/8"],
      resolve: fakeResolve(ZONE),
      ...options,
    }),
  );
  const service = await runtime.runPromise(ProxyServer);
  return {
    port: service.address.port,
    service,
    counters: () => runtime.runPromise(service.counters),
    stop: () => runtime.dispose(),
  };
}

/** Sends bytes, ends nothing, and resolves with what came until the peer closed or fell silent for `quietMs`. */
export function exchangeRaw(port: number, bytes: string | Uint8Array, quietMs = 1_500): Promise<string> {
  return new Promise((done) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const end = (): void => {
      socket.destroy();
      done(text);
    };
    socket.setTimeout(quietMs, end);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("close", () => done(text));
  });
}

/** A response in full. */
export interface Answer {
  readonly status: number;
  readonly phrase: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** One request through the proxy; rejects when the answer breaks off. */
export function throughProxy(
  port: number,
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: Buffer;
  } = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const { host } = new URL(url);
    const { method = "GET", headers = {} } = options;
    const sent = request(
      { host: "127.0.0.1", port, method, path: url, agent: false, headers: { host, ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", fail);
        answer.on("end", () =>
          done({
            status: answer.statusCode ?? 0,
            phrase: answer.statusMessage ?? "",
            headers: answer.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    sent.on("error", fail);
    sent.end(options.body);
  });
}
