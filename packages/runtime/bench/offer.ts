// What an enforcement point pays where packets are answered: `decide` alone, and `decide` with `record`, which counts a passed
// request and offers a listed one to the ring. The log's thread encodes, hashes and syncs meanwhile. Run after a build:
// `node packages/runtime/bench/offer.ts`. Prints nanoseconds a request, the median of rounds; asserts that nothing was lost.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Facts, type Gate, GateService, readStatus } from "@demarc/runtime";
import { Effect } from "effect";

const ROUNDS = 15;
const REQUESTS = 20_000;
const CLIENT = Uint8Array.of(198, 51, 100, 77);
const folder = mkdtempSync(join(tmpdir(), "demarc-offer-"));
const site = join(folder, "site");
const state = join(folder, "state");
cpSync(join(import.meta.dirname, "..", "..", "..", "examples", "site"), site, { recursive: true });
writeFileSync(
  join(site, "networks.yaml"),
  'source: bench\ndataDate: "2026-01-01"\nclients:\n  - { prefix: 198.51.100.0/24, territory: DE }\n',
);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const measure = Effect.fnUntraced(function* (gate: Gate, name: string, domain: string, recorded: boolean) {
  const rounds: number[] = [];
  let refused = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const facts: Facts[] = Array.from({ length: REQUESTS }, (_, at) => ({
      name: `n${round}-${at}.${domain}`,
      client: CLIENT,
    }));
    const start = performance.now();
    for (const each of facts) {
      const decision = gate.decide(each);
      if (recorded) gate.record(each, decision, "NXDOMAIN");
      if (decision.verdict === "refuse") refused += 1;
    }
    rounds.push(((performance.now() - start) * 1e6) / REQUESTS);
    // The ring is drained between rounds, so that none of them measures a full one.
    yield* Effect.sleep("600 millis");
  }
  const share = Math.round((100 * refused) / (ROUNDS * REQUESTS));
  console.log(`${name}: ${Math.round(median(rounds))} ns a request (${share} % refused)`);
});

const program = Effect.gen(function* () {
  const gate = yield* GateService;
  yield* measure(gate, "decide, passes           ", "free.example", false);
  yield* measure(gate, "decide + record, passes  ", "free.example", true);
  yield* measure(gate, "decide, refused          ", "piracy.example", false);
  yield* measure(gate, "decide + record, refused ", "piracy.example", true);
});
try {
  await Effect.runPromise(
    program.pipe(Effect.provide(GateService.layer({ app: "bench", site, state, mmdb: [] })), Effect.scoped),
  );
  const status = readStatus(join(state, "bench", "status.json"));
  console.log(`log: ${status?.audit.size} entries durable, ${status?.audit.dropped} decisions dropped`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
