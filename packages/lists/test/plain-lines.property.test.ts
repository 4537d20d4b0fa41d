// Lines that are read from bytes without making texts of them say what the format's reader of lines says.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ListFormat, streamList } from "../src/index.ts";
import { LINE_FORMATS } from "./notation.ts";

const numRuns = Number(process.env["FUZZ_RUNS"] ?? 1000);

const AROUND: Partial<Record<ListFormat, readonly (readonly [string, string])[]>> = {
  domains: [["", ""]],
  hosts: [
    ["0.0.0.0 ", ""],
    ["127.0.0.1 ", ""],
  ],
  adguard: [["||", "^"]],
  dnsmasq: [
    ["server=/", "/"],
    ["local=/", "/"],
    ["address=/", "/"],
    ["address=/", "/#"],
    ["address=/", "/0.0.0.0"],
  ],
  geosite: [
    ["", ""],
    ["domain:", ""],
    ["full:", ""],
  ],
};
const around = Object.values(AROUND).flat();

/** What a list says, in order, and its counts; names from bytes as well where `plain` is. */
function reading(format: ListFormat, pieces: readonly Uint8Array[], plain: boolean) {
  const said: string[] = [];
  let fromBytes = 0;
  const stream = streamList(format, {
    onEntry: (entry, line) => said.push(`${line} ${JSON.stringify(entry)}`),
    onException: (entry, line) => said.push(`${line} not ${JSON.stringify(entry)}`),
    onDiagnostic: (diagnostic) => said.push(JSON.stringify(diagnostic)),
    ...(plain && {
      onNameBytes: (bytes, from, to, match, line) => {
        fromBytes += 1;
        const value = new TextDecoder().decode(bytes.subarray(from, to));
        said.push(`${line} ${JSON.stringify({ type: "domain", value, match })}`);
      },
    }),
  });
  for (const piece of pieces) stream.push(piece);
  return { said, counts: stream.end(), fromBytes };
}

const label = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-z0-9_-]{1,8}$/) },
  fc.constantFrom(
    "local",
    "localhost",
    "ip6-x",
    "A",
    "12",
    "0x1",
    "-a",
    "a-",
    "_",
    "ü",
    "",
    "x".repeat(63),
    "x".repeat(64),
  ),
);
const name = fc.oneof(
  { weight: 9, arbitrary: fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join(".")) },
  fc.constant(Array.from({ length: 5 }, () => "y".repeat(60)).join(".")),
);
const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...around), name, fc.constantFrom("", "", "", "\r", "\r\r", " ", "#c", "."))
      .map(([[before, after], value, end]) => `${before}${value}${after}${end}`),
  },
  fc.constantFrom(
    "",
    "# c",
    "!",
    "@@||a.example^",
    "server=/a.example/#",
    "*.a.example",
    "=a.example",
    "\ufeffa.example",
  ),
  fc.string({ unit: "binary", maxLength: 5 }),
);
const list = fc
  .tuple(
    fc.constantFrom("", "\ufeff", "\ufeff\ufeff"),
    fc.array(line, { maxLength: 12 }),
    fc.constantFrom("", "\n"),
  )
  .map(([start, lines, end]) => new TextEncoder().encode(start + lines.join("\n") + end));

describe("lines read from bytes", () => {
  test("say what lines read as text say, cut anywhere, whatever the bytes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LINE_FORMATS),
        list,
        fc.array(fc.nat(400), { maxLength: 4 }),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 2 }),
        (format, bytes, cuts, changes) => {
          for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
          const places = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b)];
          const pieces = places.map((from, index) => bytes.subarray(from, places[index + 1] ?? bytes.length));
          const { said, counts } = reading(format, pieces, true);
          const expected = reading(format, pieces, false);
          expect(said).toEqual(expected.said);
          expect(counts).toEqual(expected.counts);
        },
      ),
      { numRuns },
    );
  });

  test.each(Object.entries(AROUND))("%s: all plain lines after the first are read so", (format, forms) => {
    const lines = forms.flatMap(([before, after]) =>
      Array.from({ length: 50 }, (_, index) => `${before}name-${index}.a_b.example${after}`),
    );
    for (const end of ["\n", "\r\n"]) {
      const bytes = new TextEncoder().encode(lines.map((each) => each + end).join(""));
      expect(reading(format as ListFormat, [bytes], true).fromBytes).toBe(lines.length - 1);
    }
  });

  test("where text is given as well, what was left of bytes before it goes with those after", () => {
    const bytes = new TextEncoder().encode("b.example\nc.example\n");
    const names: string[] = [];
    const stream = streamList("domains", {
      onEntry: (entry) => names.push(entry.value),
      onNameBytes: () => names.push("from bytes"),
    });
    for (const piece of [Uint8Array.of(0x61, 0xc3), ".x\n", bytes]) stream.push(piece);
    expect(stream.end().lines).toBe(3);
    expect(names).toEqual(["a.x", "c.example"]);
  });
});
