// The generated tables: in step with their data, sourced, free of overlaps, consistent between codes of one place.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { groupFiles, statesFile } from "../scripts/data-files.ts";
import { generated } from "../scripts/generate.ts";
import { timelineSvg } from "../scripts/timeline-svg.ts";
import { CODES } from "../src/codes.generated.ts";
import { groupIntervals, groups, isMember, isTerritory, type Membership } from "../src/index.ts";

const DAY_MS = 86_400_000;
const intervals: readonly Membership[] = groups().flatMap((group) => groupIntervals(group));

test.each(Object.entries(generated()))("%s is what the data makes", (file, text) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")).toBe(text);
});

test("there are the groups that policies name", () => {
  expect(groups()).toEqual(
    expect.arrayContaining(["group:EU", "group:EU-members", "group:EEA", "group:euro", "group:Schengen"]),
  );
});

test("every source that a file lists is the source of an interval", () => {
  for (const file of [
    ...groupFiles,
    { ...statesFile, group: "states", intervals: [...statesFile.states, ...statesFile.disputes] },
  ])
    expect(Object.keys(file.sources).toSorted(), file.group).toEqual(
      [...new Set(file.intervals.map((each) => each.source))].toSorted(),
    );
});

describe("every interval", () => {
  test("has a source, a known territory and a length", () => {
    expect(intervals.length).toBeGreaterThan(200);
    for (const each of intervals) {
      expect(each.source.length, `${each.group} ${each.territory}`).toBeGreaterThan(10);
      expect(isTerritory(each.territory), `${each.group} ${each.territory}`).toBe(true);
      expect(Number.isSafeInteger(each.from)).toBe(true);
      if (each.until !== null) expect(each.until).toBeGreaterThan(each.from);
    }
  });

  test("is the only one of its territory at its instants", () => {
    for (const one of intervals)
      for (const other of intervals) {
        if (one === other || one.group !== other.group || one.territory !== other.territory) continue;
        const apart = (one.until ?? Infinity) <= other.from || (other.until ?? Infinity) <= one.from;
        expect(apart, `${one.group} ${one.territory}`).toBe(true);
      }
  });

  test("starts and ends at a whole hour of legal time", () => {
    for (const { fromLocal, untilLocal } of intervals)
      for (const local of [fromLocal, untilLocal ?? fromLocal])
        expect(local).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00[+-]\d\d:\d\d\[[\w/-]+\]$/);
  });
});

// A subdivision joins at its parent's midnight, the own code at its own: they may differ on the day itself.
test("two codes of one place are in the same groups on every day without a change", () => {
  const { alsoCoded } = parse(readFileSync(new URL("../data/codes.yaml", import.meta.url), "utf8")) as {
    readonly alsoCoded: Readonly<Record<string, readonly string[]>>;
  };
  const instants = new Set(
    intervals.flatMap(({ from, until }) => [from, until ?? 0].flatMap((at) => [at - DAY_MS, at + DAY_MS])),
  );
  const differing: string[] = [];
  for (const group of groups())
    for (const [code, others] of Object.entries(alsoCoded))
      for (const other of others)
        for (const at of instants)
          if (isMember(group, code, at) !== isMember(group, other, at))
            differing.push(`${group} ${code} ${other} ${new Date(at).toISOString()}`);
  expect(differing).toEqual([]);
});

test("ISO 3166-1 has 249 codes assigned, and XK is in use beside them", () => {
  const codes = Object.keys(CODES.names);
  expect(codes.length).toBe(250);
  expect(codes.filter((code) => /^[A-Z]{2}$/.test(code)).length).toBe(250);
  expect(codes).toContain("XK");
  for (const reserved of [
    ...CODES.exceptionallyReserved,
    ...CODES.transitionallyReserved,
    ...CODES.indeterminatelyReserved,
    ...CODES.formerlyAssigned,
  ])
    expect(codes, reserved).not.toContain(reserved);
  for (const successor of Object.values(CODES.successors).flat()) expect(codes).toContain(successor);
});

test("members today: 27 states, 21 with the euro, 30 in the EEA, 29 in Schengen", () => {
  const at = Date.parse("2026-11-01T00:00:00Z");
  const count = (group: string): number =>
    Object.keys(CODES.names).filter((code) => isMember(group, code, at)).length;
  expect(count("group:EU-members")).toBe(27);
  // Beside the states: AX GF GP MF MQ RE YT.
  expect(count("group:EU")).toBe(27 + 7);
  expect(count("group:EEA")).toBe(30 + 7);
  expect(count("group:euro")).toBe(21 + 7);
  expect(count("group:Schengen")).toBe(29 + 1);
  expect(count("group:EFTA")).toBe(4);
});

describe("pictures of groups", () => {
  test.each(groupFiles.map((file) => [file.group, file] as const))("%s", (_group, file) => {
    const svg = timelineSvg(file);
    // For those who do not see it, and for both schemes.
    expect(svg).toMatch(/role="img" aria-labelledby="title desc"/);
    expect(svg).toMatch(/<title id="title">[^<]{10,}<\/title>\n<desc id="desc">[^<]{40,}<\/desc>/);
    expect(svg).toContain("@media(prefers-color-scheme:dark)");
    // Each territory has a lane, and each bar says its act.
    const labels = new Set(
      [...svg.matchAll(/<text class="c"[^>]*>([^<]*)/g)].flatMap(([, text]) => (text ?? "").split(" ")),
    );
    expect([...labels].toSorted()).toEqual(
      [...new Set(file.intervals.flatMap(({ territories }) => territories))].toSorted(),
    );
    for (const [, title] of svg.matchAll(/<g><title>([^<]*)/g))
      expect(title).toMatch(/: [a-z: -]+ from \d{4}-\d\d-\d\d.*\. .{10,}/);
    // Open elements are closed, and text is escaped.
    expect(svg.replaceAll(/<[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
    for (const name of ["g", "text", "title", "pattern", "desc", "defs", "style", "svg"])
      expect([...svg.matchAll(new RegExp(`<${name}[ >]`, "g"))].length, name).toBe(
        svg.split(`</${name}>`).length - 1,
      );
  });
});
