// Each lint has a document that it speaks of and one that it has nothing against, and every warning can be set aside in the
// document itself.
import { readdirSync, readFileSync } from "node:fs";
import { suffixesBelow, suffixSection } from "@demarc/net/public-suffix";
import { describe, expect, test } from "vitest";
import {
  applyWaivers,
  LINTS,
  type LintContext,
  lintText,
  type PolicyIssue,
  readDocument,
} from "../src/index.ts";
import { covers, knowledge } from "./places.ts";

const folder = new URL("./fixtures/lints/", import.meta.url).pathname;
const AT = Date.parse("2026-06-01T00:00:00Z");

interface Found {
  readonly issues: readonly PolicyIssue[];
  /** What is left once a waiver of the lint is in the document. */
  readonly leftWith: (lint: string) => readonly PolicyIssue[];
}

function lintsOf(text: string): Found {
  const file = "fixture.yaml";
  const read = readDocument(text, { file, ...knowledge });
  if (!read.ok) return { issues: read.issues, leftWith: () => read.issues };
  const beside = /^# beside: (.*)$/m.exec(text)?.[1];
  const context: LintContext = {
    at: AT,
    isKnownAim: (term) => term === "rights-of-others",
    isKnownCategory: (term) => term === "sanctions",
    covers,
    suffixes: { suffixSection, suffixesBelow },
    policiesBeside: beside?.split(" "),
  };
  const issues = [...read.value.warnings, ...lintText(text, read.value, { ...context, file })];
  return {
    issues,
    leftWith: (lint) => {
      const waivers = [{ lint, reason: "The fixture shows how it is set aside." }];
      const kinded = { ...read.value, document: { ...read.value.document, waivers } } as typeof read.value;
      return applyWaivers(kinded, issues, AT).findings;
    },
  };
}

test("every lint has fixtures, and every fixture a lint", () => {
  expect(readdirSync(folder).sort()).toEqual(LINTS.map(({ code }) => code.replace("policy/", "")).sort());
});

describe.each(LINTS)("$code", ({ code, severity }) => {
  const read = (name: string) => readFileSync(`${folder}${code.replace("policy/", "")}/${name}.yaml`, "utf8");
  const says = read("says");

  test("is said once, where it is meant, and nothing else is", () => {
    const { issues } = lintsOf(says);
    const [, expected] = /^# expect: (.*)\n# why: .+\n/.exec(says) ?? [];
    expect(issues.map((issue) => `${issue.code} ${issue.line}:${issue.column}`)).toEqual([expected]);
    expect(issues[0]?.severity).toBe(severity);
    expect(issues[0]?.help, "what to do").toBeTruthy();
  });

  test("is not said of a document that is sound", () => {
    const silent = read("silent");
    expect(silent).toMatch(/^# why: .+\n/);
    expect(lintsOf(silent).issues).toEqual([]);
  });

  test("a waiver sets a warning aside, and never an error", () => {
    expect(lintsOf(says).leftWith(code).length).toBe(severity === "warning" ? 0 : 1);
  });
});

describe("necessity", () => {
  const rule = (text: string): readonly string[] => {
    const document = readFileSync(`${folder}necessity-stated/silent.yaml`, "utf8").replace(
      /necessity: .*/,
      `necessity: ${JSON.stringify(text)}`,
    );
    return lintsOf(document).issues.map(({ code }) => code);
  };
  test.each(["n/a", "TBD", "See court order.", "as required by law", "Nötig."])("%s says nothing", (text) => {
    expect(rule(text)).toEqual(["policy/necessity-stated"]);
  });
  test.each([
    "Der Anbieter antwortete auf zwei Meldungen nicht.",
    "運営者は二度の通知に応じなかったため必要である。",
    "لم يرد المشغل على إشعارين.",
  ])("%s does", (text) => {
    expect(rule(text)).toEqual([]);
  });
});
