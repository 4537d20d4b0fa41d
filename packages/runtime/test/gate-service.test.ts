import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeEntry, type Entry } from "@demarc/audit";
import { checkContent, openReader, verifyLog } from "@demarc/audit/node";
import { decide, openImage, type Place } from "@demarc/matcher";
import { formatAddress } from "@demarc/net";
import { expect, it } from "@effect/vitest";
import { Effect, Exit, Layer, Scope } from "effect";
import { vi } from "vitest";
import { type Gate, GateService, type PointStatus, readStatus } from "../src/index.ts";
import { CLIENT, scratch, writeSite } from "./site.ts";

/** A running enforcement point; `stop` ends it. */
const rig = Effect.gen(function* () {
  const folder = yield* scratch;
  const site = writeSite(join(folder, "site"));
  const state = join(folder, "state");
  const scope = yield* Scope.make();
  const stop = Scope.close(scope, Exit.void);
  yield* Effect.addFinalizer(() => stop);
  const start = Effect.gen(function* () {
    const layer = GateService.layer({ app: "test", site, state, mmdb: [], listen: "127.0.0.1:8053" });
    const context = yield* Layer.buildWithScope(layer, scope);
    return yield* Effect.provide(GateService, context);
  });
  const status = () => readStatus(join(state, "test", "status.json"));
  return { site, state, start, stop, status };
});

const ask = (gate: Gate, name: string) => {
  const facts = { name, client: CLIENT };
  return gate.record(facts, gate.decide(facts), "x");
};
const untilStatus = (status: () => PointStatus | null, holds: (status: PointStatus) => boolean) =>
  Effect.promise(() =>
    vi.waitFor(
      () => {
        const now = status();
        expect(now !== null && holds(now)).toBe(true);
      },
      { timeout: 15_000, interval: 20 },
    ),
  );
const entriesOf = (log: string) =>
  Effect.promise(async () => {
    const reader = await openReader(log);
    const entries: Entry[] = [];
    for await (const { bytes } of reader.entries(0, (await reader.checkpoint()).checkpoint.size)) {
      const entry = decodeEntry(bytes);
      if (entry.ok) entries.push(entry.value);
    }
    return entries;
  });

it.live("a life: starts, decides, counts, lists, and leaves a log that verifies", () =>
  Effect.gen(function* () {
    const { state, start, stop, status } = yield* rig;
    const gate = yield* start;
    expect(gate.operator().name).toBe("Example Access");
    expect(ask(gate, "free.example")).toBeNull();
    const refs = [ask(gate, "www.piracy.example"), ask(gate, "parked.test")];
    expect(refs[0]).toMatch(/^[a-z2-9]{8}-1$/);
    yield* stop;
    expect(status()).toMatchObject({
      app: "test",
      listen: "127.0.0.1:8053",
      decisions: { passed: 2, refused: 1, byRule: { court: 1, watch: 1 } },
      audit: { state: "ok", dropped: 0 },
    });
    const log = join(state, "test", "log");
    const verifierKey = status()?.audit.verifierKey ?? "";
    expect(yield* Effect.promise(() => verifyLog(log, { verifierKey }))).toMatchObject({
      ok: true,
      findings: [],
    });
    const entries = yield* entriesOf(log);
    expect(entries.map((entry) => entry.type)).toEqual([
      "key",
      "data.activated",
      "policy.activated",
      "heartbeat",
      "decision",
      "decision",
      "count",
      "heartbeat",
    ]);
    expect(entries.flatMap((entry) => (entry.type === "decision" ? [entry.id] : []))).toEqual(refs);
    expect(entries.at(-2)).toMatchObject({ type: "count", counts: { passed: 2, refused: 1 } });
    expect(entries.at(-1)).toMatchObject({ type: "heartbeat", state: "ended", seq: 2 });
  }),
);

it.live(
  "more than the queue holds at once: what is in the log and what it says was lost are what was decided",
  () =>
    Effect.gen(function* () {
      const { state, start, stop, status } = yield* rig;
      const gate = yield* start;
      const decided = 70_000;
      // Nothing is drained meanwhile: this loop holds the thread.
      for (let at = 0; at < decided; at += 1) ask(gate, `n${at}.piracy.example`);
      yield* stop;
      const last = status();
      expect(last?.audit.dropped).toBeGreaterThan(0);
      expect(last).toMatchObject({ decisions: { refused: decided }, audit: { state: "ok", waiting: 0 } });
      const content = yield* Effect.promise(async () =>
        checkContent(await openReader(join(state, "test", "log"))),
      );
      expect(content).toMatchObject({ ok: true, findings: [], lost: last?.audit.dropped });
      expect(content.entries).toBe(last?.audit.size);
      expect((content.byType["decision"] ?? 0) + content.lost).toBe(decided);
    }),
);

