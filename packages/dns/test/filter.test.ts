import { execFile, execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { ManagedRuntime } from "effect";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  decodeMessage,
  encodeExtendedError,
  extendedErrorsOf,
  type Message,
  OPTION,
  RCODE,
  TYPE,
} from "../src/codec.ts";
import { DnsServer, type DnsServerOptions } from "../src/index.ts";
import { bytesOf, fakeGate, fakeUpstream, nameData, query, record, sendTcp, sendUdp } from "./fake.ts";

const run = promisify(execFile);
const gate = fakeGate();
let upstream: Awaited<ReturnType<typeof fakeUpstream>>;
let server: Awaited<ReturnType<typeof startServer>>;

const a = (owner: string, last: number) => record(owner, TYPE.A, [203, 0, 113, last]);

const structured = (data: number[]) => ({
  udpSize: 1_232,
  version: 0,
  dnssecOk: false,
  options: [{ code: OPTION.STRUCTURED_ERROR, data: Uint8Array.from(data) }],
});

const dig = async (...args: string[]): Promise<string> =>
  (await run("dig", ["@127.0.0.1", "-p", String(server.port), "+tries=1", "+time=3", ...args])).stdout;

async function startServer(options: Partial<DnsServerOptions>) {
  const runtime = ManagedRuntime.make(
    DnsServer.layer({ gate, listen: "127.0.0.1:0", upstreamTimeoutMs: 300, ...options }),
  );
  const service = await runtime.runPromise(DnsServer);
  return { port: service.address.port, service, runtime, stop: () => runtime.dispose() };
}

