// Dated cases as data, each a whole civil day: asked at its first, middle and last moment in the territory's legal time.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { zoneOf } from "../scripts/data-files.ts";
import { readLocal } from "../scripts/local-time.ts";
import { administratorOf, membershipOf, sovereignOf, standing } from "../src/index.ts";

interface Case {
  readonly question: string;
  readonly territory: string;
  readonly date: string;
  readonly expect: string;
  readonly why: string;
  readonly source: string;
}

const HOUR_MS = 3_600_000;
const cases = JSON.parse(
  readFileSync(new URL("vectors/dated-cases.json", import.meta.url), "utf8"),
) as readonly Case[];

/** A state's code, `ambiguous`, a regime, or where the group has none `inside` and `outside`. */
function answer({ question, territory }: Case, at: number): string {
  if (question === "sovereign") return sovereignOf(territory, at) ?? "none";
  if (question === "administrator") return administratorOf(territory, at) ?? "none";
  const group = `group:${question}`;
  const where = standing(group, territory, at);
  return where === "ambiguous" ? where : (membershipOf(group, territory, at)?.regime ?? where);
}

test("there are many, and each says why and by which source", () => {
  expect(cases.length).toBeGreaterThan(600);
  for (const each of cases) expect(each.why !== "" && each.source !== "", JSON.stringify(each)).toBe(true);
});

// Decisions on adequacy are of the Union, and dated in Brussels.
const zoneOfCase = ({ question, territory }: Case): string =>
  question === "GDPR-adequacy" ? "Europe/Brussels" : zoneOf(territory);

test.each(cases.map((each) => [each.question, each.territory, each.date, each] as const))(
  "%s: %s on %s",
  (_question, _territory, date, each) => {
    const start = readLocal(date, zoneOfCase(each)).at;
    expect(answer(each, start)).toBe(each.expect);
    expect(answer(each, start + 12 * HOUR_MS)).toBe(each.expect);
    // No day is shorter than 23 hours.
    expect(answer(each, start + 23 * HOUR_MS - 1)).toBe(each.expect);
  },
);
