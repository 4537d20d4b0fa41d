import { join } from "node:path";
import { decodeEntry } from "@demarc/audit";
import { openReader, verifyLog } from "@demarc/audit/node";
import { expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { activationOf } from "../src/activation.ts";
import { DecisionCounts } from "../src/decision-counts.ts";
import { enforcedPolicy } from "../src/enforced-policy.ts";
import { loadSite } from "../src/index.ts";
import { NO_EVIDENCE } from "../src/load-evidence.ts";
import { LogWriter } from "../src/log-writer.ts";
import { makeGate } from "../src/make-gate.ts";
import { readySite } from "../src/ready-site.ts";
import { RecordQueue } from "../src/record-queue.ts";
import { logPort } from "../src/worker-port.ts";
import { CLIENT, scratch, writeSite } from "./site.ts";

const AT = Date.parse("2026-11-24T12:00:00Z");

/** A site, its activation, and a queue with the activation and `count` refusals. */
const asked = Effect.fnUntraced(function* (count: number) {
  const folder = yield* scratch;
  const site = readySite(yield* loadSite(writeSite(join(folder, "site"))));
  const queue = new RecordQueue();
  const cell = { current: enforcedPolicy(site, NO_EVIDENCE, AT), refused: null };
  const activation = activationOf(site, []);
  queue.offer({ kind: "activation", activation, at: AT }, AT);
  const serial = { run: "boot", last: 0 };
  const gate = makeGate({ cell, counts: new DecisionCounts(), queue, now: () => AT, serial });
  for (let at = 0; at < count; at += 1) {
    const facts = { name: `n${at}.piracy.example`, client: CLIENT };
    gate.record(facts, gate.decide(facts), "NXDOMAIN");
  }
  return { folder, activation, records: queue.peek(count + 1) };
});

it.live("the thread writes the same entries as this one, and its failures are told", () =>
  Effect.gen(function* () {
    const { folder, activation, records } = yield* asked(300);
    const logs = yield* Effect.promise(async () => {
      const texts: string[][] = [];
      for (const [name, make] of [
        ["thread", logPort],
        ["here", (place: { directory: string; app: string }) => new LogWriter(place)],
      ] as const) {
        const directory = join(folder, name);
        const port = make({ directory, app: "test" });
        expect(port instanceof LogWriter).toBe(name === "here");
        const opened = await port.open([]);
        expect(opened.size).toBe(1);
        expect(await port.write({ records, gap: null })).toBe(303);
        expect(port.failure()).toBeNull();
        const other = new LogWriter({ directory, app: "test" });
        await expect(other.open([])).rejects.toMatchObject({ code: "audit/locked" });
        await port.close();
        await port.close();
        await expect(port.write({ records: [], gap: null })).rejects.toBeDefined();
        // A port can be opened again, and knows of images what it is told.
        expect(await port.open([activation])).toMatchObject({ size: 303 });
        expect(await port.write({ records: records.slice(1, 2), gap: null })).toBe(304);
        await port.close();
        const report = await verifyLog(join(directory, "log"), { verifierKey: opened.verifierKey });
        expect(report).toMatchObject({ ok: true, size: 304 });
        const entries: string[] = [];
        for await (const { index, bytes } of (await openReader(join(directory, "log"))).entries(1, 304)) {
          expect(decodeEntry(bytes).ok).toBe(true);
          if (index < 303) entries.push(Buffer.from(bytes).toString());
        }
        texts.push(entries);
      }
      return texts;
    });
    expect(logs[0]).toEqual(logs[1]);
  }),
);

it.live("a log that can not be opened in the thread is told as in this one", () =>
  Effect.gen(function* () {
    const { folder } = yield* asked(1);
    yield* Effect.promise(async () => {
      const holder = new LogWriter({ directory: join(folder, "state"), app: "test" });
      await holder.open([]);
      const port = logPort({ directory: join(folder, "state"), app: "test" });
      await expect(port.open([])).rejects.toMatchObject({
        message: expect.stringMatching(/in use by process/),
        help: expect.stringMatching(/one writer/),
      });
      await port.close();
      await holder.close();
    });
  }),
);
