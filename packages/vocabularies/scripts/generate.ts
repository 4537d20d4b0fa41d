// vocabularies/<name>/vocabulary.json to src/vocabularies.generated.ts, so that the package needs no file system.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../vocabularies/", import.meta.url));
const vocabularies = readdirSync(folder)
  .sort()
  .map((name) => JSON.parse(readFileSync(`${folder}${name}/vocabulary.json`, "utf8")) as unknown);
writeFileSync(
  fileURLToPath(new URL("../src/vocabularies.generated.ts", import.meta.url)),
  `// Made from vocabularies/*/vocabulary.json by scripts/generate.ts (npm run generate). Do not edit.
import type { VocabularyDocument } from "@demarc/policy";

export const VOCABULARIES: readonly VocabularyDocument[] = ${JSON.stringify(vocabularies, null, 2)};
`,
);
