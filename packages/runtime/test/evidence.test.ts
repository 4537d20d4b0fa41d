// Files of evidence: their configuration, reading them, and swapping them while the gate decides.
import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileTable } from "@demarc/jurisdiction";
import { parsePrefix } from "@demarc/net";
import { expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { TestClock } from "effect/testing";
import { type EvidenceFile, parseEvidenceConfig } from "../src/evidence-config.ts";
import { evidenceAge, loadEvidence, NO_EVIDENCE } from "../src/load-evidence.ts";
import { loadSite } from "../src/load-site.ts";
import { loadFirst, watchSite } from "../src/policy-watch.ts";
import { RecordQueue } from "../src/record-queue.ts";
import { fingerprintOf } from "../src/site-folder.ts";
import { loadHere } from "../src/site-loader.ts";
import { scratch, writeSite } from "./site.ts";

const AT = Date.parse("2026-11-24T12:00:00Z");
const ADDRESS = Uint8Array.of(9, 9, 9, 9);

it.effect("a configuration is read, and every fault of one is told with its place", () =>
  Effect.sync(() => {
    const good = {
      staleAfterDays: 30,
      view: "un",
      sources: [
        { format: "mmdb", path: "/data/country.mmdb", vendor: "V", dataDate: "2026-11-01" },
        { format: "prefixes", path: "relays.txt", caveat: "relay" },
      ],
    };
    expect(parseEvidenceConfig(good)).toEqual({ ok: true, value: good });
    const bad = parseEvidenceConfig({
      sources: [
        { format: "csv", path: "" },
        { format: "prefixes", path: "a" },
        { format: "mmdb", path: "a", caveat: "relay", dataDate: "2026-02-30", "a/b": 1 },
        "x",
      ],
      staleAfterDays: 0,
      view: "mine",
    });
    expect(bad.ok ? [] : bad.issues.map(({ code, pointer }) => `${code} ${pointer}`).toSorted()).toEqual([
      "evidence/form /sources/0/format",
      "evidence/form /sources/0/path",
      "evidence/form /sources/1/caveat",
      "evidence/form /sources/2/caveat",
      "evidence/form /sources/2/dataDate",
      "evidence/form /sources/3",
      "evidence/form /staleAfterDays",
      "evidence/form /view",
      "evidence/unknown-field /sources/2/a~1b",
    ]);
    for (const value of [null, [], "x", 1, {}, { sources: {} }])
      expect(parseEvidenceConfig(value).ok, JSON.stringify(value)).toBe(false);
  }),
);

it.effect("every format is read; a broken file costs that file only, and keeps what it said before", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const prefix = parsePrefix("9.9.0.0/16");
    if (!prefix.ok) throw new Error("prefix");
    const record = { kind: "location", territory: "AT", region: null, caveats: [] } as const;
    writeFileSync(
      join(folder, "places.table"),
      compileTable({ source: "places", dataDate: "2026-11-01", entries: [{ prefix: prefix.value, record }] }),
    );
    writeFileSync(join(folder, "feed.csv"), "9.9.0.0/16,DE,,,\nnonsense\n");
    writeFileSync(
      join(folder, "registry"),
      "2|ripencc|20261101|1|19830705|20261101|+0100\nripencc|FR|ipv4|9.0.0.0|16777216|19920101|allocated\n",
    );
    writeFileSync(join(folder, "relays"), "9.9.9.0/24\n");
    writeFileSync(
      join(folder, "plan.yaml"),
      'source: plan\ndataDate: "2026-11-01"\nclients:\n  - { prefix: 10.9.0.0/16, territory: SE }\n',
    );
    const sources: EvidenceFile[] = [
      { format: "table", path: "places.table" },
      { format: "geofeed", path: "feed.csv", name: "feed", dataDate: "2026-11-02" },
      { format: "delegated", path: "registry" },
      { format: "prefixes", path: "relays", caveat: "relay" },
      { format: "networks", path: "plan.yaml" },
      { format: "mmdb", path: "absent.mmdb" },
    ];
    const first = yield* loadEvidence({ sources }, folder, NO_EVIDENCE);
    expect(first.sources.map(({ name }) => name)).toEqual(["places.table", "feed", "registry", "relays"]);
    expect(first.maps.map(({ map }) => map.findClient(Uint8Array.of(10, 9, 0, 1))?.territory)).toEqual([
      "SE",
    ]);
    expect(first.issues.map(({ code }) => code)).toEqual(["evidence/lines", "evidence/unreadable"]);
    expect(first.sources.map(({ source }) => source.dataDate).slice(0, 3)).toEqual([
      "2026-11-01",
      "2026-11-02",
      "2026-11-01",
    ]);
    const found = first.sources.map(({ source }) => {
      const answer = source.find(ADDRESS);
      return answer.ok ? answer.value.findings.map(({ kind, territory }) => `${kind} ${territory}`) : [];
    });
    expect(found).toEqual([["location AT"], ["geofeed DE"], ["registration FR"], ["list null"]]);

    writeFileSync(join(folder, "places.table"), "broken");
    const second = yield* loadEvidence({ sources }, folder, first);
    expect(second.issues.map(({ code }) => code)).toEqual([
      "table/magic",
      "evidence/lines",
      "evidence/unreadable",
    ]);
    expect(second.sources[0]).toBe(first.sources[0]);
    // What did not change is not read again.
    expect(second.sources[1]).toBe(first.sources[1]);

    rmSync(join(folder, "places.table"));
    const third = yield* loadEvidence({ sources }, folder, second);
    expect(third.sources[0]).toBe(first.sources[0]);

    const old = evidenceAge({ ...third, config: { sources, staleAfterDays: 10 } }, AT);
    expect(old.map(({ code, message }) => [code, /`([^`]*)`/.exec(message)?.[1]])).toEqual([
      ["evidence/stale", "places"],
      ["evidence/stale", "feed"],
      ["evidence/stale", "registry"],
    ]);
  }),
);

it.effect("a changed file of evidence is in use without a new image, and named in the log", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const feed = join(folder, "feed.csv");
    writeFileSync(feed, "9.9.0.0/16,DE,,,\n");
    const site = writeSite(join(folder, "site"), {
      "evidence.yaml": `sources:\n  - { format: geofeed, path: ${feed}, name: feed, dataDate: "2026-11-20" }\n`,
    });
    const options = { app: "test", site, directory: join(folder, "state"), evidence: [], load: loadHere };
    const queue = new RecordQueue();
    const since = fingerprintOf(site);
    const cell = yield* loadFirst(options, queue);
    yield* watchSite(cell, options, queue, since);
    const place = () =>
      cell.current.resolver
        .placesOf(ADDRESS, null, AT)
        .filter(({ connector }) => connector === "subject-location")
        .map(({ territory }) => territory);
    const looks = (count: number) => TestClock.adjust(count * 300);
    const activations = () => queue.peek(99).filter(({ kind }) => kind === "activation").length;
    yield* looks(3);
    expect(place()).toEqual(["DE"]);
    const { image, data } = cell.current;
    expect(activations()).toBe(1);

    writeFileSync(feed, "9.9.0.0/16,FR,,,\n");
    utimesSync(feed, 1, 1);
    yield* looks(3);
    expect(place()).toEqual(["FR"]);
    expect(cell.current.image).toBe(image);
    expect(cell.current.data).not.toBe(data);
    expect(activations()).toBe(2);

    rmSync(feed);
    yield* looks(3);
    expect(place()).toEqual(["FR"]);
    expect(cell.current.evidence.issues.map(({ code }) => code)).toEqual(["evidence/unreadable"]);
    writeFileSync(feed, "9.9.0.0/16,SE,,,\n");
    yield* looks(3);
    expect(place()).toEqual(["SE"]);
    expect(cell.current.evidence.issues).toEqual([]);
  }),
);

it.effect("a site whose evidence.yaml is none is refused, with the line", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const site = writeSite(join(folder, "site"), {
      "evidence.yaml": "sources:\n  - { format: mmdb, pth: x }\n",
    });
    const refused = yield* Effect.flip(loadSite(site));
    expect(refused.issues.map(({ code, line }) => [code, line])).toEqual(
      expect.arrayContaining([
        ["evidence/unknown-field", 2],
        ["evidence/form", 2],
      ]),
    );
  }),
);
