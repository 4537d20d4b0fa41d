import { expect, test } from "vitest";
import { inputOf, policyOf, ruleOf } from "../test/support/documents.ts";
import { compile } from "./compile.ts";

const input = inputOf({ policies: [policyOf("p.yaml", [ruleOf("a")])] });
const compileWith = (conflict: "strictest" | "subject-first" | "operator-first" | "report") =>
  compile({ ...input, set: { ...input.set, document: { ...input.set.document, conflict } } });

test.each(["subject-first", "operator-first", "report"] as const)(
  "%s is refused, not ignored",
  (conflict) => {
    expect(compileWith(conflict).diagnostics).toEqual([
      expect.objectContaining({
        code: "compiler/unsupported",
        message: expect.stringContaining(conflict) as string,
      }),
    ]);
  },
);

test("strictest is what the engine does", () => expect(compileWith("strictest").ok).toBe(true));
