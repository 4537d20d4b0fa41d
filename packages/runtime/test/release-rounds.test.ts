import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeEntry, type ReleaseEntry } from "@demarc/audit";
import { checkContent, openReader } from "@demarc/audit/node";
import { afterEach, expect, it } from "@effect/vitest";
import { Effect, Exit, Layer, Scope } from "effect";
import { vi } from "vitest";
import { GateService, readStatus } from "../src/index.ts";
import { windowAt } from "../src/release-rounds.ts";
import { CLIENT, scratch, writeSite } from "./site.ts";

afterEach(() => void vi.useRealTimers());

it("knows the hour and the day of an instant", () => {
  const at = Date.parse("2026-03-01T12:30:00Z");
  expect(windowAt(at, "hour", 7)).toEqual({
    from: Date.parse("2026-03-01T12:00:00Z"),
    until: Date.parse("2026-03-01T13:00:00Z"),
    firstIndex: 7,
  });
  expect(windowAt(at, "day", 0).until).toBe(Date.parse("2026-03-02T00:00:00Z"));
});

const AUDIT = "releases: { every: hour, dimensions: [rule, territory], threshold: 3 }\n";

/** Starts the point at an instant; the clock stands still but for what a test says. */
const lifeAt = Effect.fnUntraced(function* (folder: string, at: string) {
  vi.setSystemTime(at);
  const scope = yield* Scope.make();
  const context = yield* Layer.buildWithScope(
    GateService.layer({
      app: "test",
      site: join(folder, "site"),
      state: join(folder, "state"),
      mmdb: [],
      releaseTiming: { lookMs: 20, settleMs: 60_000 },
    }),
    scope,
  );
  const gate = yield* Effect.provide(GateService, context);
  const refuse = (name: string, count: number): void => {
    for (let each = 0; each < count; each += 1) {
      const facts = { name, client: CLIENT };
      gate.record(facts, gate.decide(facts), "NXDOMAIN");
    }
  };
  return { refuse, close: Scope.close(scope, Exit.void) };
});

const releasesOf = (log: string) =>
  Effect.promise(async () => {
    const releases: ReleaseEntry[] = [];
    const reader = await openReader(log);
    for await (const { bytes } of reader.entries(0, Number.POSITIVE_INFINITY)) {
      const entry = decodeEntry(bytes);
      if (entry.ok && entry.value.type === "release") releases.push(entry.value);
    }
    expect(await checkContent(reader)).toMatchObject({ findings: [] });
    return releases;
  });

it.live(
  "publishes an hour once it is over, through restarts and off hours, and each number can be counted again",
  () =>
    Effect.gen(function* () {
      vi.useFakeTimers({ toFake: ["Date"] });
      const folder = yield* scratch;
      writeSite(join(folder, "site"), { "audit.yaml": AUDIT });
      const log = join(folder, "state", "test", "log");
      const first = yield* lifeAt(folder, "2026-03-01T12:10:00Z");
      first.refuse("www.piracy.example", 4);
      first.refuse("one.listed.example", 2);
      yield* Effect.sleep("200 millis");
      yield* first.close;
      expect(yield* releasesOf(log)).toEqual([]);
      // The same hour, after a restart; then its end, before and after all of it is settled.
      const second = yield* lifeAt(folder, "2026-03-01T12:40:00Z");
      second.refuse("www.piracy.example", 1);
      yield* Effect.sleep("1500 millis");
      vi.setSystemTime("2026-03-01T13:00:30Z");
      second.refuse("www.piracy.example", 6);
      yield* Effect.sleep("1500 millis");
      expect(yield* releasesOf(log)).toEqual([]);
      vi.setSystemTime("2026-03-01T13:01:00Z");
      yield* Effect.sleep("1500 millis");
      yield* second.close;
      expect(readStatus(join(folder, "state", "test", "status.json"))?.release).toEqual({
        id: "2026-03-01T12",
        until: "2026-03-01T13:00:00.000Z",
      });
      const [twelve, ...none] = yield* releasesOf(log);
      expect(none).toEqual([]);
      expect(twelve).toMatchObject({
        id: "2026-03-01T12",
        from: "2026-03-01T12:00:00.000Z",
        until: "2026-03-01T13:00:00.000Z",
        threshold: 3,
        noise: { mechanism: "none" },
        suppressed: 1,
      });
      expect(twelve?.cells.map(({ key, value }) => [key.at(-1), value])).toEqual([["DE", 5]]);
      // A stop falls into the end of the next hour: it is published after the start.
      const third = yield* lifeAt(folder, "2026-03-01T15:20:00Z");
      third.refuse("www.piracy.example", 9);
      yield* Effect.sleep("1500 millis");
      yield* third.close;
      const all = yield* releasesOf(log);
      expect(all.map(({ id, cells }) => [id, ...cells.map(({ value }) => value)])).toEqual([
        ["2026-03-01T12", 5],
        ["2026-03-01T13", 6],
      ]);
      // Blurred numbers say so, and names are in none of them.
      writeFileSync(
        join(folder, "site", "audit.yaml"),
        AUDIT.replace(
          "threshold: 3",
          "threshold: 1, noise: { mechanism: discrete-laplace, epsilon: 2, sensitivity: 1 }",
        ),
      );
      const fourth = yield* lifeAt(folder, "2026-03-01T16:05:00Z");
      yield* Effect.sleep("1500 millis");
      yield* fourth.close;
      const last = (yield* releasesOf(log)).at(-1);
      expect(last).toMatchObject({
        id: "2026-03-01T15",
        noise: { mechanism: "discrete-laplace", epsilon: 2 },
      });
      expect(JSON.stringify(last)).not.toContain("piracy.example");
    }),
  60_000,
);
