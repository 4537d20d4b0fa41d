import { readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeEntry } from "@demarc/audit";
import { expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { TestClock } from "effect/testing";
import fc from "fast-check";
import { DecisionCounts } from "../src/decision-counts.ts";
import { readLastGood } from "../src/last-good.ts";
import { makeGate } from "../src/make-gate.ts";
import { loadFirst, reload, watchSite } from "../src/policy-watch.ts";
import { RecordQueue } from "../src/record-queue.ts";
import { fingerprintOf } from "../src/site-folder.ts";
import { loadHere } from "../src/site-loader.ts";
import { BLOCK, CLIENT, policyText, scratch, writeSite } from "./site.ts";

const AT = Date.parse("2026-11-24T12:00:00Z");
const POLICY = "policies/rules.yaml";
const BROKEN = policyText(BLOCK).replace("status:", "stauts:");
const MOVED = policyText({ ...BLOCK, selector: "{ type: domain, value: moved.example, match: subdomains }" });

/** A site and a state directory, and what asks the cell. */
const rig = Effect.gen(function* () {
  const folder = yield* scratch;
  const site = writeSite(join(folder, "site"));
  const options = { app: "test", site, directory: join(folder, "state"), evidence: [], load: loadHere };
  const queue = new RecordQueue();
  const write = (text: string) => writeSite(site, { [POLICY]: text });
  const start = Effect.suspend(() => loadFirst(options, queue));
  const kinds = () =>
    queue.peek(99).map((record) => (record.kind === "entry" ? record.entry.type : record.kind));
  return { site, options, queue, write, start, kinds };
});
type Cell = Effect.Success<ReturnType<typeof loadFirst>>;

const verdict = (cell: Cell, name: string, at: number = AT) =>
  makeGate({
    cell,
    counts: new DecisionCounts(),
    queue: new RecordQueue(),
    now: () => at,
    serial: { run: "b", last: 0 },
  }).decide({
    name,
    client: CLIENT,
  }).verdict;
const looks = (count: number) => TestClock.adjust(count * 300);

it.effect("a change is swapped in once two looks agree, and noted for the log", () =>
  Effect.gen(function* () {
    const { write, start, options, queue, kinds } = yield* rig;
    const since = fingerprintOf(options.site);
    const cell = yield* start;
    yield* watchSite(cell, options, queue, since);
    const before = cell.current;
    yield* looks(4);
    expect(cell.current).toBe(before);
    write(MOVED);
    yield* looks(1);
    expect(cell.current).toBe(before);
    yield* looks(1);
    expect(cell.current.image.digest).not.toBe(before.image.digest);
    expect([verdict(cell, "piracy.example"), verdict(cell, "moved.example")]).toEqual(["pass", "refuse"]);
    expect(kinds()).toEqual(["activation", "activation"]);
    yield* looks(4);
    expect(kinds().length).toBe(2);
  }),
);

it.effect("a broken site is refused: the old gate stays, the status tells, mending it heals", () =>
  Effect.gen(function* () {
    const { write, start, options, queue, kinds } = yield* rig;
    const cell = yield* start;
    yield* watchSite(cell, options, queue, fingerprintOf(options.site));
    const before = cell.current;
    write(BROKEN);
    yield* looks(2);
    expect(cell.current).toBe(before);
    expect(verdict(cell, "piracy.example")).toBe("refuse");
    expect(cell.refused?.issues).toContainEqual(
      expect.objectContaining({ code: "policy/unknown-field", file: POLICY }),
    );
    yield* looks(3);
    expect(kinds()).toEqual(["activation", "policy.refused"]);
    write(MOVED);
    yield* looks(2);
    expect(cell.refused).toBeNull();
    expect(verdict(cell, "moved.example")).toBe("refuse");
  }),
);

it.effect("a change between loading and watching is seen", () =>
  Effect.gen(function* () {
    const { write, start, options, queue } = yield* rig;
    const since = fingerprintOf(options.site);
    const cell = yield* start;
    write(MOVED);
    yield* watchSite(cell, options, queue, since);
    yield* looks(2);
    expect(verdict(cell, "moved.example")).toBe("refuse");
  }),
);

it.effect("a site that is gone changes nothing", () =>
  Effect.gen(function* () {
    const { site, write, start, options, queue } = yield* rig;
    const cell = yield* start;
    yield* watchSite(cell, options, queue, fingerprintOf(site));
    rmSync(site, { recursive: true });
    yield* looks(3);
    expect(verdict(cell, "piracy.example")).toBe("refuse");
    expect(cell.refused).toBeNull();
    writeSite(site);
    write(MOVED);
    yield* looks(3);
    expect(verdict(cell, "moved.example")).toBe("refuse");
  }),
);

it.effect("a start with a broken site goes on with the last good one, and its rules end on time", () =>
  Effect.gen(function* () {
    const { write, start, kinds } = yield* rig;
    write(policyText({ ...BLOCK, expires: "2027-01-01T00:00:00Z" }));
    const first = yield* start;
    write(BROKEN);
    const cell = yield* start;
    expect(cell.current.image.digest).toBe(first.current.image.digest);
    expect(cell.current.object).toBe(first.current.object);
    expect(cell.refused?.issues.length).toBeGreaterThan(0);
    expect(verdict(cell, "piracy.example")).toBe("refuse");
    expect(verdict(cell, "piracy.example", Date.parse("2026-12-31T23:59:59.999Z"))).toBe("refuse");
    expect(verdict(cell, "piracy.example", Date.parse("2027-01-01T00:00:00Z"))).toBe("pass");
    expect(kinds()).toEqual(["activation", "policy.refused", "activation"]);
  }),
);

it.effect("a start with a broken site and no last good one is refused", () =>
  Effect.gen(function* () {
    const { write, start, queue } = yield* rig;
    write(BROKEN);
    expect((yield* Effect.flip(start))._tag).toBe("SiteRefused");
    expect(queue.waiting).toBe(0);
  }),
);

it.effect("a last good image that is cut or changed anywhere is none, and never throws", () =>
  Effect.gen(function* () {
    const { options, start, write } = yield* rig;
    yield* start;
    const file = join(options.directory, "last-good", "image");
    const whole = new Uint8Array(readFileSync(file));
    expect(readLastGood(options.directory)?.image.digest).toBeTypeOf("string");
    const damaged = (bytes: Uint8Array) => {
      writeFileSync(file, bytes);
      return readLastGood(options.directory) === null;
    };
    fc.assert(fc.property(fc.nat(whole.length - 1), (length) => damaged(whole.subarray(0, length))));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) =>
        damaged(whole.map((byte, index) => (index === at ? byte ^ flip : byte))),
      ),
    );
    writeFileSync(file, whole.subarray(0, whole.length >> 1));
    write(BROKEN);
    expect((yield* Effect.flip(start))._tag).toBe("SiteRefused");
  }),
);

