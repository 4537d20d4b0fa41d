import { expect, it } from "vitest";
import { FrameReader, frame } from "./frame.ts";
import { parseUpstream, upstreamsOf } from "./upstream.ts";

it.each<readonly [string, string | null]>([
  ["192.0.2.1", "192.0.2.1"],
  ["192.0.2.1:5353", "192.0.2.1:5353"],
  ["2001:db8::1", "2001:db8::1"],
  ["[2001:DB8::1]:5353", "[2001:db8::1]:5353"],
  ["192.0.2.1:0", null],
  ["192.0.2.1:70000", null],
  ["resolver.example", null],
  ["", null],
])("parseUpstream(%s) -> %s", (text, expected) => {
  const parsed = parseUpstream(text);
  expect(parsed.ok ? parsed.value.text : null).toBe(expected);
});

it("upstreamsOf reads nameserver lines and passes over the rest", () => {
  const conf =
    "# comment\nsearch example\nnameserver 192.0.2.1\n nameserver fe80::1%eth0\nnameserver nonsense\n";
  expect(upstreamsOf(conf).map(({ text }) => text)).toEqual(["192.0.2.1", "fe80::1"]);
});

it("FrameReader joins what arrives byte by byte and splits what arrives at once", () => {
  const stream = [...frame(Uint8Array.of(1, 2, 3)), ...frame(Uint8Array.of(4))];
  const slow = new FrameReader();
  expect(stream.flatMap((byte) => slow.read(Uint8Array.of(byte)))).toEqual([
    Uint8Array.of(1, 2, 3),
    Uint8Array.of(4),
  ]);
  expect(new FrameReader().read(Uint8Array.from(stream))).toHaveLength(2);
});
