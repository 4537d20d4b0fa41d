// A policy set whose one rule blocks a list of names, for the whole of the European Union.
import { createHash } from "node:crypto";
import type { CompileInput } from "@demarc/compiler";

export function listInput(names: readonly string[]): CompileInput {
  const bytes = new TextEncoder().encode(`${names.join("\n")}\n`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return ruleInput([{ type: "list", ref: "list", sha256, format: "domains" }], [{ ref: "list", bytes }]);
}

type Selectors = CompileInput["policies"][number]["document"]["rules"][number]["selectors"];

/** A policy set of one rule with these selectors. */
export function ruleInput(selectors: Selectors, lists: CompileInput["lists"] = []): CompileInput {
  const party = { name: "Example Access", type: "operator", jurisdiction: "DE" } as const;
  const head = { specVersion: "1.0", version: "1.0.0", title: { en: "Bench" } } as const;
  return {
    set: {
      document: {
        ...head,
        id: "https://isp.example/set",
        operator: party,
        default: "allow",
        layers: [{ id: "law", policies: ["p"] }],
      },
      digest: "0".repeat(64),
    },
    policies: [
      {
        path: "p",
        digest: "0".repeat(64),
        document: {
          ...head,
          id: "https://isp.example/p",
          publisher: party,
          published: "2026-01-01T00:00:00Z",
          rules: [
            {
              id: "bench",
              title: { en: "Bench" },
              status: "in-force",
              category: "bench",
              selectors,
              effect: { action: "block", notice: {} },
              scope: {
                territories: ["group:EU"],
                connectors: ["subject-location"],
                minConfidence: 0.5,
                whenUnknown: "skip",
              },
              legalBasis: {
                kind: "operator-policy",
                discretion: "voluntary",
                citations: [],
                authority: party,
              },
              effective: "2026-01-01T00:00:00Z",
              justification: {
                aim: "bench",
                necessity: "bench",
                leastRestrictive: "bench",
                overblocking: "none-expected",
              },
              remedy: { url: "https://isp.example/", body: "Example Access" },
            },
          ],
        },
      },
    ],
    lists,
  };
}
