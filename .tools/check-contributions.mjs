// What CI runs on contributed vocabularies and example policies:
//   node .tools/check-contributions.mjs            all of them
//   node .tools/check-contributions.mjs PATH...    those at or around these paths
// Needs the build: documents are read by the same code as everywhere.
import { relative } from "node:path";
import { checkPolicyFolder } from "./contributions/check-policy-folder.mjs";
import { checkVocabulary } from "./contributions/check-vocabulary.mjs";
import { contributionOf, findContributions } from "./contributions/find-contributions.mjs";
import { judge } from "./contributions/judge.mjs";
import { root } from "./toolchain.mjs";

const paths = process.argv.slice(2);
const all = findContributions();
const chosen = paths.length === 0 ? all : paths.flatMap((path) => contributionOf(path, all));
if (chosen.length === 0) {
  console.error(`there is no contribution at ${paths.join(", ")}`);
  process.exit(1);
}

const vocabularies = all.filter(({ kind }) => kind === "vocabulary");
const verdicts = await judge(chosen);
let faulty = 0;
for (const contribution of chosen) {
  const faults =
    contribution.kind === "vocabulary"
      ? await checkVocabulary(contribution, verdicts, vocabularies)
      : await checkPolicyFolder(contribution, verdicts);
  const name = relative(root, contribution.folder);
  if (faults.length === 0) console.log(`${name}: sound`);
  else faulty += 1;
  for (const fault of faults) console.error(`${fault.file ?? name}: ${fault.message}`);
}
process.exit(faulty === 0 ? 0 : 1);
