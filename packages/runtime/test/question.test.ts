import { decide } from "@demarc/matcher";
import { expect, it } from "@effect/vitest";
import { Effect } from "effect";
import fc from "fast-check";
import { loadSite, type Question, readQuestion } from "../src/index.ts";
import { scratch, writeSite } from "./site.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const image = Effect.gen(function* () {
  return (yield* loadSite(writeSite(yield* scratch))).image;
});
const OPERATOR = { connector: "operator-establishment", territory: "DE", confidence: 1 };

/** What the question reads as, on the small site's image. */
const read = (question: Question) => Effect.map(image, (opened) => readQuestion(opened, question, NOW));

it.effect("a name alone: now, nowhere, with the operator's establishment", () =>
  Effect.gen(function* () {
    expect(yield* read({ target: " WWW.Piracy.example. " })).toEqual({
      ok: true,
      value: { at: NOW, name: "www.piracy.example", places: [OPERATOR] },
    });
  }),
);

it.effect("places, port and labels are taken over; blank and unknown count as not given", () =>
  Effect.gen(function* () {
    const question = {
      target: "192.0.2.7",
      territory: " DE ",
      hostTerritory: "FR",
      port: 25,
      dataClasses: ["a"],
    };
    expect(yield* read(question)).toMatchObject({
      ok: true,
      value: {
        port: 25,
        dataClasses: ["a"],
        places: [
          OPERATOR,
          { connector: "subject-location", territory: "DE", confidence: 1 },
          { connector: "host-location", territory: "FR", confidence: 1 },
        ],
      },
    });
    const blank = yield* read({ target: "a.example", territory: "unknown", hostTerritory: " ", at: "" });
    expect(blank).toEqual({ ok: true, value: { at: NOW, name: "a.example", places: [OPERATOR] } });
  }),
);

it.effect.each<[Partial<Question>, string]>([
  [{ target: "not a name" }, "target"],
  [{ target: "" }, "target"],
  [{ territory: "UK" }, "territory"],
  [{ territory: "group:EU" }, "territory"],
  [{ hostTerritory: "XX" }, "hostTerritory"],
  [{ port: 0 }, "port"],
  [{ port: 65_536 }, "port"],
  [{ port: 2.5 }, "port"],
  [{ at: "yesterday" }, "at"],
  [{ at: "2026-11-24T12:00:00" }, "at"],
  [{ at: "2026-13-01" }, "at"],
  [{ at: "2026-02-30" }, "at"],
  [{ at: "2025-02-29T12:00:00Z" }, "at"],
  [{ at: "2026-04-31T00:00:00+02:00" }, "at"],
  [{ at: "2026-11-24T25:00:00Z" }, "at"],
])("%j is no question, and the field is named", ([part, field]) =>
  Effect.gen(function* () {
    const asked = yield* read({ target: "a.example", ...part });
    expect(asked).toMatchObject({ ok: false, issue: { field } });
    if (!asked.ok) expect(asked.issue.issue.message).not.toBe("");
  }),
);

it.effect("a wrong territory is told with the one that was meant", () =>
  Effect.gen(function* () {
    expect(yield* read({ target: "a.example", territory: "UK" })).toMatchObject({
      issue: { issue: { code: "question/territory", help: "did you mean GB?" } },
    });
  }),
);

it.effect.each<[string, string]>([
  ["2026-11-24", "2026-11-24T00:00:00.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  [" 2026-11-24T12:00Z ", "2026-11-24T12:00:00.000Z"],
  ["2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"],
  ["2026-12-31T23:30:00.5-01:00", "2027-01-01T00:30:00.500Z"],
])("%s is the instant %s", ([at, instant]) =>
  Effect.gen(function* () {
    const asked = yield* read({ target: "a.example", at });
    expect(asked.ok && new Date(asked.value.at).toISOString()).toBe(instant);
  }),
);

it.effect("any instant that is written out is read back", () =>
  Effect.gen(function* () {
    const opened = yield* image;
    const dates = fc.date({
      min: new Date("1970-01-01T00:00:00Z"),
      max: new Date("2999-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        const asked = readQuestion(opened, { target: "a.example", at: date.toISOString() }, NOW);
        expect(asked.ok && asked.value.at).toBe(date.getTime());
      }),
    );
  }),
);

it.effect("whatever is typed gives a question that can be decided, or a fault; it never throws", () =>
  Effect.gen(function* () {
    const opened = yield* image;
    const text = fc.string({ unit: "binary" });
    const typed: fc.Arbitrary<Question> = fc.record(
      {
        target: fc.oneof(text, fc.domain(), fc.webUrl(), fc.ipV4(), fc.ipV6()),
        territory: fc.oneof(text, fc.constantFrom("DE", "ES-CN", "")),
        hostTerritory: fc.oneof(text, fc.constantFrom("FR", "unknown")),
        at: fc.oneof(text, fc.constantFrom("2026-11-24", "2026-11-24T12:00:00Z", "")),
        dataClasses: fc.array(text, { maxLength: 2 }),
      },
      { requiredKeys: ["target"] },
    );
    fc.assert(
      fc.property(typed, (question) => {
        const asked = readQuestion(opened, question, NOW);
        if (asked.ok) decide(opened, asked.value);
        else expect(["target", "territory", "hostTerritory", "at"]).toContain(asked.issue.field);
      }),
      { numRuns: 100 },
    );
  }),
);
