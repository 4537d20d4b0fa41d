// What is made from packages/policy beside code: the pages of fields and of lints, and the schemas as SchemaStore lays them out.
// Runs after `turbo run generate`, from `npm run generate`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatFieldsPage } from "./editor-help/format-fields-page.mjs";
import { formatLintsPage } from "./editor-help/format-lints-page.mjs";
import { schemaStoreFiles } from "./editor-help/schema-store-files.mjs";
import { pinnedNode, root, run } from "./toolchain.mjs";

const KINDS = ["policy", "policy-set", "list", "vocabulary", "golden-tests"];
const folder = join(root, "packages", "policy", "schema");
const read = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));

const schemas = new Map(KINDS.map((kind) => [kind, read(`${kind}.schema.json`)]));
writeFileSync(join(root, "docs", "policy-fields.md"), formatFieldsPage(schemas));

const catalogue = await run(
  pinnedNode,
  [
    "--input-type=module",
    "--eval",
    'import { LINTS } from "./packages/policy/src/lints/lint-catalogue.ts"; console.log(JSON.stringify(LINTS));',
  ],
  { capture: true, cwd: root },
);
writeFileSync(join(root, "docs", "lints.md"), formatLintsPage(JSON.parse(catalogue.output)));

const store = join(root, "packages", "policy", "schemastore");
rmSync(store, { recursive: true, force: true });
const draft07 = new Map(KINDS.map((kind) => [kind, read(`draft-07/${kind}.schema.json`)]));
for (const [file, text] of Object.entries(
  schemaStoreFiles(draft07, join(root, "packages", "policy", "test", "fixtures")),
)) {
  mkdirSync(join(store, file, ".."), { recursive: true });
  writeFileSync(join(store, file), text);
}
await run(join(root, "node_modules", ".bin", "biome"), ["format", "--write", store], { capture: true });
