// Every file of fixtures/invalid has one fault, named with its place in the first line; it must be the only one reported.
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { parseData, readDocument } from "../src/index.ts";
import { knowledge } from "./places.ts";

const folder = new URL("./fixtures/", import.meta.url).pathname;

describe("planted faults", () => {
  const files = globSync(`${folder}invalid/*.{yaml,json,jsonc}`).sort();

  it("are many, in every form of text", () => {
    expect(files.length).toBeGreaterThanOrEqual(100);
    for (const form of [".json", ".jsonc"])
      expect(files.filter((path) => path.endsWith(form)).length).toBeGreaterThan(2);
  });

  it.each(files.map((path) => [basename(path), path]))("%s: one issue, at its place", (name, path) => {
    const text = readFileSync(path, "utf8");
    const expected = /^(?:#|\/\/) expect: (\S+) (\d+):(\d+)\n/.exec(text);
    const read = readDocument(text, { file: name, ...knowledge });
    const issues = read.ok ? [] : read.issues.filter((issue) => issue.severity === "error");
    expect(issues.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
      `${expected?.[1]} ${expected?.[2]}:${expected?.[3]}`,
    ]);
    const [issue] = issues;
    expect(issue?.file).toBe(name);
    expect(issue?.message).not.toBe("");
    // Lines after the first may say more: the pointer, what is expected and found, how to mend it.
    for (const [, field, words] of text.matchAll(/^(?:#|\/\/) (pointer|expected|found|help): (.*)$/gm))
      expect(issue?.[field as "help"], field).toBe(words);
  });
});

describe("sound documents", () => {
  const sound = globSync(`${folder}{valid/*,released/*/*,six-rules.yaml}`).map((path) =>
    path.slice(folder.length),
  );
  it.each(sound.sort())("%s has no error", (name) => {
    const read = readDocument(readFileSync(folder + name, "utf8"), { file: name, ...knowledge });
    expect(read.ok ? [] : read.issues).toEqual([]);
  });
});

describe("depth that would exhaust a parser", () => {
  it.each([
    ["[", "1:65"],
    ['{"a":', "1:321"],
    ["- ", null],
    ["? ", null],
    ["[[], {a: ", null],
  ])("%s, twenty thousand times", (part, place) => {
    for (const file of ["policy.json", "policy.yaml"]) {
      const parsed = parseData(part.repeat(20_000), { file });
      const issues = parsed.ok ? [] : parsed.issues;
      expect(issues.map(({ code }) => code)).toEqual(["policy/too-deep"]);
      if (place !== null) expect(`${issues[0]?.line}:${issues[0]?.column}`).toBe(place);
    }
  });
});

describe("a place in another form", () => {
  const sound = readFileSync(`${folder}six-rules.yaml`, "utf8");
  it.each([
    ["DEU", "did you mean DE?"],
    ["Germany", "did you mean DE?"],
    ["Nowhere", "write an ISO 3166 code such as DE or ES-CN, or a group such as group:EU"],
  ])("%s: %s", (written, help) => {
    const suggestTerritory = (text: string) => (["DEU", "Germany"].includes(text) ? "DE" : null);
    const text = sound.replace("territories: [DE]", `territories: [${written}]`);
    const read = readDocument(text, { file: "policy.yaml", ...knowledge, suggestTerritory });
    expect(read.ok ? [] : read.issues.map((issue) => issue.help)).toContain(help);
  });
});
