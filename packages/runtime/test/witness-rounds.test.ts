import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  parseTlogPolicy,
  parseVerifierKey,
  verifyCheckpointByPolicy,
  verifyForkEvidence,
} from "@demarc/audit";
import { loadOrCreateKey, nodeSha256, nodeVerifyMlDsa44, openLog, openWitness } from "@demarc/audit/node";
import { expect, it } from "@effect/vitest";
import { Effect, Exit, Layer, Schedule, Scope } from "effect";
import { GateService, type PointStatus, readStatus } from "../src/index.ts";
import { scratch, writeSite } from "./site.ts";

/** A witness behind HTTP that knows one log. */
const witnessOf = (folder: string, verifierKey: string) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const key = parseVerifierKey(verifierKey);
      if (!key.ok) throw new Error(key.issue.message);
      const witness = await openWitness({ dir: folder, name: "witness.example/w", logs: [key.value] });
      const server: Server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on("data", (part: Buffer) => parts.push(part));
        request.on("end", async () => {
          const { url = "", method = "" } = request;
          const said = await witness.answer(method, url.slice(1), Buffer.concat(parts).toString());
          response.writeHead(said.status, { "content-type": said.type }).end(said.body);
        });
      });
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return { witness, server, url, verifierKey: witness.verifierKey };
    }),
    ({ witness, server }) =>
      Effect.promise(async () => {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
        await witness.close();
      }),
  );

const start = Effect.fnUntraced(function* (site: string, state: string) {
  const scope = yield* Scope.make();
  yield* Layer.buildWithScope(GateService.layer({ app: "test", site, state, mmdb: [] }), scope);
  return scope;
});

/** The status as soon as it is as wanted; what it was last when it is not within some seconds. */
const statusWith = (state: string, fits: (status: PointStatus) => boolean) =>
  Effect.suspend(() => {
    const status = readStatus(join(state, "test", "status.json"));
    return status !== null && fits(status)
      ? Effect.succeed(status)
      : Effect.fail(JSON.stringify(status?.witnesses));
  }).pipe(Effect.retry({ schedule: Schedule.spaced("100 millis"), times: 150 }));

const CONFIG = "witnesses: { policy: witnesses.policy, everySeconds: 1 }\n";

it.live(
  "publishes what the quorum cosigned, says when there is none, and keeps the proof of a fork",
  () =>
    Effect.gen(function* () {
      const folder = yield* scratch;
      const state = join(folder, "state");
      const log = join(state, "test", "log");
      const signer = yield* Effect.promise(() =>
        loadOrCreateKey(join(state, "test", "key"), "demarc.example/test"),
      );
      const witness = yield* witnessOf(join(folder, "w"), signer.verifierKey);
      // The policy names no log: it is this one.
      const policy = `witness w ${witness.verifierKey} ${witness.url}\nquorum w\n`;
      const site = writeSite(join(folder, "site"), { "audit.yaml": CONFIG, "witnesses.policy": policy });
      const scope = yield* start(site, state);
      const first = yield* statusWith(state, ({ witnesses }) => witnesses?.state === "witnessed");
      expect(first.witnesses?.outcomes).toMatchObject([{ name: "w", state: "cosigned" }]);
      const read = parseTlogPolicy(`log ${signer.verifierKey}\n${policy}`);
      if (!read.ok) throw new Error(read.issue.message);
      const published = readFileSync(join(log, "witnessed"), "utf8");
      const check = yield* Effect.promise(() =>
        verifyCheckpointByPolicy(published, read.value, { mlDsa44: nodeVerifyMlDsa44, hash: nodeSha256 }),
      );
      // A status is up to a second old: the file may be of the next round already, never of one before.
      expect(check).toMatchObject({ ok: true, value: { checkpoint: { size: parts(published) } } });
      expect(parts(published)).toBeGreaterThanOrEqual(first.witnesses?.size ?? Number.NaN);
      // Who is asked is in the log, and what is added is seen by the witness too.
      const grown = yield* statusWith(
        state,
        ({ witnesses }) => (witnesses?.size ?? 0) > (first.witnesses?.size ?? 0),
      );
      expect(grown.witnesses?.state).toBe("witnessed");

      // A quorum that can not be reached: what was witnessed stays, and the status says that it is old.
      const before = readFileSync(join(log, "witnessed"), "utf8");
      writeFileSync(join(site, "witnesses.policy"), policy.replace(witness.url, "http://127.0.0.1:1"));
      const failing = yield* statusWith(state, ({ witnesses }) => witnesses?.state === "failing");
      expect(failing.witnesses?.message).toContain("no quorum; w: ");
      expect(failing.witnesses?.outcomes).toMatchObject([{ state: "unreachable" }]);
      expect(failing.witnesses?.size).not.toBeNull();
      expect(parts(readFileSync(join(log, "witnessed"), "utf8"))).toBeGreaterThanOrEqual(parts(before));

      // Turned off: nobody is asked, and nothing is said of it.
      writeFileSync(join(site, "audit.yaml"), "");
      yield* statusWith(state, ({ witnesses }) => witnesses === undefined);
      yield* Scope.close(scope, Exit.void);
    }),
  60_000,
);

it.live(
  "keeps the proof when the witness has seen another history of the log",
  () =>
    Effect.gen(function* () {
      const folder = yield* scratch;
      const state = join(folder, "state");
      const signer = yield* Effect.promise(() =>
        loadOrCreateKey(join(state, "test", "key"), "demarc.example/test"),
      );
      const witness = yield* witnessOf(join(folder, "w"), signer.verifierKey);
      const policy = `witness w ${witness.verifierKey} ${witness.url}\nquorum w\n`;
      // Another log under the same key, which the witness cosigns first.
      yield* Effect.promise(async () => {
        const dir = join(folder, "other");
        const other = await openLog({ dir, origin: "demarc.example/test", signer });
        for (let at = 0; at < 3; at += 1) await other.append(new TextEncoder().encode(`other ${at}`));
        await other.checkpoint();
        const checkpoint = readFileSync(join(dir, "checkpoint"), "utf8");
        const said = await witness.witness.answer("POST", "add-checkpoint", `old 0\n\n${checkpoint}`);
        expect(said.status).toBe(200);
        await other.close();
      });
      const site = writeSite(join(folder, "site"), { "audit.yaml": CONFIG, "witnesses.policy": policy });
      const scope = yield* start(site, state);
      const failing = yield* statusWith(state, ({ witnesses }) => (witnesses?.evidence.length ?? 0) > 0);
      expect(failing.witnesses?.state).toBe("failing");
      const evidence = JSON.parse(readFileSync(failing.witnesses?.evidence[0] ?? "", "utf8")) as Parameters<
        typeof verifyForkEvidence
      >[0];
      const key = parseVerifierKey(signer.verifierKey);
      if (!key.ok) throw new Error(key.issue.message);
      const proven = yield* Effect.promise(() => verifyForkEvidence(evidence, key.value, nodeSha256));
      expect(proven.ok).toBe(true);
      yield* Scope.close(scope, Exit.void);
    }),
  60_000,
);

const parts = (checkpoint: string): number => Number(checkpoint.split("\n")[1]);
