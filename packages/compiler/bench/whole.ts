// A whole decision (name, address, territory, instant, three layers) beside the lookup of a name alone in one list.
// Run after a build: `npm run bench -- compiler/bench/whole`. A number as argument asks for so many names and prefixes.
import { createHash } from "node:crypto";
import { type CompileInput, compile } from "@demarc/compiler";
import { decide, openImage, type PolicyImage, type Request } from "@demarc/matcher";
import { beside, type Contender, compare, format, row } from "./support/compare.ts";
import { listInput, ruleInput } from "./support/list-input.ts";
import { generator } from "./support/random.ts";
import { sampleNames, sampleQueries } from "./support/sample-names.ts";

const COUNT = Number(process.argv[2] ?? 100_000);
const { names } = sampleNames(COUNT);
const below = generator(29);
const prefixes = Array.from({ length: COUNT }, () => `${1 + below(223)}.${below(256)}.${below(256)}.0/24`);

function open(input: CompileInput): PolicyImage {
  const compiled = compile(input);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  const opened = openImage(compiled.image);
  if (!opened.ok) throw new Error(opened.issue.message);
  return opened.value;
}

// Each layer has a rule about the names and one about the prefixes; each rule holds from a date on, in the European Union.
function threeLayers(): CompileInput {
  const lists = [
    { ref: "names", format: "domains", bytes: new TextEncoder().encode(`${names.join("\n")}\n`) },
    { ref: "prefixes", format: "cidr", bytes: new TextEncoder().encode(`${prefixes.join("\n")}\n`) },
  ] as const;
  const base = ruleInput([], lists);
  const [policy] = base.policies;
  const [rule] = policy?.document.rules ?? [];
  if (policy === undefined || rule === undefined) throw new Error("the base has no rule");
  const rules = lists.map(({ ref, format, bytes }) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { ...rule, id: ref, selectors: [{ type: "list", ref, sha256, format } as const] };
  });
  const paths = ["court", "regulator", "operator"];
  return {
    ...base,
    set: {
      ...base.set,
      document: { ...base.set.document, layers: paths.map((path) => ({ id: path, policies: [path] })) },
    },
    policies: paths.map((path) => ({
      ...policy,
      path,
      document: {
        ...policy.document,
        id: `https://isp.example/${path}`,
        rules: rules.map((each) => ({ ...each, id: `${each.id}-${path}` })),
      },
    })),
  };
}

const at = Date.parse("2026-06-01T00:00:00Z");
const places: Request["places"] = [{ connector: "subject-location", territory: "DE", confidence: 1 }];
const alone = open(listInput(names));
const nameAlone: { at: number; name: string; places: Request["places"] } = { at, name: "", places };
const whole = open(threeLayers());
const everything: typeof nameAlone & { address: Uint8Array | undefined } = {
  ...nameAlone,
  address: undefined,
};
// Half of them in a prefix.
const addresses = Array.from({ length: 1024 }, (_, index) => {
  const text = prefixes[below(prefixes.length)] ?? "";
  const address = Uint8Array.from(text.slice(0, text.indexOf("/")).split("."), Number);
  address[3] = below(256);
  return index % 2 === 0 ? address : address.map(() => below(256));
});
const contenders: readonly Contender[] = [
  {
    name: "a name in one list",
    ask: (name) => {
      nameAlone.name = name;
      return decide(alone, nameAlone).verdict === "refuse";
    },
  },
  {
    name: "name, address, place, three layers",
    ask: (name) => {
      everything.name = name;
      everything.address =
        addresses[(name.charCodeAt(0) * 31 + name.charCodeAt(1) * 7 + name.length) & 1023] ?? addresses[0];
      return decide(whole, everything).verdict === "refuse";
    },
  },
];
console.log(`${COUNT.toLocaleString("en")} names and as many prefixes`);
for (const [what, hits] of [
  ["half of the names listed", 0.5],
  ["none of the names listed", 0],
] as const) {
  const measured = compare(contenders, sampleQueries(names, 200_000, { hits, skew: 0 }), 9);
  console.log(`\n${what}`);
  row("", "median", "best", "yes");
  for (const { name, median, best, yes } of measured)
    row(name, `${format(median)} ns`, `${format(best)} ns`, `${(yes * 100).toFixed(1)} %`);
  row(
    "the whole, times the name alone",
    beside((measured[1]?.median ?? 0) / (measured[0]?.median ?? 1), 2, ""),
  );
}
