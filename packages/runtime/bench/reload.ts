// What packets wait for while a policy set changes: a site with a list of many names is changed under a running gate, which is
// asked without a break meanwhile. Run after a build: `node packages/runtime/bench/reload.ts [names]`. Prints the longest time between
// two answers while nothing changes and while the change is loaded and swapped in, and asserts that it came into force.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Facts, type Gate, GateService } from "@demarc/runtime";
import { Effect } from "effect";

const NAMES = Number(process.argv[2] ?? 1_000_000);
const CHANGES = 3;
const CLIENT = Uint8Array.of(198, 51, 100, 77);
const folder = mkdtempSync(join(tmpdir(), "demarc-reload-"));
const site = join(folder, "site");

const REF = "https://feeds.example/names.txt";
const SET = `specVersion: "1.0"
id: https://isp.example/policy-set
version: 1.0.0
title: { en: Bench }
operator: { name: Example Access, type: operator, jurisdiction: DE }
default: allow
layers:
  - { id: law, policies: [rules.yaml] }
lists:
  - { ref: "${REF}", path: names.txt }
`;
const policyOf = (sha256: string): string => `specVersion: "1.0"
id: https://isp.example/policies/rules
version: 1.0.0
title: { en: Bench }
publisher: { name: Example Access, type: operator, jurisdiction: DE }
published: "2026-01-01T00:00:00Z"
rules:
  - id: names
    title: { en: Names }
    status: in-force
    category: gambling
    selectors: [{ type: list, ref: "${REF}", format: domains, sha256: "${sha256}" }]
    effect: { action: block, notice: {} }
    scope: { territories: [DE], connectors: [subject-location], minConfidence: 0.8, whenUnknown: skip }
    legalBasis: { kind: court-order, discretion: mandatory, citations: [{ scheme: ecli, id: "ECLI:DE:LGEXMPL:2026:0115.14O100.25.00" }], authority: { name: Example Access, type: operator, jurisdiction: DE } }
    effective: "2026-01-01T00:00:00Z"
    reviewBy: "2099-01-01T00:00:00Z"
    justification: { aim: other, necessity: "Bench.", leastRestrictive: "Names alone.", overblocking: none-expected }
    remedy: { url: "https://isp.example/appeal", body: Example Access }
`;
const NETWORKS =
  'source: bench\ndataDate: "2026-01-01"\nclients:\n  - { prefix: 198.51.100.0/24, territory: DE }\n';

/** Makes the files of a change in a folder of their own, so that making them is not measured. */
function makeChange(change: number): void {
  const lines = Array.from(
    { length: NAMES - 1 },
    (_, at) => `n${(at * 2_654_435_761) % 4_294_967_296}.listed.example`,
  );
  const text = `${lines.join("\n")}\nchange-${change}.example\n`;
  mkdirSync(join(folder, String(change)));
  writeFileSync(join(folder, String(change), "names.txt"), text);
  writeFileSync(
    join(folder, String(change), "rules.yaml"),
    policyOf(createHash("sha256").update(text).digest("hex")),
  );
}

function putChange(change: number): void {
  for (const file of ["names.txt", "rules.yaml"])
    renameSync(join(folder, String(change), file), join(site, file));
}

const facts = (name: string): Facts => ({ name, client: CLIENT });

/** Asks until `done` holds or time is over. Gives milliseconds: the longest between two answers, and all of them. */
const ask = Effect.fnUntraced(function* (gate: Gate, done: () => boolean, most: number) {
  return yield* Effect.promise(async () => {
    const start = performance.now();
    let [last, longest] = [start, 0];
    while (!done() && last - start < most) {
      gate.decide(facts("www.free.example"));
      await setImmediate();
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
    return { longest, took: last - start };
  });
});

const shown = (name: string, { longest, took }: { readonly longest: number; readonly took: number }) =>
  console.log(`${name}: longest wait ${longest.toFixed(1)} ms, in ${(took / 1000).toFixed(1)} s`);

const program = Effect.gen(function* () {
  const gate = yield* GateService;
  yield* ask(gate, () => false, 2000);
  shown("nothing changes", yield* ask(gate, () => false, 5000));
  for (let change = 1; change <= CHANGES; change += 1) {
    putChange(change);
    const isInForce = () => gate.decide(facts(`change-${change}.example`)).verdict === "refuse";
    shown(`change ${change}       `, yield* ask(gate, isInForce, 60_000));
    if (!isInForce()) throw new Error("the change did not come into force in a minute");
    // What follows the swap, such as storing the image for the log, counts too.
    shown("   after it    ", yield* ask(gate, () => false, 3000));
  }
});

mkdirSync(site, { recursive: true });
writeFileSync(join(site, "policy-set.yaml"), SET);
writeFileSync(join(site, "networks.yaml"), NETWORKS);
for (let change = 0; change <= CHANGES; change += 1) makeChange(change);
putChange(0);
try {
  await Effect.runPromise(
    program.pipe(
      Effect.provide(GateService.layer({ app: "bench", site, state: join(folder, "state"), mmdb: [] })),
      Effect.scoped,
    ),
  );
  console.log(`${NAMES} names; most memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
