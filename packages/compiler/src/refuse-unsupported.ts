// What documents may say and an image can not: refused, so that nothing of a document is lost in silence.
import type { CompileInput, Diagnostic } from "./compile-input.ts";

/** Reports every feature in use that can not be compiled. */
export function refuseUnsupported({ set }: CompileInput, report: (diagnostic: Diagnostic) => void): void {
  const { conflict } = set.document;
  // `strictest` is what the engine does: the rules of every place count.
  if (conflict === undefined || conflict === "strictest") return;
  report({
    code: "compiler/unsupported",
    severity: "error",
    file: set.file,
    message: `\`conflict: ${conflict}\` of the policy set can not be compiled yet`,
    help: "write strictest, which counts the rules of every place, or leave it out",
  });
}
