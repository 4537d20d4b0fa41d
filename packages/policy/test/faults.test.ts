// Every file of fixtures/invalid has one fault, named with its place in the first line; it must be the only one reported.
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { readDocument } from "../src/index.ts";
import { knowledge } from "./places.ts";

const folder = new URL("./fixtures/", import.meta.url).pathname;

describe("planted faults", () => {
  const files = globSync(`${folder}invalid/*.yaml`).sort();

  it("are many", () => {
    expect(files.length).toBeGreaterThanOrEqual(30);
  });

  it.each(files.map((path) => [basename(path), path]))("%s: one issue, at its place", (name, path) => {
    const text = readFileSync(path, "utf8");
    const expected = /^# expect: (\S+) (\d+):(\d+)\n/.exec(text);
    const read = readDocument(text, { file: name, ...knowledge });
    const issues = read.ok ? [] : read.issues.filter((issue) => issue.severity === "error");
    expect(issues.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
      `${expected?.[1]} ${expected?.[2]}:${expected?.[3]}`,
    ]);
    expect(issues[0]?.file).toBe(name);
    expect(issues[0]?.message).not.toBe("");
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
