// npm run new: a folder for a contribution, that passes its own check from the first minute.
//   npm run new -- vocabulary shipping
//   npm run new -- policy de/court-of-example
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { POLICIES, VOCABULARIES } from "./contributions/find-contributions.mjs";
import { scaffoldPolicy } from "./contributions/scaffold-policy.mjs";
import { scaffoldVocabulary } from "./contributions/scaffold-vocabulary.mjs";
import { writeFiles } from "./contributions/write-files.mjs";
import { ensureBuilt, ensureInstalled, fail, pinnedNode, root, run } from "./toolchain.mjs";

const USAGE = `usage: npm run new -- vocabulary <name>
       npm run new -- policy <jurisdiction>/<slug>`;
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const MAX_NAME_CHARS = 50;

const [kind, name, ...rest] = process.argv.slice(2);
if (kind === "--help" || kind === "-h") {
  console.log(`${USAGE}

examples:
  npm run new -- vocabulary shipping         terms of your own, with a schema for x-shipping fields
  npm run new -- policy de/court-of-example  a policy for Germany
  npm run new -- policy eu/sanctions-2027    one for the Union`);
  process.exit(0);
}
if ((kind !== "vocabulary" && kind !== "policy") || name === undefined || rest.length > 0)
  refuse(`\n${USAGE}`);

const steps = kind === "vocabulary" ? newVocabulary : newPolicy;
await steps(name);

async function newVocabulary(wanted) {
  refuseBadName(wanted, "the name of a vocabulary");
  const folder = join(VOCABULARIES, wanted);
  refuseExisting(folder);
  await ensureInstalled();
  await write(folder, scaffoldVocabulary(wanted));
  const { code, output } = await run(
    pinnedNode,
    [join(root, "packages", "vocabularies", "scripts", "generate.ts")],
    {
      capture: true,
    },
  );
  if (code !== 0) fail(output);
  tellNext(folder, "fill in the terms, each with its source; then `npm run generate`");
}

async function newPolicy(wanted) {
  const [place = "", slug = "", ...more] = wanted.split("/");
  if (slug === "" || more.length > 0)
    refuse(`\`${wanted}\` is not of the form <jurisdiction>/<slug>, such as de/court-of-example`);
  refuseBadName(slug, "the slug");
  await ensureInstalled();
  await ensureBuilt();
  const territory = await territoryOf(place);
  const folder = join(POLICIES, place.toLowerCase(), slug);
  refuseExisting(folder);
  await write(folder, scaffoldPolicy(territory, slug));
  tellNext(folder, "write the rule, its law and its golden tests");
}

async function territoryOf(place) {
  const { isGroup, isTerritory, suggestTerritory } = await import(
    pathToFileURL(join(root, "packages", "jurisdiction", "dist", "index.js")).href
  );
  const code = place.toUpperCase();
  if (isTerritory(code)) return code;
  const group = ["group:EU", "group:EEA"].find((each) => each.slice("group:".length) === code);
  if (group !== undefined && isGroup(group)) return group;
  const suggestion = suggestTerritory(code);
  return refuse(
    `\`${place}\` is no jurisdiction${suggestion === null ? "" : `; did you mean \`${suggestion.toLowerCase()}\`?`}\nwrite an ISO 3166 code (de, es-cn), or eu, or eea`,
  );
}

function refuseBadName(text, what) {
  if (NAME.test(text) && text.length <= MAX_NAME_CHARS) return;
  const suggestion = text
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[-0-9]+|-+$/g, "")
    .slice(0, MAX_NAME_CHARS);
  const hint = NAME.test(suggestion) ? `; did you mean \`${suggestion}\`?` : "";
  refuse(
    `\`${text}\` can not be ${what}${hint}\nwrite lower-case letters, digits and single hyphens, a letter first, ${MAX_NAME_CHARS} characters at most`,
  );
}

function refuseExisting(folder) {
  if (existsSync(join(root, folder))) refuse(`${folder} is there already; nothing was changed`);
}

async function write(folder, files) {
  await writeFiles(join(root, folder), files);
  for (const file of Object.keys(files)) console.log(`wrote ${join(folder, file)}`);
}

function tellNext(folder, what) {
  console.log(`\nnext: ${what}\nthen: npm run check -- ${relative(root, join(root, folder))}`);
}

function refuse(message) {
  console.error(message.trimStart());
  process.exit(2);
}