it.live("every listed decision can be made again from the public files alone", () =>
  Effect.gen(function* () {
    const { state, start, stop } = yield* rig;
    const gate = yield* start;
    for (const name of ["www.piracy.example", "parked.test", "x.piracy.example"]) ask(gate, name);
    yield* stop;
    const log = join(state, "test", "log");
    const entries = yield* entriesOf(log);
    const reader = yield* Effect.promise(() => openReader(log));
    const objectAt = (digest: string | null) => Effect.promise(() => reader.object(digest ?? ""));
    const decisions = entries.filter((entry) => entry.type === "decision");
    expect(decisions.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    for (const entry of decisions) {
      const opened = openImage(yield* objectAt(entry.policy.object));
      if (!opened.ok) throw new Error(opened.issue.message);
      const { name, port, protocol, url, dataClasses } = entry.input;
      const again = decide(opened.value, {
        at: Date.parse(entry.time),
        places: entry.places as readonly Place[],
        name,
        port,
        protocol,
        url,
        dataClasses,
      });
      expect(again.image).toBe(entry.policy.image);
      expect([again.effect, again.verdict, again.reason, again.rule?.id ?? null]).toEqual([
        entry.decision.effect,
        entry.decision.verdict,
        entry.decision.reason,
        entry.decision.rule,
      ]);
      expect(again.observed.map(({ id }) => id)).toEqual(entry.decision.observed);
      expect(entries[entry.policy.activation ?? -1]).toMatchObject({
        type: "policy.activated",
        policy: { object: entry.policy.object },
      });
      // The engine's files and the documents are there, too, each under the digest that its manifest says.
      const engine = JSON.parse(Buffer.from(yield* objectAt(entry.engine.digest)).toString());
      expect(engine.files.length).toBeGreaterThan(3);
      for (const { sha256, bytes } of engine.files) expect((yield* objectAt(sha256)).length).toBe(bytes);
      const data = JSON.parse(Buffer.from(yield* objectAt(entry.data)).toString());
      expect(data.sources.map(({ kind }: { kind: string }) => kind)).toEqual(["territories", "list"]);
    }
    const activated = entries.find((entry) => entry.type === "policy.activated");
    const manifest = JSON.parse(Buffer.from(yield* objectAt(activated?.manifest ?? null)).toString());
    expect(manifest.documents.length).toBe(2);
    for (const { sha256, bytes } of manifest.documents) expect((yield* objectAt(sha256)).length).toBe(bytes);
  }),
);

it.live("taint: no client and no name that passed is in the status file or any file of the log", () =>
  Effect.gen(function* () {
    const { state, start, stop } = yield* rig;
    const gate = yield* start;
    for (let index = 0; index < 50; index += 1) {
      ask(gate, `private-${index}.free.example`);
      ask(gate, `named-${index}.piracy.example`);
    }
    yield* stop;
    const directory = join(state, "test");
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      // The operator's own map, kept beside the last good image for a restart; it is not published.
      .filter((file) => !file.includes("last-good"));
    const kept = Buffer.concat(files.map((file) => readFileSync(file)));
    expect(kept.includes("named-49.piracy.example")).toBe(true);
    expect(kept.includes("private-")).toBe(false);
    expect(kept.includes(formatAddress(CLIENT))).toBe(false);
    expect(kept.includes(Buffer.from(CLIENT))).toBe(false);
    const status = readFileSync(join(directory, "status.json"), "utf8");
    expect(status).not.toMatch(/piracy|free\.example/);
  }),
);

it.live("a broken site is in the status while it runs, and the old rules stay; mended, it is forgotten", () =>
  Effect.gen(function* () {
    const { site, start, status } = yield* rig;
    const gate = yield* start;
    writeSite(site, { "policies/rules.yaml": "rules: [" });
    yield* untilStatus(status, ({ policy }) => policy.refused?.issues[0]?.code === "policy/syntax");
    expect(ask(gate, "piracy.example")).not.toBeNull();
    writeSite(site);
    yield* untilStatus(status, ({ policy }) => policy.refused === null && !policy.lastGood);
  }),
);

it.live("a refused site leaves no log behind", () =>
  Effect.gen(function* () {
    const { site, state, start } = yield* rig;
    writeSite(site, { "policies/rules.yaml": "rules: [" });
    expect((yield* Effect.flip(start))._tag).toBe("SiteRefused");
    expect(readdirSync(join(state, "test"))).toEqual([]);
  }),
);

it.live("a state directory that can not be made is told", () =>
  Effect.gen(function* () {
    const { state, start } = yield* rig;
    writeFileSync(state, "a file");
    expect(yield* Effect.flip(start)).toMatchObject({
      _tag: "GateUnavailable",
      message: expect.stringMatching(/set DEMARC_STATE/),
    });
  }),
);
