import { describe, expect, test } from "vitest";
import { short, shortReading } from "../test/notation.ts";
import { formatList, MAX_LINE_CHARS, readList } from "./index.ts";

const written = (adguard: string): string[] => {
  const { entries, exceptions } = readList("adguard", adguard);
  const zone = formatList("rpz", entries, { exceptions });
  return zone.ok ? zone.text.trim().split("\n").slice(3) : ["refused"];
};

describe("a zone that is written", () => {
  test.each([
    [
      "a name that another one covers is left out",
      "||a.example^\n||x.y.a.example^\n|b.a.example^",
      ["a.example CNAME .", "*.a.example CNAME ."],
    ],
    [
      "names between a wildcard and an exception further down are blocked by their own records",
      "||a.example^\n@@||x.y.z.a.example^",
      [
        "a.example CNAME .",
        "*.a.example CNAME .",
        "z.a.example CNAME .",
        "*.z.a.example CNAME .",
        "y.z.a.example CNAME .",
        "*.y.z.a.example CNAME .",
        "x.y.z.a.example CNAME rpz-passthru.",
        "*.x.y.z.a.example CNAME rpz-passthru.",
      ],
    ],
    [
      "an exception of a name alone leaves what is below it blocked",
      "||a.example^\n@@|x.a.example^",
      [
        "a.example CNAME .",
        "*.a.example CNAME .",
        "x.a.example CNAME rpz-passthru.",
        "*.x.a.example CNAME .",
      ],
    ],
    [
      "an owner has one record, and the exception wins",
      "||a.example^\n|b.example^\n@@|a.example^\n@@|b.example^",
      ["a.example CNAME rpz-passthru.", "*.a.example CNAME .", "b.example CNAME rpz-passthru."],
    ],
    [
      "what is below an exception is not blocked again",
      "||ads.a.example^\n@@||a.example^",
      ["a.example CNAME rpz-passthru.", "*.a.example CNAME rpz-passthru."],
    ],
  ])("%s", (_why, adguard, lines) => expect(written(adguard)).toEqual(lines));

  test("a wildcard that is read is written again with its own name passed", () => {
    const { entries, exceptions } = readList("rpz", "*.a.example CNAME .");
    const zone = formatList("rpz", entries, { exceptions });
    expect(zone.ok && zone.text.split("\n").slice(3)).toEqual([
      "a.example CNAME rpz-passthru.",
      "*.a.example CNAME .",
      "",
    ]);
  });

  test("a prefix within an excepted one is not blocked; what would be no trigger, or another, is refused", () => {
    const cidrs = (...values: string[]) => values.map((value) => ({ type: "cidr" as const, value }));
    const zone = formatList("rpz", cidrs("192.0.2.128/25", "10.0.0.0/8", "198.51.100.0/24"), {
      exceptions: cidrs("192.0.2.0/24", "198.51.100.0/24", "10.1.0.0/16"),
    });
    expect(zone.ok && zone.text.split("\n").slice(3)).toEqual([
      "8.0.0.0.10.rpz-ip CNAME .",
      "24.0.2.0.192.rpz-ip CNAME rpz-passthru.",
      "24.0.100.51.198.rpz-ip CNAME rpz-passthru.",
      "16.0.0.1.10.rpz-ip CNAME rpz-passthru.",
      "",
    ]);
    const no = [
      ...cidrs("0.0.0.0/0", "::/0", "::/64"),
      ...["8.0.0.0.10.rpz-ip", "rpz-nsdname"].map((value) => ({
        type: "domain" as const,
        value,
        match: "exact" as const,
      })),
    ];
    expect(formatList("rpz", no)).toEqual({ ok: false, omitted: no });
  });
});

test.each([
  ["dnsmasq", "server=/a.example/#\n"],
  ["unbound", 'local-zone: "a.example." always_transparent\n'],
  ["adguard", "||ads.a.example^\n||a.example^\n|x.ads.a.example^\n@@||a.example^\n"],
] as const)("%s has no entry under an exception that would win over it there", (format, text) => {
  const { entries, exceptions } = readList(
    "adguard",
    "||ads.a.example^\n||a.example^\n|x.ads.a.example^\n@@||a.example^\n",
  );
  expect(formatList(format, entries, { exceptions })).toEqual({ ok: true, text, omitted: [] });
});

describe("a zone that is read", () => {
  test("what it says goes into messages quoted and cut", () => {
    const long = "x".repeat(500);
    const { diagnostics } = readList(
      "rpz",
      `a.example CNAME \u001b[2J${long}\nb.example \u001b]0;x\n$ORIGIN r.\n\u001b[1m. CNAME .\n`,
    );
    expect(diagnostics.map(({ code }) => code)).toEqual([
      "lists/rpz-action",
      "lists/rpz-action",
      "lists/rpz-origin",
    ]);
    for (const { message } of diagnostics) {
      expect(message).not.toMatch(/\p{Cc}/u);
      expect(message.length).toBeLessThan(250);
    }
    expect(diagnostics[0]?.message).toContain("`\\u{1b}[2jxxx");
  });

  test("a target without its dot is told of the dot", () =>
    expect(readList("rpz", "a.example CNAME rpz-passthru").diagnostics[0]?.help).toContain("without a dot"));

  test("a lost block says by which exception", () => {
    const { diagnostics } = readList("rpz", "*.a.example CNAME .\na.example CNAME .\nx.y.a.example CNAME .");
    expect(diagnostics).toMatchObject([
      {
        line: 3,
        message:
          "`x.y.a.example` is blocked by the zone; here the exception of `y.a.example` with all in it takes it out",
        text: "x.y.a.example",
      },
    ]);
  });

  test("diagnostics are in line order", () => {
    const { diagnostics } = readList(
      "rpz",
      "q.example CNAME .\nx A 1.2.3.4\n*.q.example CNAME rpz-passthru.\n",
    );
    expect(diagnostics.map(({ line }) => line)).toEqual([1, 2]);
  });

  test.each([
    ["escaped quotes in a string that is never closed", `a.example TXT "${'\\"'.repeat(2030)}`],
    ["semicolons before a carriage return", `a.example TXT ${";".repeat(4000)}\r\r`],
    ["parentheses", `a.example TXT ${"()".repeat(2000)}`],
    ["labels that are none", `${"!.".repeat(1900)}example CNAME .`],
  ])("%s take no more than one pass", (_what, line) => {
    expect(line.length).toBeLessThanOrEqual(MAX_LINE_CHARS);
    const start = performance.now();
    readList("rpz", `${line}\n`.repeat(500));
    // Four seconds, when each quote started another search.
    expect(performance.now() - start).toBeLessThan(1500);
  });

  test("reading what was written is the same list again", () => {
    const { entries, exceptions } = readList("adguard", "||a.example^\n@@||x.y.a.example^\n@@|q.a.example^");
    const zone = formatList("rpz", entries, { exceptions });
    if (!zone.ok) throw new Error(zone.omitted.map(short).join(" "));
    const again = readList("rpz", zone.text);
    expect(again.diagnostics).toEqual([]);
    const twice = formatList("rpz", again.entries, { exceptions: again.exceptions });
    expect(twice.ok && twice.text.split("\n").toSorted()).toEqual(zone.text.split("\n").toSorted());
    expect(shortReading(again).exceptions).toEqual(["=x.y.a.example", "*x.y.a.example", "=q.a.example"]);
  });
});
