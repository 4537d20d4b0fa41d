import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@effect/vitest";
import { Effect, Exit, Layer, Scope } from "effect";
import { AllowedNames, MOST_NAMES } from "../src/allowed-names.ts";
import { GateService } from "../src/index.ts";
import { CLIENT, scratch, writeSite } from "./site.ts";

const AT = Date.parse("2026-03-01T12:30:00Z");
const HOUR = 3_600_000;

const read = (folder: string, hour: string): unknown =>
  JSON.parse(readFileSync(join(folder, `${hour}.json`), "utf8"));

it.effect("counts names by the hour, goes on with the hour after a restart, and ends in time", () =>
  Effect.gen(function* () {
    const folder = join(yield* scratch, "names");
    const first = new AllowedNames(folder, true);
    for (const name of ["a.example", "b.example", "a.example", "__proto__"]) first.add(name, AT);
    first.add(undefined, AT);
    first.write(true, 7, AT);
    const second = new AllowedNames(folder, true);
    second.add("a.example", AT + 1);
    second.add("c.example", AT + HOUR);
    second.write(true, 7, AT + HOUR);
    const names = { "a.example": 3, "b.example": 1, ["__proto__"]: 1 };
    expect(JSON.stringify(read(folder, "2026-03-01T12"))).toBe(
      JSON.stringify({ v: 1, from: "2026-03-01T12:00:00.000Z", names, further: 0 }),
    );
    expect(read(folder, "2026-03-01T13")).toMatchObject({ names: { "c.example": 1 } });
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, "2026-03-01T13.json")).mode & 0o077).toBe(0);
    writeFileSync(join(folder, "notes.txt"), "kept");
    second.write(true, 7, Date.parse("2026-03-08T13:00:00Z"));
    expect(readdirSync(folder).toSorted()).toEqual(["2026-03-01T13.json", "notes.txt"]);
  }),
);

it.effect(
  "takes no more different names than it may, keeps none when it is off, and passes a damaged file over",
  () =>
    Effect.gen(function* () {
      const folder = join(yield* scratch, "names");
      const names = new AllowedNames(folder, true);
      for (let at = 0; at < MOST_NAMES + 5; at += 1) names.add(`n${at}.example`, AT);
      names.add("n0.example", AT);
      names.write(true, 7, AT);
      const kept = read(folder, "2026-03-01T12") as { names: Record<string, number>; further: number };
      expect([Object.keys(kept.names).length, kept.names["n0.example"], kept.further]).toEqual([
        MOST_NAMES,
        2,
        5,
      ]);
      names.write(false, 7, AT);
      names.add("after.example", AT + HOUR);
      names.write(false, 7, AT + HOUR);
      expect(readdirSync(folder)).toEqual(["2026-03-01T12.json"]);
      writeFileSync(join(folder, "2026-03-01T12.json"), '{"v":1,"names":{"a":"many"},"further":0}');
      const again = new AllowedNames(folder, true);
      again.add("b.example", AT);
      again.write(true, 7, AT);
      expect(read(folder, "2026-03-01T12")).toMatchObject({ names: { "b.example": 1 } });
    }),
);

it.live.each([
  ["allowedNames: {}\n", true],
  ["", false],
] as const)(
  "with %j in audit.yaml names that passed are listed: %s; refused ones never are",
  ([audit, isListed]) =>
    Effect.gen(function* () {
      const folder = yield* scratch;
      const site = writeSite(join(folder, "site"), { "audit.yaml": audit });
      const state = join(folder, "state");
      const scope = yield* Scope.make();
      const context = yield* Layer.buildWithScope(
        GateService.layer({ app: "test", site, state, mmdb: [] }),
        scope,
      );
      const gate = yield* Effect.provide(GateService, context);
      for (const name of ["free.example", "www.piracy.example", "free.example"]) {
        const facts = { name, client: CLIENT };
        gate.record(facts, gate.decide(facts), "NOERROR");
      }
      yield* Scope.close(scope, Exit.void);
      const names = join(state, "test", "private", "allowed-names");
      expect(existsSync(names)).toBe(isListed);
      if (!isListed) return;
      const hours = readdirSync(names).map((file) => read(names, file.slice(0, -5)) as { names: object });
      expect(hours.flatMap((hour) => Object.entries(hour.names))).toEqual([["free.example", 2]]);
    }),
);
