// Cost of a decision, beside the least that anybody could do: a walk over the labels of a name with a plain `Set`.
// Run after a build, on a quiet machine: `npx node packages/compiler/bench/decide.ts`. Prints a table; asserts nothing.
import { createHash } from "node:crypto";
import { type CompileInput, compile } from "@demarc/compiler";
import { decide, openImage, type PolicyImage, type Request } from "@demarc/matcher";

const SAMPLE = 4096;
const ROUND_MS = 400;
const ROUNDS = 5;
const NOTHING: Request = { at: 0 };

// A generator with a seed, so that every run asks the same names (mulberry32).
let state = 0x2545_f491;
function random(): number {
  state = (state + 0x6d2b_79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

function label(): string {
  return Math.floor(random() * 36 ** 8).toString(36);
}

function inputOf(names: readonly string[]): CompileInput {
  const bytes = new TextEncoder().encode(`${names.join("\n")}\n`);
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
              selectors: [
                {
                  type: "list",
                  ref: "list",
                  sha256: createHash("sha256").update(bytes).digest("hex"),
                  format: "domains",
                },
              ],
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
    lists: [{ ref: "list", bytes }],
  };
}

// The yardstick: no rules, no time, no place, one object per entry.
function isListed(set: ReadonlySet<string>, name: string): boolean {
  for (let from = 0; ; ) {
    if (set.has(from === 0 ? name : name.slice(from))) return true;
    const dot = name.indexOf(".", from);
    if (dot < 0) return false;
    from = dot + 1;
  }
}

// Best of some rounds: other load on the machine only ever adds time.
function nanosecondsPer(ask: (index: number) => boolean): string {
  let best = Number.POSITIVE_INFINITY;
  let hits = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    let count = 0;
    for (; performance.now() - start < ROUND_MS; count += SAMPLE)
      for (let index = 0; index < SAMPLE; index += 1) if (ask(index)) hits += 1;
    best = Math.min(best, ((performance.now() - start) * 1e6) / count);
  }
  if (hits < 0) throw new Error("unreachable; keeps the answers in use");
  return best.toFixed(0);
}

function timed<T>(run: () => T): { readonly value: T; readonly ms: string } {
  const start = performance.now();
  const value = run();
  return { value, ms: (performance.now() - start).toFixed(1) };
}

function requestsOf(names: readonly string[]): Request[] {
  const places = [{ connector: "subject-location", territory: "FR", confidence: 1 }] as const;
  return names.map((name) => ({
    at: Date.parse("2026-06-01T00:00:00Z"),
    name,
    port: 443,
    protocol: "tcp",
    places,
  }));
}

function measure(count: number): Record<string, string> {
  const names = Array.from({ length: count }, () => `${label()}.${label()}.example`);
  const compiled = timed(() => compile(inputOf(names)));
  if (!compiled.value.ok) throw new Error(compiled.value.diagnostics[0]?.message);
  const { image: bytes } = compiled.value;
  const opened = timed(() => openImage(bytes));
  if (!opened.value.ok) throw new Error(opened.value.issue.message);
  const image: PolicyImage = opened.value.value;

  const hitNames = Array.from({ length: SAMPLE }, () => `www.${names[Math.floor(random() * count)] ?? ""}`);
  const missNames = Array.from({ length: SAMPLE }, () => `www.${label()}.${label()}.example`);
  const [hit, miss] = [requestsOf(hitNames), requestsOf(missNames)];
  const refuses = (requests: readonly Request[]) => (index: number) =>
    decide(image, requests[index] ?? NOTHING).verdict === "refuse";
  const set = new Set(names);
  const listed = (asked: readonly string[]) => (index: number) => isListed(set, asked[index] ?? "");
  if (!hit.every((_, index) => refuses(hit)(index)) || miss.some((_, index) => refuses(miss)(index)))
    throw new Error("hits must be refused and misses pass");
  return {
    names: String(count),
    "decide hit ns": nanosecondsPer(refuses(hit)),
    "decide miss ns": nanosecondsPer(refuses(miss)),
    "Set hit ns": nanosecondsPer(listed(hitNames)),
    "Set miss ns": nanosecondsPer(listed(missNames)),
    "bytes/name": (bytes.length / count).toFixed(1),
    "compile ms": compiled.ms,
    "open ms": opened.ms,
  };
}

console.table([1_000, 100_000].map(measure));
console.log(
  "hit, miss: ns per decision, best of 5 rounds; four labels a name; compile and open: one cold run each",
);
