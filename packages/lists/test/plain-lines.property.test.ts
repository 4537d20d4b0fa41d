// Lines that are read from bytes without making texts of them say what the format's reader of lines says.
import { formatPrefix } from "@demarc/net";
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
      onPrefix: (address, length, line) => {
        fromBytes += 1;
        said.push(`${line} ${JSON.stringify({ type: "cidr", value: formatPrefix({ address, length }) })}`);
      },
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
// Addresses and prefixes, right and nearly right.
const group = fc.oneof(
  fc.stringMatching(/^[0-9a-fA-F]{1,4}$/),
  fc.constantFrom("", "0", "ffff", "12345", "g"),
);
const prefix = fc
  .tuple(
    fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(":")),
      fc
        .array(fc.constantFrom("0", "1", "12", "255", "256", "01", ""), { minLength: 3, maxLength: 5 })
        .map((each) => each.join(".")),
      fc.constantFrom(
        "::",
        "::1",
        "1::",
        "::ffff:1.2.3.4",
        "::ffff:102:304",
        "2001:db8::",
        "10.0.0.0",
        "1:2:3:4:5:6:7::",
      ),
    ),
    fc.constantFrom("", "/0", "/8", "/24", "/32", "/48", "/128", "/129", "/33", "/08", "/", "/1000"),
    fc.constantFrom("", "", "", "\r", " ", "#c", " ;c", "\r\r"),
  )
  .map((parts) => parts.join(""));
const line = fc.oneof(
  { weight: 4, arbitrary: prefix },
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
    "local=/b.a.example/",
    "local=/example/",
    "address=/*.a.example/",
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

  test("dnsmasq: what is lifted depends on names from bytes too", () => {
    const lines = (...each: string[]) => [new TextEncoder().encode(`# c\n${each.join("\n")}\n`)];
    const below = reading("dnsmasq", lines("local=/ads.a.example/", "server=/a.example/#"), true);
    expect(below.fromBytes).toBe(1);
    expect(below.counts).toEqual({
      lines: 3,
      accepted: 2,
      refused: 0,
      ignored: 1,
      countByCode: { "lists/dnsmasq-nearest": 1 },
    });
    const above = reading("dnsmasq", lines("local=/example/", "server=/a.example/192.0.2.53"), true);
    expect(above.said.at(-1)).toBe('3 not {"type":"domain","value":"a.example","match":"subdomains"}');
    // More names than are kept without more room.
    const many = Array.from({ length: 2000 }, (_, index) => `local=/name-${index}.a.example/`);
    const lost = reading("dnsmasq", lines(...many, "server=/a.example/#", "local=/example/"), true);
    expect(lost.fromBytes).toBe(2001);
    expect(lost.said.at(-1)).toContain("`name-0.a.example` and 1999 more");
  });

  test("cidr: all plain lines after the first are read so", () => {
    const lines = [
      "192.0.2.0/24",
      "198.51.100.7",
      "2001:db8::/32",
      "::",
      "0.0.0.0/0",
      "2001:db8:0:1:2:3:4:5/128",
    ];
    for (const end of ["\n", "\r\n"]) {
      const bytes = new TextEncoder().encode(lines.map((each) => each + end).join(""));
      expect(reading("cidr", [bytes], true).fromBytes).toBe(lines.length - 1);
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
