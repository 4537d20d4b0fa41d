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
});
