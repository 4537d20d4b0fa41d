import type { Address, Prefix } from "@demarc/net";
import { describe, expect, it } from "vitest";
import { fakeGate, fakeResolve, type Zone } from "../test/rig.ts";
import { createJudge, type Verdict } from "./judge.ts";
import { readConnect } from "./request-head.ts";

const LOOPBACK: Prefix = { address: Uint8Array.of(127, 0, 0, 0), length: 8 };
const OWN: Address = Uint8Array.of(127, 0, 0, 1);

// No socket is opened here: the judge only says where one may go.
function judge(target: string, zone: Zone = {}, allow = [LOOPBACK]): Promise<Verdict> {
  const pass = { ...fakeGate(), decide: () => fakeGate().decide({}) };
  const head = readConnect({ method: "CONNECT", target, httpVersion: "1.1", rawFields: ["Host", target] });
  if (head.kind === "fault") throw new Error(head.detail);
  const ask = createJudge({
    gate: pass,
    resolve: fakeResolve(zone),
    allowPrefixes: allow,
    isOwn: (address, port) => port === 3128 && address.every((byte, index) => byte === OWN[index]),
  });
  return new Promise((done) => ask(head, undefined, done));
}

describe("judge, with a gate that passes everything", () => {
  it.each([
    ["168.63.129.16:443", "a host service is global by registry only"],
    ["10.0.0.1:443", "private"],
    ["169.254.169.254:80", "link-local: a cloud's metadata"],
    ["[fd00:ec2::254]:80", "private, IPv6"],
    ["[64:ff9b::a00:1]:443", "private inside NAT64"],
    ["100.64.0.1:443", "shared"],
    ["0.0.0.0:80", "unspecified"],
    ["127.0.0.1:3128", "the proxy itself"],
  ])("prohibits %s: %s", async (target) => {
    expect((await judge(target)).kind).toBe("prohibited");
  });

  it("opens what is global, and what is allowed by prefix", async () => {
    expect(await judge("198.41.0.4:53")).toMatchObject({
      kind: "open",
      candidates: [{ host: "198.41.0.4" }],
    });
    expect((await judge("127.0.0.1:80")).kind).toBe("open");
    expect((await judge("127.0.0.1:80", {}, [])).kind).toBe("prohibited");
  });

  it("keeps of a name's addresses those it may use, in their order", async () => {
    const zone = { "m.example": ["10.0.0.1", "127.0.0.3", "::1", "127.0.0.2"] };
    const verdict = await judge("m.example:80", zone);
    expect(verdict.kind === "open" && verdict.candidates.map(({ host }) => host)).toEqual([
      "127.0.0.3",
      "127.0.0.2",
    ]);
  });

  it("tells a loop from a prohibited address", async () => {
    expect(await judge("127.0.0.1:3128")).toMatchObject({ failure: { status: 508 } });
    expect(await judge("10.0.0.1:80")).toMatchObject({ failure: { status: 403 } });
  });
});
