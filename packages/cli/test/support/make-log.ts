// A log as an enforcement point writes it, of a day that is simulated: `make-log.ts STATE DECISIONS [DAY]`. The clock is
// moved between decisions; everything else is the gate itself with the example site.
import { join } from "node:path";
import { GateService } from "@demarc/runtime";
import { Effect } from "effect";

const [state = "state", count = "100", day = "2026-11-24"] = process.argv.slice(2);
const decisions = Number(count);
const start = Date.parse(`${day}T00:00:00Z`);
let now = start;
Date.now = () => now;

const address = (text: string) => Uint8Array.from(text.split("."), Number);
const CLIENTS = ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "203.0.113.9"].map(address);
const NAMES = [
  "www.piracy.example",
  "adult.example",
  "archive.piracy.example",
  "malware.example",
  "plain.example",
];

const program = Effect.gen(function* () {
  const gate = yield* GateService;
  let listed = 0;
  for (let at = 0; listed < decisions; at += 1) {
    now = Math.min(start + Math.floor((at * 86_400_000) / (decisions * 2.7)), start + 86_398_000);
    const name = `h${at % 97}.${NAMES[at % NAMES.length]}`;
    const facts =
      at % 3 === 0
        ? {
            client: CLIENTS[at % 6],
            name,
            url: `http://${name}/page/${at}`,
            port: 80,
            protocol: "tcp" as const,
          }
        : { client: CLIENTS[at % 6], name, address: address(`192.0.2.${at % 255}`) };
    const decision = gate.decide(facts);
    if (gate.record(facts, decision, decision.verdict === "pass" ? "forwarded" : "NXDOMAIN") !== null)
      listed += 1;
    if (at % 5000 === 4999) yield* Effect.sleep("60 millis");
  }
  now = start + 86_399_000;
  yield* Effect.sleep("100 millis");
});

const site = join(import.meta.dirname, "../../../../examples/site");
await Effect.runPromise(
  program.pipe(Effect.provide(GateService.layer({ app: "dns-filter", site, state, mmdb: [] }))),
);
