// Ajv's standalone code made small: what it says the same way a thousand times becomes a call, what nobody reads is left out.
// Every step must find what it changes, so that another Ajv can not change the meaning unseen.

/** Functions that the shortened code calls. */
const HELPERS = `
const add = (all, instancePath, keyword, params, more) => { const error = { instancePath, keyword, params, ...more }; if (all === null) return [error]; all.push(error); return all; };
const join = (all, more) => { if (all === null) return more; if (more !== null) for (const error of more) all.push(error); return all; };
const size = (all) => (all === null ? 0 : all.length);
const codePoints = (text) => { let count = 0; for (const _ of text) count += 1; return count; };
const fields = (all, data, path, known, required) => {
  for (let index = 0; index < required; index += 1)
    if (data[known[index]] === undefined) all = add(all, path, "required", { missingProperty: known[index], known });
  for (const key in data) if (!known.includes(key)) all = add(all, path, "additionalProperties", { additionalProperty: key, known });
  return all;
};
`;

const ADD = String.raw`vErrors = add\(vErrors, `;

/** Shortens code that Ajv made; `examples` has the example that is shown for each pattern. */
export function shorten(code: string, examples: ReadonlyMap<string, string>): string {
  const schemas = new Map<string, unknown>();
  for (const [, name, json] of code.matchAll(/^const (schema\d+) = (\{.*\});$/gm))
    schemas.set(name ?? "", JSON.parse(json ?? ""));
  let tables = "";
  let count = 0;
  const table = (known: readonly string[], required: readonly string[]): string => {
    count += 1;
    tables += `const fields${count} = ${JSON.stringify([...required, ...known.filter((each) => !required.includes(each))])};\n`;
    return `fields${count}, ${required.length}`;
  };
  const at = (path: string): unknown =>
    path
      .split(".")
      .slice(1)
      .reduce<unknown>(
        (value, part) => (value as Record<string, unknown>)[part],
        schemas.get(path.split(".")[0] ?? ""),
      );
  const steps: readonly (readonly [what: RegExp, by: string | ((...found: string[]) => string)])[] = [
    // Errors in one call, without texts and schema paths: of the latter only those of names and of an anyOf are asked for.
    [
      /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
      "vErrors = add(vErrors, $2);",
    ],
    [/,schemaPath:"(?!#\/anyOf\/\d|[^"]*propertyNames\/)[^"]*"/g, ""],
    [
      /add\(vErrors, \{instancePath(?::(.*?))?(,schemaPath:"[^"]*")?,keyword:"(\w+)",params:(\{.*?\}(?=[,}]))(,propertyName:\w+)?\}\);/g,
      (_, path, schemaPath, keyword, params, propertyName) =>
        `add(vErrors, ${path ?? "instancePath"}, "${keyword}", ${params}${
          schemaPath === undefined && propertyName === undefined
            ? ""
            : `, {${[schemaPath, propertyName]
                .filter((each) => each !== undefined)
                .map((each) => each.slice(1))
                .join(",")}}`
        });`,
    ],
    // Books about fields evaluated, which no schema here asks for.
    [
      /const (evaluated\d+) = \w+\.evaluated;\nif\(\1\.dynamicProps\)\{\n\1\.props = undefined;\n\}\nif\(\1\.dynamicItems\)\{\n\1\.items = undefined;\n\}\n/g,
      "",
    ],
    [/^validate\d+\.evaluated = .*$/gm, ""],
    [
      /^var props\d+ = true;$|^evaluated\d+\.props = props\d+;$|^if\(props\d+ !== true\)\{\nprops\d+ = true;\n\}$/gm,
      "",
    ],
    // A validator takes a value and its place, and returns its errors or null: no copying of what was found before.
    [
      /\{instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors=\{\}\}=\{\}/g,
      'instancePath=""',
    ],
    [/\{instancePath(?::([^{}]*?))?,parentData[^{}]*\}\)/g, (_, path) => `${path ?? "instancePath"})`],
    [
      /if\(!\((validate\d+\(.*\))\)\)\{\nvErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\2\.errors\);\nerrors = vErrors\.length;\n\}/g,
      "vErrors = join(vErrors, $1);",
    ],
    [/^validate\d+\.errors = vErrors;\n+return errors === 0;$/gm, "return vErrors;"],
    [/^let errors = 0;$|^errors = _errs\d+;$/gm, ""],
    [/= errors;$|=== errors;$/gm, (found) => found.replace("errors", "size(vErrors)")],
    // The fields of an object from one table, which also helps to guess what a misspelt one means.
    [
      new RegExp(
        String.raw`((?:if\(data\d*\.\w+ === undefined\)\{\n${ADD}.*? "required", .*\n\}\n)*)for\(const key0 in (data\d*)\)\{\nif\(!\((.*)\)\)\{\n${ADD}(.*?), "additionalProperties", .*\n\}\n\}`,
        "g",
      ),
      (_, missing, data, known, path) => {
        const all = known.startsWith("func1")
          ? Object.keys(at(`${/schema\d+[.\w]*properties/.exec(known)?.[0]}`) as object)
          : [...known.matchAll(/key0 === "([^"]*)"/g)].map((match) => match[1] ?? "");
        const required = [...missing.matchAll(/missingProperty: "([^"]*)"/g)].map((match) => match[1] ?? "");
        return `vErrors = fields(vErrors, ${data}, ${path}, ${table(all, required)});`;
      },
    ],
    [/allowedValues: (schema[\w.]+)/g, (_, path) => `allowedValues: ${JSON.stringify(at(path))}`],
    [
      /pattern: ("(?:[^"\\]|\\.)*")/g,
      (_, pattern) => `example: ${JSON.stringify(examples.get(JSON.parse(pattern) as string) ?? "")}`,
    ],
    [/require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g, "codePoints"],
  ];
  let short = code;
  for (const [what, by] of steps) {
    const before = short;
    short = short.replace(what, by as string);
    if (before === short) throw new Error(`the code that Ajv makes has changed: there is no ${what.source}`);
  }
  const odd =
    /.*(?:\.concat\(|dynamicAnchors|evaluated|\beval\b|new Function|require\(|parentData|\berrors\b).*/.exec(
      short,
    );
  if (odd !== null) throw new Error(`the code that Ajv makes has changed: ${odd[0]}`);
  return HELPERS + tables + short;
}
