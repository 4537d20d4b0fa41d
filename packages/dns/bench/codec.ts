// Messages decoded and encoded per second, one core: `npx node --conditions=@demarc/source packages/dns/bench/codec.ts`
import { decodeMessage, encodeMessage } from "../src/codec.ts";
import { createCounters, createFilter } from "../src/index.ts";
import { bytesOf, fakeGate, nameData, query, record } from "../test/fake.ts";

const question = query("www.court.example");
const answer = {
  ...question,
  response: true,
  answers: [
    record("www.court.example", 5, nameData("cdn.court.example")),
    record("cdn.court.example", 1, [192, 0, 2, 1]),
    record("cdn.court.example", 1, [192, 0, 2, 2]),
  ],
};
const questionBytes = bytesOf(question);
const answerBytes = bytesOf(answer);
const filter = createFilter({
  gate: fakeGate(),
  ask: (_query, done) => done({ ok: true, message: answer }),
  counters: createCounters(),
  now: () => 0,
});

function measure(what: string, once: () => unknown): void {
  const rounds = 100_000;
  for (let index = 0; index < rounds / 5; index++) once();
  const start = performance.now();
  for (let index = 0; index < rounds; index++) once();
  const ns = ((performance.now() - start) * 1e6) / rounds;
  process.stdout.write(
    `${what.padEnd(34)} ${(1e9 / ns / 1_000).toFixed(0).padStart(6)} k/s  ${ns.toFixed(0).padStart(6)} ns\n`,
  );
}

measure(`decode query (${questionBytes.length} bytes)`, () => decodeMessage(questionBytes));
measure(`encode query`, () => encodeMessage(question));
measure(`decode answer (${answerBytes.length} bytes, 3 records)`, () => decodeMessage(answerBytes));
measure(`encode answer`, () => encodeMessage(answer));
measure(`filter: refusal with notice`, () => filter(questionBytes, undefined, "udp", () => {}));
