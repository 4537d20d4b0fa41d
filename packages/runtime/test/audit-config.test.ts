import { join } from "node:path";
import { expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { parseAuditConfig } from "../src/audit-config.ts";
import { loadSite } from "../src/index.ts";
import { scratch, writeSite } from "./site.ts";

it.each([
  ["a text", "text", [""]],
  ["an address of a client", { clients: "address" }, ["/clients"]],
  ["what can not be sealed", { seal: ["port"] }, ["/seal"]],
  ["a field twice", { seal: ["name", "name"] }, ["/seal"]],
  ["a misspelt field", { witness: {} }, ["/witness"]],
  ["no days", { keepDays: 0, epochDays: 1.5 }, ["/epochDays", "/keepDays"]],
  [
    "witnesses without a policy",
    { witnesses: { everySeconds: 0 } },
    ["/witnesses/policy", "/witnesses/everySeconds"],
  ],
  ["a release by names", { releases: { every: "day", dimensions: ["name"] } }, ["/releases/dimensions"]],
  [
    "a release of nothing",
    { releases: { every: "week", dimensions: [] } },
    ["/releases/every", "/releases/dimensions"],
  ],
  [
    "noise without its parameters",
    { releases: { every: "day", dimensions: ["rule"], noise: { mechanism: "discrete-laplace" } } },
    ["/releases/noise/epsilon", "/releases/noise/sensitivity"],
  ],
  [
    "noise of another kind",
    { releases: { every: "day", dimensions: ["rule"], noise: "much" } },
    ["/releases/noise"],
  ],
  ["names as true", { allowedNames: true }, ["/allowedNames"]],
])("refuses %s", (_, value, pointers) => {
  const read = parseAuditConfig(value);
  expect(read.ok ? [] : read.issues.map(({ pointer }) => pointer)).toEqual(pointers);
});

it("takes a whole file, and one that says nothing", () => {
  expect(parseAuditConfig(null)).toEqual({ ok: true, value: {} });
  const whole = {
    clients: "pseudonym",
    seal: ["name", "address", "url"],
    epochDays: 7,
    keepDays: 90,
    witnesses: { policy: "witnesses.policy", everySeconds: 60, timeoutMs: 5000 },
    releases: {
      every: "day",
      dimensions: ["rule", "territory"],
      threshold: 20,
      noise: { mechanism: "discrete-laplace", epsilon: 0.5, sensitivity: 4 },
    },
    allowedNames: { keepDays: 3 },
  };
  expect(parseAuditConfig(whole)).toEqual({ ok: true, value: whole });
});

it.effect.each([
  ["clients: none\nseal: [port]\n", null, "audit.yaml:2:7: a list of name, address, url is expected"],
  ["witnesses: { policy: w.policy }\n", null, "w.policy: `w.policy` can not be read"],
  ["witnesses: { policy: ../w.policy }\n", null, "leads out of the site's folder"],
  ["witnesses: { policy: w.policy }\n", "# none\n\nwitness w\n", "w.policy:3:1: a witness has a name"],
  ["witnesses: { policy: w.policy }\n", "quorum none\n", "w.policy:1:1: the policy has no witness"],
] as const)("tells with the site's faults what is wrong with %j", ([audit, policy, message]) =>
  Effect.gen(function* () {
    const folder = yield* scratch;
    const site = writeSite(join(folder, "site"), { "audit.yaml": audit, "w.policy": policy });
    const refused = yield* Effect.flip(loadSite(site));
    expect(refused.message).toContain(message);
  }),
);
