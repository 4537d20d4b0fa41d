import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";
import type { Facts, Gate } from "@demarc/runtime";
import { decodeMessage, encodeMessage, type Message, type ResourceRecord } from "../src/codec.ts";
import { FrameReader, frame } from "../src/frame.ts";

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

function rule(id: string, kind: string, action: "block" | "allow"): Rule {
  return {
    index: 0,
    id,
    title: { en: id },
    status: "in-force",
    category: "test",
    effect: { action, notice: {} },
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
  rule: rule(id, kind, "block"),
});

const BY_ADDRESS = refuse("address", "court-order");
const BY_COURT = refuse("court", "court-order");
const BY_OPERATOR = refuse("own", "operator-policy");
const BY_EXCEPTION: Decision = { ...PASS, reason: "rule", rule: rule("allow", "court-order", "allow") };

/** One record of a decision, as the gate was told. */
export interface Recorded {
  readonly facts: Facts;
  readonly decision: Decision;
  readonly response: string;
}

/** Blocks `court.example` (order), `own.example` (operator), 203.0.113.66; allows `allowed.example` by rule. */
export function fakeGate(): Gate & { readonly records: Recorded[] } {
  const records: Recorded[] = [];
  return {
    records,
    decide: ({ name, address }) => {
      if (name === "allowed.example") return BY_EXCEPTION;
      if (address !== undefined && Buffer.from(address).equals(Buffer.from([203, 0, 113, 66]))) {
        return BY_ADDRESS;
      }
      if (name === "court.example" || name?.endsWith(".court.example") === true) return BY_COURT;
      if (name === "own.example") return BY_OPERATOR;
      return PASS;
    },
    record: (facts, decision, response) => {
      records.push({ facts, decision, response });
      return decision.verdict === "refuse" ? `log/${records.length}` : null;
    },
    operator: () => ({ name: "Example Access", jurisdiction: "DE", contact: "noc@isp.example" }),
  };
}

/** What the upstream answers: records, and anything else of the message. */
export type Answers = (query: Message, transport: "udp" | "tcp") => Partial<Message> | null;

/** A resolver on one random port, UDP and TCP. */
export async function fakeUpstream(
  answers: Answers,
): Promise<{ readonly text: string; readonly close: () => void; readonly seen: Message[] }> {
  const seen: Message[] = [];
  const udp = createSocket("udp4");
  const answer = (packet: Uint8Array, transport: "udp" | "tcp"): Uint8Array | null => {
    const query = decodeMessage(packet);
    if (!query.ok) return null;
    seen.push(query.value);
    const part = answers(query.value, transport);
    if (part === null) return null;
    const base = { ...query.value, response: true, recursionAvailable: true };
    const encoded = encodeMessage({ ...base, ...part }, transport === "udp" ? 1_232 : 65_535);
    return encoded.ok ? encoded.value : null;
  };
  udp.on("message", (packet, from) => {
    const bytes = answer(packet, "udp");
    if (bytes !== null) udp.send(bytes, from.port, from.address);
  });
  await new Promise<void>((done) => udp.bind(0, "127.0.0.1", () => done()));
  const { port } = udp.address();
  const tcp = createServer((socket) => {
    const reader = new FrameReader();
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      for (const packet of reader.read(chunk)) {
        const bytes = answer(packet, "tcp");
        if (bytes !== null) socket.write(frame(bytes));
      }
    });
  });
  await new Promise<void>((done) => tcp.listen(port, "127.0.0.1", () => done()));
  return {
    text: `127.0.0.1:${port}`,
    seen,
    close: () => {
      udp.close();
      tcp.close();
    },
  };
}

/** A record of class IN. */
export function record(name: string, type: number, data: Uint8Array | readonly number[]): ResourceRecord {
  return { name, type, class: 1, ttl: 60, data: Uint8Array.from(data) };
}

/** A name as uncompressed RDATA. */
export function nameData(name: string): Uint8Array {
  return Uint8Array.from([...name.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]), 0]);
}

/** A query with RD set. */
export function query(name: string, type = 1, change: Partial<Message> = {}): Message {
  return {
    id: 0x1234,
    response: false,
    opcode: 0,
    authoritative: false,
    truncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
    rcode: 0,
    questions: [{ name, type, class: 1 }],
    answers: [],
    authorities: [],
    additionals: [],
    edns: { udpSize: 1_232, version: 0, dnssecOk: false, options: [] },
    ...change,
  };
}

/** The bytes of a message. */
export function bytesOf(message: Message): Uint8Array {
  const encoded = encodeMessage(message);
  if (!encoded.ok) throw new Error(encoded.issue.message);
  return encoded.value;
}

/** Sends one datagram; the answer's bytes, or null when none comes in `waitMs`. */
export function sendUdp(port: number, packet: Uint8Array, waitMs = 3_000): Promise<Uint8Array | null> {
  return new Promise((done) => {
    const socket = createSocket("udp4");
    const end = (answer: Uint8Array | null): void => {
      clearTimeout(timer);
      socket.close();
      done(answer);
    };
    const timer = setTimeout(() => end(null), waitMs);
    socket.once("message", end);
    socket.send(packet, port, "127.0.0.1");
  });
}

/** Sends framed queries in one write; resolves with the answers once `count` came or the connection closed. */
export function sendTcp(port: number, packets: readonly Uint8Array[], count: number): Promise<Uint8Array[]> {
  return new Promise((done) => {
    const answers: Uint8Array[] = [];
    const reader = new FrameReader();
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.concat(packets.map(frame))));
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      answers.push(...reader.read(chunk));
      if (answers.length >= count) socket.end();
    });
    socket.on("close", () => done(answers));
  });
}
