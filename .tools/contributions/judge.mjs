// Runs `demarc check` and `demarc test` once over all fixtures, so that they are judged by what everybody has.
import { resolve } from "node:path";
import { pinnedNode, root, run, toolEnv } from "../toolchain.mjs";

const demarc = resolve(root, "packages", "cli", "bin", "demarc.mjs");

/**
 * What the command says of files, by absolute path.
 * @returns {Promise<{ findingsOf: (file: string) => object[], testsOf: (file: string) => object[], coverageOf: (id: string) => object[], unusable: string | null }>}
 */
export async function judge(contributions) {
  const documents = contributions.flatMap(({ kind, folder, valid, invalid, goldenTests, released }) => [
    ...(kind === "vocabulary" ? [resolve(folder, "vocabulary.json")] : []),
    ...valid,
    ...invalid,
    ...goldenTests,
    ...released,
  ]);
  const tested = contributions.flatMap(({ valid, goldenTests }) => [...valid, ...goldenTests]);
  const checked = await ask(["check", "--json", ...documents]);
  const findings = groupBy(checked.findings ?? [], (each) => resolve(root, each.file ?? ""));
  const refused = new Set(
    (checked.findings ?? [])
      .filter((each) => each.severity === "error")
      .map((each) => resolve(root, each.file ?? "")),
  );
  const runnable = tested.filter((file) => !refused.has(file));
  const ran = runnable.length === 0 ? {} : await ask(["test", "--json", ...runnable]);
  const results = groupBy(ran.results ?? [], (each) => resolve(root, each.file ?? ""));
  const coverage = groupBy(ran.coverage?.rules ?? [], (each) => each.policy);
  return {
    findingsOf: (file) => findings.get(file) ?? [],
    testsOf: (file) => results.get(file) ?? [],
    coverageOf: (id) => coverage.get(id) ?? [],
    unusable: checked.error?.message ?? ran.error?.message ?? null,
  };
}

async function ask(args) {
  const { output } = await run(pinnedNode, [demarc, ...args], {
    capture: true,
    env: { ...toolEnv, NO_COLOR: "1", NODE_OPTIONS: "" },
  });
  const start = output.indexOf("{");
  try {
    return JSON.parse(output.slice(start, output.lastIndexOf("}") + 1));
  } catch {
    return { error: { message: `demarc ${args[0]} said no JSON: ${output.slice(0, 500)}` } };
  }
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
