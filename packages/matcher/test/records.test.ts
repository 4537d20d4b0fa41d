// What an image tells about rules is what was written, whichever form it has inside.
import { expect, test } from "vitest";
import { encodeImage, type RulePart } from "../src/format.ts";
import { decide, openImage, type PolicyImage, type RuleRecord } from "../src/index.ts";
import { parts, requests, rulePart } from "./support/parts.ts";

function opened(bytes: Uint8Array): PolicyImage {
  const image = openImage(bytes);
  if (!image.ok) throw new Error(image.issue.message);
  return image.value;
}

const citation = {
  scheme: "docket",
  id: "14 O 100/25",
  pinpoint: ["art_8/par_3", "art_9"],
  title: "Ürteil",
  court: "Landgericht",
  date: "2026-01-15",
  sha256: "ab".repeat(32),
  jurisdiction: "DE",
};
const party = {
  name: "Court",
  type: "court",
  jurisdiction: "DE",
  contact: "court@court.example",
  url: "https://court.example/",
};
const full: Omit<RuleRecord, "index"> = {
  id: "full",
  title: { de: "Alles", en: "Everything", __proto__: null } as unknown as Record<string, string>,
  status: "lapsed",
  history: [
    { state: "stayed", from: "2026-02-01T01:00:00+01:00", citations: [citation], note: "Stayed." },
    { state: "lapsed", from: "2026-03-01T00:00:00Z" },
  ],
  category: "test",
  effect: {
    action: "route",
    notice: {
      http: 451,
      ede: 16,
      page: "https://isp.example/page",
      secrecy: { citation, until: "2027-01-01T00:00:00Z" },
    },
    egress: ["DE", "group:EU"],
    onFailure: "allow",
  },
  scope: {
    territories: ["DE", "ES-CN"],
    except: ["x-de-harbour"],
    connectors: ["host-location", "nationality", "subject-location"],
    minConfidence: 0.123_456_789,
    whenUnknown: "apply",
  },
  schedule: {
    zone: "Europe/Berlin",
    windows: [{ days: ["mon", "sun"], from: "08:05", to: "24:00" }],
  },
  legalBasis: {
    kind: "court-order",
    discretion: "voluntary",
    citations: [citation, { scheme: "eli", id: "http://data.europa.eu/eli/reg/2016/679/oj" }],
    authority: party,
    issued: "2026-01-15",
  },
  effective: "2026-01-01T00:00:00.5+01:00",
  expires: "2027-01-01T00:00:00Z",
  reviewBy: "2026-07-01T00:00:00Z",
  justification: { assessment: "done", aim: "test" },
  remedy: { url: "https://court.example/appeal", body: "Court" },
  overrides: ["another", "of no rule"],
  policy: {
    id: "https://policies.example/p",
    version: "1.2.3",
    digest: "cd".repeat(32),
    publisher: party,
    language: "de-AT",
  },
  layer: "law",
  layerIndex: 0,
};
const item = (code: string) => ({ code, isGroup: code.startsWith("group:") });
const everything: RulePart = {
  record: full,
  effective: Date.parse(full.effective),
  expires: Date.parse(full.expires ?? ""),
  overrides: [],
  territories: full.scope.territories.map(item),
  except: (full.scope.except ?? []).map(item),
  egress: (full.effect.egress ?? []).map(item),
  states: full.history?.map(({ state, from }) => ({ state, from: Date.parse(from) })),
  schedule: 0,
};
const gated = rulePart("gated", "gate");
const gate: RulePart = {
  ...gated,
  record: { ...gated.record, effect: { action: "gate", condition: "age", minimumAge: 18 } },
};
const schedules = [{ windows: full.schedule?.windows ?? [], offsets: [{ from: 0, seconds: -3600 }] }];
const image = opened(
  encodeImage({
    ...parts,
    rules: [everything, gate, ...parts.rules.slice(2)],
    schedules: [...schedules, ...parts.schedules],
  }).bytes,
);

test("a record with everything in it, and the set", () => {
  expect(image.rules[0]).toEqual({ ...full, index: 0, title: { de: "Alles", en: "Everything" } });
  expect(image.rules[1]?.effect).toEqual({ action: "gate", condition: "age", minimumAge: 18 });
  expect(image.set).toEqual(parts.set);
  expect(image.ruleCount).toBe(image.rules.length);
});

test("what is absent is absent", () => {
  const { record } = rulePart("a", "block");
  const [rule] = opened(encodeImage(parts).bytes).rules;
  // The part says what the record of the fixture leaves out.
  expect(rule).toStrictEqual({ ...record, index: 0, scope: { ...record.scope, except: ["x-de-harbour"] } });
});

test("all of it is frozen, and what rules share is one object", () => {
  const waiting: unknown[] = [image.rules, image.set];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (typeof each !== "object" || each === null) continue;
    expect(Object.isFrozen(each)).toBe(true);
    waiting.push(...Object.values(each));
  }
  expect(image.rules[2]?.policy).toBe(image.rules[1]?.policy);
});

test("decisions and the list of rules have the same records, whoever asks first", () => {
  const other = opened(encodeImage(parts).bytes);
  for (const request of requests) {
    const { rule, observed } = decide(other, request);
    for (const record of rule === null ? observed : [rule, ...observed])
      expect(other.rules[record.index]).toBe(record);
  }
});
