import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DecisionEntry, decodeEntry, type Entry, verifyOpening } from "@demarc/audit";
import { openReader, PrivacyStore, verifyLog } from "@demarc/audit/node";
import { formatAddress } from "@demarc/net";
import { expect, it } from "@effect/vitest";
import { Effect, Exit, Layer, Scope } from "effect";
import { type GateOptions, GateService, readStatus } from "../src/index.ts";
import { CLIENT, scratch, writeSite } from "./site.ts";

/** A life of an enforcement point with these options, in which `count` names are refused and as many pass. */
const life = Effect.fnUntraced(function* (folder: string, privacy: GateOptions["privacy"], count: number) {
  const site = writeSite(join(folder, "site"));
  const state = join(folder, "state");
  const scope = yield* Scope.make();
  const context = yield* Layer.buildWithScope(
    GateService.layer({ app: "test", site, state, mmdb: [], privacy }),
    scope,
  );
  const gate = yield* Effect.provide(GateService, context);
  for (let at = 0; at < count; at += 1)
    for (const name of [`named-${at}.piracy.example`, `private-${at}.free.example`]) {
      const facts = { name, client: CLIENT };
      gate.record(facts, gate.decide(facts), "NXDOMAIN");
    }
  yield* Scope.close(scope, Exit.void);
  const log = join(state, "test", "log");
  const verifierKey = readStatus(join(state, "test", "status.json"))?.audit.verifierKey ?? "";
  return yield* Effect.promise(async () => {
    expect(await verifyLog(log, { verifierKey })).toMatchObject({ ok: true, findings: [] });
    const entries: Entry[] = [];
    for await (const { bytes } of (await openReader(log)).entries(0, Number.POSITIVE_INFINITY)) {
      const entry = decodeEntry(bytes);
      if (!entry.ok) throw new Error(entry.issue.message);
      entries.push(entry.value);
    }
    return { entries, log, directory: join(state, "test") };
  });
});

/** Every byte below these folders of the state directory; the operator's own map is not among them. */
const bytesBelow = (...folders: readonly string[]): Buffer =>
  Buffer.concat(
    folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => readFileSync(join(file.parentPath, file.name))),
    ),
  );

const isDecision = (entry: Entry): entry is DecisionEntry => entry.type === "decision";

it.live("nothing is kept of clients, and nothing private is written, unless the operator asks", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const { entries, directory } = yield* life(folder, undefined, 3);
    expect(
      entries
        .filter(isDecision)
        .every(({ client, input }) => client === undefined && input.sealed === undefined),
    ).toBe(true);
    expect(readdirSync(directory)).not.toContain("private");
  }),
);

it.live(
  "pseudonyms and sealed names: no address and no name is in any byte, and the operator can open them",
  () =>
    Effect.gen(function* () {
      const folder = yield* scratch;
      const { entries, log, directory } = yield* life(folder, { clients: "pseudonym", seal: ["name"] }, 20);
      const decisions = entries.filter(isDecision);
      expect(decisions.length).toBe(20);
      expect(new Set(decisions.map(({ client }) => client?.pseudonym)).size).toBe(1);
      const first = entries.findIndex(isDecision);
      expect(entries[first - 1]).toMatchObject({
        type: "epoch",
        state: "opened",
        epoch: decisions[0]?.client?.epoch,
      });
      const kept = bytesBelow(log, join(directory, "private"));
      for (const form of [
        formatAddress(CLIENT),
        Buffer.from(CLIENT),
        Buffer.from(CLIENT).toString("hex"),
        "named-",
        "private-",
        'piracy.example"',
      ])
        expect(kept.includes(form), String(form)).toBe(false);
      yield* Effect.promise(async () => {
        const store = await PrivacyStore.open(join(directory, "private"));
        for (const [at, decision] of decisions.entries()) {
          const sealed = decision.input.sealed?.[0] ?? expect.fail("not sealed");
          const opening = (await store.opening(sealed)) ?? expect.fail("not kept");
          expect(opening.value).toBe(`named-${at}.piracy.example`);
          expect(verifyOpening(sealed.commitment, opening)).toBe(true);
        }
      });
      // A second run goes on with the key of the epoch, and says so again.
      const again = yield* life(folder, { clients: "pseudonym", seal: ["name"] }, 1);
      const last = again.entries.filter(isDecision).at(-1);
      expect(last?.client).toEqual(decisions[0]?.client);
      expect(again.entries.filter(({ type }) => type === "epoch").length).toBe(2);
    }),
);