beforeAll(async () => {
  upstream = await fakeUpstream((query, transport) => {
    const name = query.questions[0]?.name ?? "";
    const lower = name.toLowerCase();
    if (lower === "silent.example") return null;
    if (lower === "chain.example" || lower === "allowed.example") {
      return {
        answers: [record(name, TYPE.CNAME, nameData("www.court.example")), a("www.court.example", 5)],
      };
    }
    if (lower === "address.example") return { answers: [a(name, 5), a(name, 66)] };
    if (lower === "hint.example") {
      return { answers: [record(name, TYPE.HTTPS, [0, 1, 0, 0, 4, 0, 4, 203, 0, 113, 66])] };
    }
    if (lower === "big.example") {
      const texts = Array.from({ length: 30 }, (_, index) =>
        record(name, TYPE.TXT, [100, ...Buffer.alloc(100, 97 + (index % 26))]),
      );
      return transport === "udp" ? { truncated: true } : { answers: texts };
    }
    if (lower === "medium.example") {
      const texts = Array.from({ length: 6 }, () => record(name, TYPE.TXT, [100, ...Buffer.alloc(100, 120)]));
      return { answers: texts };
    }
    if (lower === "upstream-ede.example") {
      const options = [
        encodeExtendedError({ infoCode: 15, extraText: "first" }),
        encodeExtendedError({ infoCode: 6, extraText: "second" }),
        { code: OPTION.COOKIE, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
      ];
      return { rcode: RCODE.NXDOMAIN, edns: { udpSize: 4_096, version: 0, dnssecOk: false, options } };
    }
    return { answers: [a(name, 5)], authenticData: true };
  });
  server = await startServer({ upstreams: [upstream.text] });
});
afterAll(async () => {
  await server.stop();
  upstream.close();
});
beforeEach(() => {
  gate.records.length = 0;
});

async function ask(message: Message, port = server.port): Promise<Message> {
  const answer = await sendUdp(port, bytesOf(message));
  const decoded = answer === null ? null : decodeMessage(answer);
  if (decoded?.ok !== true) throw new Error(`no readable answer: ${JSON.stringify(decoded)}`);
  return decoded.value;
}

describe("a refused name", () => {
  it("does not exist for 30 s, with code, reason and reference", async () => {
    const answer = await ask(query("www.Court.example"));
    expect(answer).toMatchObject({
      id: 0x1234,
      rcode: RCODE.NXDOMAIN,
      authenticData: false,
      recursionAvailable: true,
    });
    expect(answer.questions[0]?.name).toBe("www.Court.example");
    expect(answer.authorities[0]).toMatchObject({ name: "www.Court.example", type: TYPE.SOA, ttl: 30 });
    expect(extendedErrorsOf(answer.edns?.options ?? [])).toEqual([
      {
        infoCode: 16,
        extraText:
          "Blocked by court order (Landgericht Example, ECLI:DE:LGEXMPL:2026:1), rule court until 2027-02-01; appeal https://isp.example/appeal; ref log/1",
      },
    ]);
    expect(gate.records).toHaveLength(1);
    expect(gate.records[0]).toMatchObject({ response: "NXDOMAIN", facts: { name: "www.court.example" } });
    expect(
      upstream.seen.some(({ questions }) => questions[0]?.name.toLowerCase() === "www.court.example"),
    ).toBe(false);
  });

  it("gives a JSON object to who asked for one, whatever the option holds, without `s` for 16 and with it for 15", async () => {
    for (const data of [[], [1, 2, 3]]) {
      const [error] = extendedErrorsOf(
        (await ask(query("court.example", 1, { edns: structured(data) }))).edns?.options ?? [],
      );
      expect(Object.keys(JSON.parse(error?.extraText ?? ""))).toEqual(["c", "j", "o", "l"]);
    }
    const [own] = extendedErrorsOf(
      (await ask(query("own.example", 1, { edns: structured([]) }))).edns?.options ?? [],
    );
    expect(own?.infoCode).toBe(15);
    expect(JSON.parse(own?.extraText ?? "")).toMatchObject({ s: 6, c: ["mailto:noc@isp.example"] });
  });

  it("has no OPT for who sent none", async () => {
    expect((await ask(query("court.example", 1, { edns: null }))).edns).toBeNull();
  });
});

describe("an answer", () => {
  it("is refused for what its CNAME chain, its addresses or its HTTPS hints lead to", async () => {
    for (const [name, type, rule] of [
      ["chain.example", 1, "court"],
      ["address.example", 1, "address"],
      ["hint.example", 65, "address"],
    ] as const) {
      gate.records.length = 0;
      expect((await ask(query(name, type))).rcode).toBe(RCODE.NXDOMAIN);
      expect(gate.records.map(({ decision, response }) => [decision.rule?.id, response])).toEqual([
        [rule, "NXDOMAIN"],
      ]);
    }
  });

  it("passes when a rule allows the name, CNAME targets included", async () => {
    const answer = await ask(query("allowed.example"));
    expect(answer.rcode).toBe(RCODE.NOERROR);
    expect(answer.answers).toHaveLength(2);
    expect(gate.records.map(({ decision, response }) => [decision.rule?.id, response])).toEqual([
      ["allow", "forwarded"],
    ]);
  });

  it("keeps the case of the question and says AD only to who asked", async () => {
    const answer = await ask(query("MiXeD.example"));
    expect(answer.questions[0]?.name).toBe("MiXeD.example");
    expect(answer.answers[0]?.name).toBe("MiXeD.example");
    expect(answer.authenticData).toBe(false);
    expect((await ask(query("mixed.example", 1, { authenticData: true }))).authenticData).toBe(true);
    expect(gate.records.every(({ facts }) => facts.name === "mixed.example")).toBe(true);
  });

  it("keeps the upstream's Extended DNS Errors in order and nothing else of its OPT", async () => {
    const answer = await ask(query("upstream-ede.example"));
    expect(answer.edns?.options.map(({ code }) => code)).toEqual([OPTION.EDE, OPTION.EDE]);
    expect(extendedErrorsOf(answer.edns?.options ?? []).map(({ extraText }) => extraText)).toEqual([
      "first",
      "second",
    ]);
    expect((await ask(query("upstream-ede.example", 1, { edns: null }))).edns).toBeNull();
  });

  it("is asked for over TCP after truncation, and truncated to the client's size", async () => {
    const small = await ask(query("big.example", TYPE.TXT));
    expect(small).toMatchObject({ truncated: true, answers: [] });
    const [whole] = await sendTcp(server.port, [bytesOf(query("big.example", TYPE.TXT))], 1);
    const decoded = decodeMessage(whole ?? new Uint8Array());
    expect(decoded.ok && decoded.value.answers.length).toBe(30);
    expect((await ask(query("medium.example", TYPE.TXT, { edns: null }))).truncated).toBe(true);
    expect((await ask(query("medium.example", TYPE.TXT))).answers).toHaveLength(6);
  });

  it("to a name with binary labels is forwarded, and decided on with escapes", async () => {
    expect((await ask(query(String.raw`\000B.example`))).answers).toHaveLength(1);
    expect(gate.records[0]?.facts.name).toBe(String.raw`\000b.example`);
  });
});

describe("queries of another form", () => {
  it.each<readonly [string, Uint8Array, number | null]>([
    ["a runt", Uint8Array.of(1, 2, 3), null],
    ["a response", bytesOf(query("a.example", 1, { response: true })), null],
    ["another opcode", bytesOf(query("a.example", 1, { opcode: 4 })), RCODE.NOTIMP],
    ["no question", bytesOf(query("a.example", 1, { questions: [] })), RCODE.FORMERR],
    ["a question cut off", bytesOf(query("a.example", 1, { edns: null })).slice(0, -3), RCODE.FORMERR],
    [
      "a pointer loop",
      Uint8Array.of(1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 12, 0, 1, 0, 1),
      RCODE.FORMERR,
    ],
    [
      "two questions",
      bytesOf(
        query("a", 1, {
          questions: [
            { name: "a", type: 1, class: 1 },
            { name: "b", type: 1, class: 1 },
          ],
        }),
      ),
      RCODE.FORMERR,
    ],
    ["a zone transfer", bytesOf(query("a.example", TYPE.AXFR)), RCODE.REFUSED],
    [
      "class CH",
      bytesOf(query("a", 16, { questions: [{ name: "version.bind", type: 16, class: 3 }] })),
      RCODE.REFUSED,
    ],
    [
      "EDNS version 1",
      bytesOf(query("a.example", 1, { edns: { udpSize: 512, version: 1, dnssecOk: false, options: [] } })),
      RCODE.BADVERS,
    ],
  ])("%s", async (_why, packet, rcode) => {
    const answer = await sendUdp(server.port, packet, rcode === null ? 150 : 3_000);
    const decoded = answer === null ? null : decodeMessage(answer);
    expect(decoded?.ok === true ? decoded.value.rcode : decoded).toBe(rcode);
    expect(gate.records).toHaveLength(0);
  });

  it("are answered with OPT where they had one, and without where not", async () => {
    for (const form of [{ opcode: 4 }, { questions: [] }])
      for (const edns of [null, { udpSize: 1232, version: 0, dnssecOk: false, options: [] }]) {
        const answer = await sendUdp(server.port, bytesOf(query("a.example", 1, { ...form, edns })), 3_000);
        const decoded = answer === null ? null : decodeMessage(answer);
        expect(decoded?.ok === true ? decoded.value.edns : decoded).toEqual(edns);
      }
  });

  it("ANY gets one HINFO", async () => {
    expect((await ask(query("a.example", TYPE.ANY))).answers[0]?.type).toBe(TYPE.HINFO);
    expect(gate.records[0]?.response).toBe("HINFO");
  });

  it("pipelined on one connection are all answered", async () => {
    const packets = Array.from({ length: 100 }, (_, id) => bytesOf(query(`n${id}.example`, 1, { id })));
    const answers = await sendTcp(server.port, packets, 100);
    const ids = answers.map((bytes) => (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0));
    expect(ids.toSorted((a, b) => a - b)).toEqual(packets.map((_, id) => id));
    expect(gate.records).toHaveLength(100);
  });
});

describe("upstreams and life cycle", () => {
  it("a dead upstream gives SERVFAIL that names it; the next one is tried first", async () => {
    const probe = createServer();
    await new Promise<void>((done) => probe.listen(0, "127.0.0.1", () => done()));
    const dead = `127.0.0.1:${(probe.address() as { port: number }).port}`;
    await new Promise((done) => probe.close(done));
    const alone = await startServer({ upstreams: [dead] });
    const answer = await ask(query("a.example"), alone.port);
    expect(answer.rcode).toBe(RCODE.SERVFAIL);
    expect(extendedErrorsOf(answer.edns?.options ?? [])).toEqual([
      { infoCode: 23, extraText: `no upstream answered: ${dead} refused the connection` },
    ]);
    expect(gate.records.map(({ response }) => response)).toEqual(["SERVFAIL"]);
    await alone.stop();
    const both = await startServer({ upstreams: [dead, upstream.text] });
    expect((await ask(query("a.example"), both.port)).rcode).toBe(RCODE.NOERROR);
    await both.stop();
  });

  it("a silent upstream gives SERVFAIL with code 22", async () => {
    const [error] = extendedErrorsOf((await ask(query("silent.example"))).edns?.options ?? []);
    expect(error).toMatchObject({ infoCode: 22 });
  });

  it("answers what it has taken before it stops", async () => {
    const stopping = await startServer({ upstreams: [upstream.text] });
    const answer = ask(query("silent.example"), stopping.port);
    await new Promise((done) => setTimeout(done, 50));
    await stopping.stop();
    expect((await answer).rcode).toBe(RCODE.SERVFAIL);
    expect(await sendUdp(stopping.port, bytesOf(query("a.example")), 100)).toBeNull();
  });

  it("says which port is taken, and what an upstream looks like", async () => {
    await expect(startServer({ listen: `127.0.0.1:${server.port}` })).rejects.toMatchObject({
      _tag: "PortTaken",
      port: server.port,
    });
    await expect(startServer({ upstreams: ["resolver.example"] })).rejects.toMatchObject({
      _tag: "DnsSettingsInvalid",
    });
  });

  it("nodata and refused are other ways to refuse", async () => {
    for (const [blockedAnswer, rcode] of [
      ["nodata", RCODE.NOERROR],
      ["refused", RCODE.REFUSED],
    ] as const) {
      const other = await startServer({ blockedAnswer, upstreams: [upstream.text] });
      const answer = await ask(query("court.example"), other.port);
      expect(answer).toMatchObject({ rcode, answers: [] });
      expect(extendedErrorsOf(answer.edns?.options ?? [])[0]?.infoCode).toBe(16);
      await other.stop();
    }
  });
});

const has = (tool: string): boolean => {
  try {
    execFileSync("which", [tool]);
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(!has("dig"))("dig", () => {
  it("shows the code and the text", async () => {
    expect(await dig("www.court.example")).toMatch(
      /status: NXDOMAIN[\s\S]*EDE: 16 \(Censored\): \(Blocked by court order/,
    );
    expect(await dig("+tcp", "own.example")).toMatch(/EDE: 15 \(Blocked\)/);
  });

  it("shows JSON with option 26, at 512 bytes too", async () => {
    expect(await dig("+ednsopt=26", "+bufsize=512", "own.example")).toMatch(
      /EDE: 15 \(Blocked\): \(\{"c":\["mailto:noc@isp\.example"\]/,
    );
  });

  it("sees no OPT with +noedns and falls back to TCP on truncation", async () => {
    expect(await dig("+noedns", "court.example")).not.toContain("OPT PSEUDOSECTION");
    expect(await dig("big.example", "TXT")).toMatch(/ANSWER: 30,[\s\S]*\(TCP\)/);
  });
});

describe.skipIf(!has("kdig"))("kdig", () => {
  it("shows a refusal", async () => {
    const { stdout } = await run("kdig", ["@127.0.0.1", "-p", String(server.port), "+edns", "court.example"]);
    expect(stdout).toMatch(/status: NXDOMAIN/);
    expect(stdout).toMatch(/EDE: 16/);
  });
});
