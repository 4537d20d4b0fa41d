// schema/*.schema.json to src/validate.generated.ts: Ajv standalone code, bundled to pure ESM without require or eval.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const read = (name: string) =>
  JSON.parse(readFileSync(`${folder}schema/${name}.schema.json`, "utf8")) as { $id: string };
const policy = read("policy");
const set = read("policy-set");

const ajv = new Ajv2020({
  allErrors: true,
  discriminator: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  verbose: false,
  formats: {
    "date-time":
      /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
    date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
    uri: /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i,
  },
  code: { source: true, esm: true, lines: true },
  schemas: [policy, set],
});
const generate = (standalone as unknown as { default?: typeof standalone }).default ?? standalone;
const raw = generate(ajv, { validatePolicy: policy.$id, validatePolicySet: set.$id });
// Ajv copies all errors so far for each value that adds one: quadratic in a document with many faults. Append instead.
let joins = 0;
const code = raw.replace(
  /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g,
  (_, name: string) => {
    joins += 1;
    return `vErrors = join(vErrors, ${name}.errors)`;
  },
);
if (joins === 0 || code.includes(".concat("))
  throw new Error("the code that Ajv makes has changed: errors are joined otherwise");
const join = `const join = (all, more) => { if (all === null) return more; for (const error of more) all.push(error); return all; };\n`;
const bundled = await build({
  stdin: { contents: join + code, resolveDir: folder, loader: "js" },
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["main"],
  target: "es2022",
  minifySyntax: true,
  minifyWhitespace: true,
  write: false,
});
const head =
  "// @ts-nocheck\n// Made from schema/*.schema.json by scripts/generate.ts (npm run generate). Do not edit. Contains code of ajv (MIT), see NOTICE.\n";
writeFileSync(`${folder}src/validate.generated.ts`, `${head}${bundled.outputFiles[0]?.text ?? ""}`);
