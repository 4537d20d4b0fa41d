// The general policy engines that npm has, each with rules of three conditions: a name, a territory, an instant.
import type { Contender } from "./compare.ts";
import { loadPeer } from "./engines.ts";
import { TERRITORIES } from "./rule-input.ts";

interface Casbin {
  newModelFromString(text: string): unknown;
  readonly StringAdapter: new (text: string) => unknown;
  newEnforcer(
    model: unknown,
    adapter: unknown,
  ): Promise<{ enforceSync(...values: readonly string[]): boolean }>;
}
interface Cedar {
  preparsePolicySet(id: string, policies: object): { type: string };
  statefulIsAuthorized(call: object): { type: string; response?: { decision: string } };
}
interface Rules {
  readonly Engine: new () => {
    addRule(rule: object): void;
    run(facts: object): Promise<{ events: readonly unknown[] }>;
  };
}

const territoryOf = (index: number): string => TERRITORIES[index % TERRITORIES.length] ?? "DE";

export async function casbinOf(count: number): Promise<Contender> {
  const casbin = await loadPeer<Casbin>("casbin");
  const model = casbin.newModelFromString(
    "[request_definition]\nr = name, territory\n[policy_definition]\np = name, territory\n" +
      "[policy_effect]\ne = some(where (p.eft == allow))\n[matchers]\nm = r.name == p.name && r.territory == p.territory\n",
  );
  const lines = Array.from(
    { length: count },
    (_, index) => `p, host-${index}.example, ${territoryOf(index)}`,
  );
  const enforcer = await casbin.newEnforcer(model, new casbin.StringAdapter(lines.join("\n")));
  return {
    name: "casbin",
    ask: (name) => enforcer.enforceSync(name, territoryOf(Number(name.slice(5, -8)))),
  };
}

export async function cedarOf(count: number): Promise<Contender> {
  const cedar = await loadPeer<Cedar>("@cedar-policy/cedar-wasm/nodejs");
  const staticPolicies = Array.from(
    { length: count },
    (_, index) =>
      `permit(principal, action, resource) when { context.name == "host-${index}.example" && context.territory == "${territoryOf(index)}" };`,
  ).join("\n");
  const parsed = cedar.preparsePolicySet(`bench-${count}`, { staticPolicies });
  if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
  const someone = { type: "Subject", id: "any" };
  return {
    name: "cedar-wasm",
    ask: (name) => {
      const context = { name, territory: territoryOf(Number(name.slice(5, -8))) };
      const answer = cedar.statefulIsAuthorized({
        principal: someone,
        action: { type: "Action", id: "reach" },
        resource: someone,
        context,
        preparsedPolicySetId: `bench-${count}`,
        entities: [],
      });
      return answer.response?.decision === "allow";
    },
  };
}

/** Answers with a promise, so it is measured by itself: nanoseconds of processor time per question. */
export async function rulesEngineCost(count: number, names: readonly string[]): Promise<number> {
  const { Engine } = await loadPeer<Rules>("json-rules-engine");
  const engine = new Engine();
  for (let index = 0; index < count; index += 1)
    engine.addRule({
      conditions: {
        all: [
          { fact: "name", operator: "equal", value: `host-${index}.example` },
          { fact: "territory", operator: "equal", value: territoryOf(index) },
        ],
      },
      event: { type: "match" },
    });
  const start = process.cpuUsage().user;
  let found = 0;
  for (const name of names) {
    const { events } = await engine.run({ name, territory: territoryOf(Number(name.slice(5, -8))) });
    found += events.length;
  }
  if (found !== names.length) throw new Error("json-rules-engine misses rules; the measurement is void");
  return ((process.cpuUsage().user - start) * 1000) / names.length;
}
