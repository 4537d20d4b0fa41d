import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decide } from "@demarc/matcher";
import { expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { loadSite, type SiteIssue } from "../src/index.ts";
import { readSiteFile } from "../src/site-folder.ts";
import {
  BLOCK,
  digest,
  LIST,
  listRule,
  policyText,
  type RuleText,
  type SiteFiles,
  scratch,
  writeSite,
} from "./site.ts";

const AT = Date.parse("2026-11-24T12:00:00Z");
const PLACES = [{ connector: "subject-location", territory: "DE", confidence: 1 }] as const;

const load = Effect.fnUntraced(function* (files: SiteFiles = {}) {
  const folder = yield* scratch;
  return yield* loadSite(writeSite(folder, files));
});

/** The issues that a site is refused with. */
const refusal = (files: SiteFiles) =>
  load(files).pipe(
    Effect.flip,
    Effect.map((refused) => refused.issues),
  );
const rules = (...written: readonly RuleText[]): SiteFiles => ({
  "policies/rules.yaml": policyText(...written),
});
const errorsOf = (issues: readonly SiteIssue[]) => issues.filter((issue) => issue.severity === "error");

it.effect("a sound site loads without a word, and decides", () =>
  Effect.gen(function* () {
    const site = yield* load();
    expect(site.issues).toEqual([]);
    const effect = (name: string) => decide(site.image, { at: AT, name, places: PLACES }).rule?.id ?? null;
    expect(["www.piracy.example", "one.listed.example", "free.example"].map(effect)).toEqual([
      "court",
      "listed",
      null,
    ]);
    expect([...site.sources.keys()]).toEqual(["policy-set.yaml", "policies/rules.yaml"]);
  }),
);

it.effect.each<[string, SiteFiles, Partial<SiteIssue>]>([
  ["no set", { "policy-set.yaml": null }, { code: "site/unreadable" }],
  [
    "a set that is a policy",
    { "policy-set.yaml": policyText(BLOCK) },
    { code: "site/kind", file: "policy-set.yaml", line: 1 },
  ],
  ["no policy", { "policies/rules.yaml": null }, { code: "site/unreadable", file: "policies/rules.yaml" }],
  ["an empty set", { "policy-set.yaml": "" }, { file: "policy-set.yaml" }],
  [
    "broken YAML",
    { "policies/rules.yaml": "rules: [" },
    { code: "policy/syntax", file: "policies/rules.yaml" },
  ],
  [
    "an unknown field",
    { "policies/rules.yaml": policyText(BLOCK).replace("status:", "stauts:") },
    { code: "policy/unknown-field", line: 10, help: "did you mean `status`?" },
  ],
  ["an unknown territory", rules({ ...BLOCK, territory: "UK" }), { code: "policy/unknown-territory" }],
  ["a missing law", rules({ ...BLOCK, law: "" }), { code: "policy/missing-law", line: 8 }],
  [
    "a failing golden test",
    rules({
      ...BLOCK,
      tests: "{ at: 2026-06-01T00:00:00Z, where: FR, target: piracy.example, expect: block }",
    }),
    { code: "site/golden-test", file: "policies/rules.yaml" },
  ],
  [
    "networks that are no networks",
    {
      "networks.yaml":
        'source: s\ndataDate: "2026-01-01"\nclients:\n  - { prefix: 192.0.2.1/24, territory: DE }\n',
    },
    { file: "networks.yaml", line: 4 },
  ],
])("%s refuses the site and says where", ([, files, expected]) =>
  Effect.gen(function* () {
    const errors = errorsOf(yield* refusal(files));
    expect(errors).toContainEqual(expect.objectContaining({ severity: "error", ...expected }));
    for (const { message } of errors) expect(message).not.toBe("");
  }),
);

it.effect("every fault of every file is told at once", () =>
  Effect.gen(function* () {
    const issues = yield* refusal({ ...rules({ ...BLOCK, law: "" }), "networks.yaml": "source: [" });
    expect(new Set(errorsOf(issues).map((issue) => issue.file))).toEqual(
      new Set(["policies/rules.yaml", "networks.yaml"]),
    );
  }),
);

it.effect("the message of a refusal lists errors with places", () =>
  Effect.gen(function* () {
    const refused = yield* Effect.flip(load(rules({ ...BLOCK, territory: "UK" })));
    expect(refused.message).toMatch(/\n {2}policies\/rules\.yaml:\d+:\d+: .*\(policy\/unknown-territory\)/);
  }),
);

it.effect("a rule that has ended is a warning, and does not decide", () =>
  Effect.gen(function* () {
    const site = yield* load(rules({ ...BLOCK, expires: "2021-01-01T00:00:00Z" }));
    expect(errorsOf(site.issues)).toEqual([]);
    expect(decide(site.image, { at: AT, name: "piracy.example", places: PLACES }).rule).toBeNull();
  }),
);

const LISTED = "{ at: 2026-06-01T00:00:00Z, where: DE, target: one.listed.example, expect: block }";

it.effect.each<[string, SiteFiles, string]>([
  ["missing", { "lists/names.txt": null }, "compiler/list-missing"],
  ["another one than its digest says", { "lists/names.txt": `${LIST}x.example\n` }, "compiler/list-digest"],
  [
    "missing, though a golden test asks for it,",
    { "lists/names.txt": null, ...rules(BLOCK, { ...listRule(), tests: LISTED }) },
    "site/golden-test",
  ],
])("a list that is %s costs that list only, and is told", ([, files, code]) =>
  Effect.gen(function* () {
    const site = yield* load(files);
    expect(errorsOf(site.issues)).toEqual([]);
    expect(site.issues).toContainEqual(expect.objectContaining({ code, severity: "warning" }));
    const rule = (name: string) => decide(site.image, { at: AT, name, places: PLACES }).rule?.id;
    expect(rule("one.listed.example")).toBeUndefined();
    expect(rule("piracy.example")).toBe("court");
  }),
);

it.effect("a rule without its list must still not match what its golden tests say it does not", () =>
  Effect.gen(function* () {
    const selector = `${listRule().selector}, ${BLOCK.selector}`;
    const tests = "{ at: 2026-06-01T00:00:00Z, where: DE, target: piracy.example, expect: no-match }";
    const issues = yield* refusal({
      "lists/names.txt": null,
      ...rules({ ...listRule(), selector, tests }),
    });
    expect(errorsOf(issues)).toMatchObject([{ code: "site/golden-test" }]);
  }),
);

it.effect("a list with garbage lines loads without them, and they are counted", () =>
  Effect.gen(function* () {
    const list = `one.listed.example\n\u0000\u0001 garbage !!\ntwo.listed.example\n-bad-.example..\n`;
    const site = yield* load({ ...rules(BLOCK, listRule(digest(list))), "lists/names.txt": list });
    expect(site.issues).toMatchObject([
      { code: "compiler/list-lines", severity: "warning", message: expect.stringMatching(/^2 of 4 lines/) },
    ]);
    const rule = (name: string) => decide(site.image, { at: AT, name, places: PLACES }).rule?.id;
    expect(["one.listed.example", "two.listed.example"].map(rule)).toEqual(["listed", "listed"]);
  }),
);

it.effect.each<[string, string]>([
  ["above it", "../outside.yaml"],
  ["above it, though nothing is there", "../nothing.txt"],
  ["above it by a detour", "policies/../../outside.yaml"],
  ["in it, through a link that leads out", "policies/link.yaml"],
])("a list %s is not read", ([, path]) =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const site = writeSite(join(folder, "site"));
    writeFileSync(join(folder, "outside.yaml"), LIST);
    symlinkSync(join(folder, "outside.yaml"), join(site, "policies", "link.yaml"));
    const read = yield* Effect.flip(readSiteFile(site, path));
    expect(read).toMatchObject({ code: "site/outside", file: path });
    expect((yield* readSiteFile(site, "policies/../lists/names.txt")).length).toBe(LIST.length);
  }),
);

it.effect("a pipe in the folder is not read: nobody may ever write to it", () =>
  Effect.gen(function* () {
    const site = writeSite(join(yield* scratch, "site"));
    execFileSync("mkfifo", [join(site, "lists", "pipe.txt")]);
    const read = yield* Effect.flip(readSiteFile(site, "lists/pipe.txt"));
    expect(read).toMatchObject({ code: "site/unreadable", file: "lists/pipe.txt" });
    expect(read.message).toContain("is no file");
  }),
);

it.effect("a policy that the set looks for outside refuses the site", () =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const site = writeSite(join(folder, "site"), rules());
    rmSync(join(site, "policies"), { recursive: true });
    writeSite(join(folder, "elsewhere"));
    symlinkSync(join(folder, "elsewhere", "policies"), join(site, "policies"));
    const refused = yield* Effect.flip(loadSite(site));
    expect(refused.issues).toMatchObject([{ code: "site/outside", file: "policies/rules.yaml" }]);
  }),
);
