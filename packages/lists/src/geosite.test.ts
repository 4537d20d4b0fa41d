import { describe, expect, test } from "vitest";
import { shortReading } from "../test/notation.ts";
import { readGeosite } from "./geosite.ts";

const read = (lists: Record<string, string>, top: string) => {
  const { entries, diagnostics } = shortReading(
    readGeosite(lists[top] ?? "", { include: (name) => lists[name] ?? null }),
  );
  return { entries, diagnostics };
};

describe("include", () => {
  test("brings the other list", () => {
    const lists = { top: "a.example\ninclude:other", other: "full:b.example\n# c\n" };
    expect(read(lists, "top")).toEqual({ entries: ["*a.example", "=b.example"], diagnostics: [] });
  });

  test("an attribute keeps what has it, a minus what has it not", () => {
    const other = "a.example @ads\nb.example\nc.example @ads @cn";
    expect(read({ top: "include:other @ads", other }, "top").entries).toEqual(["*a.example", "*c.example"]);
    expect(read({ top: "include:other @ads @-cn", other }, "top").entries).toEqual(["*a.example"]);
    expect(read({ top: "include:other @-ads", other }, "top").entries).toEqual(["*b.example"]);
  });

  test("a filter holds for lists that the included list includes", () => {
    const lists = {
      top: "include:middle @ads",
      middle: "include:low\nm.example",
      low: "a.example @ads\nb.example",
    };
    expect(read(lists, "top")).toEqual({ entries: ["*a.example"], diagnostics: [] });
  });

  test("the same list with another filter is read again", () => {
    const lists = { top: "include:o @x\ninclude:o @y", o: "a.example @x\nb.example @y" };
    expect(read(lists, "top").entries).toEqual(["*a.example", "*b.example"]);
  });

  test("a missing list and a circle are diagnosed where they are asked for", () => {
    expect(read({ top: "a.example\ninclude:gone" }, "top").diagnostics).toEqual([
      "lists/geosite-include 2:1",
    ]);
    const circle = { top: "include:a", a: "a.example\ninclude:b", b: "b.example\ninclude:a" };
    expect(read(circle, "top")).toEqual({
      entries: ["*a.example", "*b.example"],
      diagnostics: ["lists/geosite-include 1:1"],
    });
  });

  test("lists that include each other in layers cost no more than their lines", () => {
    // Ten includes of the next layer in each of 15 layers: 10^15 lines if each were followed.
    const lists: Record<string, string> = { l15: "a.example" };
    for (let layer = 0; layer < 15; layer += 1) lists[`l${layer}`] = `include:l${layer + 1}\n`.repeat(10);
    expect(read(lists, "l0")).toEqual({ entries: ["*a.example"], diagnostics: [] });
  });

  test("nor do filters that grow make it endless", () => {
    const lists: Record<string, string> = { l15: "a.example" };
    for (let layer = 0; layer < 15; layer += 1)
      lists[`l${layer}`] = Array.from({ length: 10 }, (_, i) => `include:l${layer + 1} @-x${layer}${i}`).join(
        "\n",
      );
    const { entries, diagnostics } = read(lists, "l0");
    expect(entries).toEqual(["*a.example"]);
    expect(diagnostics).toContain("lists/geosite-include 1:1");
  });

  test("what is wrong in an included list is told with its place there and here", () => {
    const lists: Record<string, string> = {
      top: "a.example\n  include:a",
      a: "# c\ninclude:b",
      b: "\n x..example\nkeyword:k\n",
    };
    const { diagnostics } = readGeosite(lists["top"] ?? "", { include: (name) => lists[name] ?? null });
    expect(diagnostics.map(({ code, line, column, included }) => ({ code, line, column, included }))).toEqual(
      [
        { code: "net/name-label-empty", line: 2, column: 3, included: { list: "b", line: 2, column: 4 } },
        { code: "lists/geosite-keyword", line: 2, column: 3, included: { list: "b", line: 3, column: 1 } },
      ],
    );
  });

  test("a circle is told by the lists that it goes through, the list itself too where its name is known", () => {
    const lists: Record<string, string> = { a: "include:b", b: "b.example\ninclude:A" };
    const { diagnostics } = readGeosite("include:a", { include: (name) => lists[name] ?? null });
    expect(diagnostics[0]?.message).toBe("the list `A` includes itself: a > b > A; left out");
    const own = readGeosite("include:a", { name: "b", include: (name) => lists[name] ?? null });
    expect(own.diagnostics[0]).toMatchObject({ included: { list: "a", line: 1, column: 1 } });
    expect(own.diagnostics[0]?.message).toBe("the list `b` includes itself: b > a > b; left out");
  });

  test.each(["../x", "/etc/hosts", "a/b", "a.b", "..", "", "c:\\x"])(
    "%j is no name of a list, and nobody is asked",
    (name) => {
      const asked: string[] = [];
      const include = (each: string) => {
        asked.push(each);
        return "a.example";
      };
      const { entries, countByCode } = readGeosite(`include:${name}`, { include });
      expect([asked, entries, countByCode]).toEqual([[], [], { "lists/geosite-include": 1 }]);
    },
  );

  test("attributes keep what has them, in the list and in what it includes", () => {
    const lists: Record<string, string> = { o: "b.example @cn\nc.example" };
    const read = (attributes: string[]) =>
      shortReading(
        readGeosite("a.example @cn @ads\ninclude:o\nd.example", {
          attributes,
          include: (name) => lists[name] ?? null,
        }),
      ).entries;
    expect(read(["cn"])).toEqual(["*a.example", "*b.example"]);
    expect(read(["@cn", "-ads"])).toEqual(["*b.example"]);
    expect(read(["-cn"])).toEqual(["*c.example", "*d.example"]);
  });
});
