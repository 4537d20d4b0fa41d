const TITLES = {
  policy: "Policy",
  "policy-set": "Policy set",
  list: "List reference",
  vocabulary: "Vocabulary",
  "golden-tests": "Golden tests",
};

/** docs/policy-fields.md: every field of every kind of document, as the normative schemas say it. */
export function formatFieldsPage(schemas) {
  const definitions = new Map();
  for (const schema of schemas.values())
    for (const [name, definition] of Object.entries(schema.$defs)) definitions.set(name, definition);
  const parts = [
    "# Fields of the documents",
    "",
    "Made from `packages/policy/schema/*.schema.json` by `npm run generate`; do not edit. A field in **bold** is required.",
    "Objects are closed: what is not listed here is refused, save below `extensions`, where names start with `x-`.",
    "",
    `Kinds: ${[...schemas.keys()].map((kind) => link(TITLES[kind])).join(", ")}.`,
  ];
  for (const [kind, schema] of schemas) parts.push("", ...section(TITLES[kind], schema, definitions));
  parts.push("", "# Parts that documents share");
  for (const [name, definition] of [...definitions].sort(([a], [b]) => (a < b ? -1 : 1)))
    parts.push("", ...section(name, definition, definitions));
  return `${parts.join("\n")}\n`;
}

function section(title, schema, definitions) {
  const lines = [`## ${title}`, "", ...(schema.description === undefined ? [] : [schema.description, ""])];
  if (schema.properties !== undefined) {
    lines.push("| field | is | says | such as |", "|---|---|---|---|");
    for (const [name, field] of Object.entries(schema.properties))
      lines.push(row(name, field, schema.required ?? [], definitions));
    const choices = (schema.anyOf ?? []).map((each) =>
      (each.required ?? []).map((name) => `\`${name}\``).join(" and "),
    );
    if (choices.length > 0) lines.push("", `At least one of ${choices.join(", ")}.`);
  } else if (schema.oneOf !== undefined)
    lines.push(`One of ${schema.oneOf.map((each) => link(nameOf(each.$ref))).join(", ")}.`);
  else lines.push(`Is ${typeOf(schema)}.${example(schema) === "" ? "" : ` Such as ${example(schema)}.`}`);
  return lines;
}

// A field that says nothing of its own is what its part says.
function row(name, field, required, definitions) {
  const part = field.$ref === undefined ? {} : (definitions.get(nameOf(field.$ref)) ?? {});
  const label = required.includes(name) ? `**\`${name}\`**` : `\`${name}\``;
  return `| ${label} | ${cell(typeOf(field))} | ${cell(field.description ?? part.description ?? "")} | ${cell(example(field) || example(part))} |`;
}

function typeOf(schema) {
  if (schema.$ref !== undefined) return link(nameOf(schema.$ref));
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((each) => `\`${each}\``).join(", ");
  if (schema.type === "array") {
    const least = schema.minItems === undefined ? "" : `, ${schema.minItems} at least`;
    return `list of ${schema.items === undefined ? "anything" : typeOf(schema.items)}${least}${schema.uniqueItems === true ? ", no two equal" : ""}`;
  }
  if (schema.type === "object") return "map";
  const range = [
    ...(schema.minimum === undefined ? [] : [`from ${schema.minimum}`]),
    ...(schema.maximum === undefined ? [] : [`to ${schema.maximum}`]),
    ...(schema.minLength === undefined || schema.minLength === 1
      ? []
      : [`${schema.minLength} characters at least`]),
    ...(schema.format === undefined ? [] : [`format ${schema.format}`]),
  ];
  return `${schema.type ?? "anything"}${range.length === 0 ? "" : `, ${range.join(" ")}`}`;
}

const MAX_EXAMPLE_CHARS = 90;

function example(schema) {
  const [first] = schema.examples ?? [];
  if (first === undefined) return "";
  const text = typeof first === "string" ? first : JSON.stringify(first);
  return text.length > MAX_EXAMPLE_CHARS ? "" : `\`${text}\``;
}

function nameOf(ref) {
  return ref.slice("#/$defs/".length);
}

function link(title) {
  return `[${title}](#${title.toLowerCase().replaceAll(" ", "-")})`;
}

function cell(text) {
  return text.replaceAll("|", String.raw`\|`);
}
