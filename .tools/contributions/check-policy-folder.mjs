// A contributed policy: valid/, invalid/, golden-tests.yaml and CHANGELOG.md.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { root } from "../toolchain.mjs";
import { checkFixtures } from "./check-fixtures.mjs";
import { missing } from "./find-contributions.mjs";

/** Everything that is wrong with a policy's folder. */
export async function checkPolicyFolder(contribution, verdicts) {
  const { folder, valid, invalid } = contribution;
  if (verdicts.unusable !== null) return [{ message: verdicts.unusable }];
  const faults = [
    ...missing(folder, "CHANGELOG.md", "say what changed, a heading for each version"),
    ...(valid.length === 0 ? [{ message: "there is no valid/*.yaml: the policy itself" }] : []),
    ...(invalid.length === 0 ? [{ message: "there is no invalid/*.yaml: one fault each" }] : []),
    ...checkFixtures(contribution, verdicts, () => []),
  ];
  for (const file of valid) {
    const id = /^id: *"?([^\s"]+)/m.exec(readFileSync(file, "utf8"))?.[1] ?? "";
    for (const { rule, shown } of verdicts.coverageOf(id)) {
      const lacking = Object.entries(shown)
        .filter(([, isShown]) => isShown === false)
        .map(([name]) => name);
      if (lacking.length > 0)
        faults.push({
          file: relative(root, file),
          message: `the tests of ${rule} do not show: ${lacking.join(", ")} (see demarc test)`,
        });
    }
  }
  return faults;
}