it.effect("a state directory that can not be written costs the last good copy only", () =>
  Effect.gen(function* () {
    const { options, queue } = yield* rig;
    writeFileSync(options.directory, "a file where the directory should be");
    const cell = yield* loadFirst(options, queue);
    expect(verdict(cell, "piracy.example")).toBe("refuse");
    yield* reload(cell, options, queue);
    expect(cell.refused).toBeNull();
  }),
);

it.effect("what is noted of a refusal fits the log, however long and odd the fault", () =>
  Effect.gen(function* () {
    const { write, start, options, queue } = yield* rig;
    const cell = yield* start;
    // Half a character at the cut, either way; and more bytes than one entry takes.
    const targets = ["😀".repeat(900), `a${"😀".repeat(900)}`, "漢".repeat(900)];
    for (const target of targets) {
      const tests = `{ at: 2026-06-01T00:00:00Z, where: DE, target: "${target}", expect: block }`;
      write(policyText(...Array.from({ length: 66 }, (_, index) => ({ ...BLOCK, id: `r${index}`, tests }))));
      yield* reload(cell, options, queue);
    }
    const entries = queue.peek(99).flatMap((record) => (record.kind === "entry" ? [record.entry] : []));
    expect(entries.length).toBe(targets.length);
    for (const entry of entries) expect(encodeEntry(entry)).toMatchObject({ ok: true });
  }),
);

it("a fingerprint changes with every kind of change, and not without one", () =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const { site } = yield* rig;
        const outside = join(yield* scratch, "target.txt");
        writeFileSync(outside, "one");
        const link = join(site, "lists", "link.txt");
        const changes: readonly (() => void)[] = [
          () => writeFileSync(join(site, "lists", "names.txt"), "other"),
          () => utimesSync(join(site, "networks.yaml"), 1, 1),
          () => writeFileSync(join(site, "lists", "new.txt"), ""),
          () => rmSync(join(site, "lists", "new.txt")),
          () => symlinkSync(outside, link),
          () => writeFileSync(outside, "a longer text"),
          () => rmSync(outside),
        ];
        for (const [index, change] of changes.entries()) {
          const before = fingerprintOf(site);
          expect(fingerprintOf(site)).toBe(before);
          change();
          expect(fingerprintOf(site), `change ${index}`).not.toBe(before);
        }
        expect(fingerprintOf(site)).not.toBe("");
        expect(fingerprintOf(join(site, "no-such-folder"))).toBe("");
      }),
    ),
  ));
