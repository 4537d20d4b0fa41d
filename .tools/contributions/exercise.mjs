// Proves that every member of an `enum` and every branch of a `oneOf` is used by a valid fixture, and that each `enum` and
// `oneOf` refuses something in an invalid one.
import { extensionsOf, visit } from "./profile.mjs";

/** What no value exercises, in words. `schema` is known to `ajv` by its `$id`; values are what the schema is about. */
export function exercise(schema, ajv, valid, invalid) {
  const used = new Set();
  const refused = new Set();
  const context = { root: schema, ajv, branches: new Map() };
  for (const value of valid) walk({ ...context, seen: { used, refused: new Set() } }, schema, "", value);
  for (const value of invalid) walk({ ...context, seen: { used: new Set(), refused } }, schema, "", value);
  const lacking = [];
  visit(schema, "", (each, at) => {
    for (const member of each.enum ?? [])
      if (!used.has(`${at} ${JSON.stringify(member)}`))
        lacking.push(`no file of valid/ has ${JSON.stringify(member)} where schema.json#${at} allows it`);
    for (const index of (each.oneOf ?? []).keys())
      if (!used.has(`${at}/oneOf/${index}`))
        lacking.push(`no file of valid/ takes the branch schema.json#${at}/oneOf/${index}`);
    if ((each.enum !== undefined || each.oneOf !== undefined) && !refused.has(at))
      lacking.push(`no file of invalid/ is refused by schema.json#${at}`);
  });
  return lacking;
}

// A validator for each branch is made once.
function fits({ root, ajv, branches }, at, value) {
  const known = branches.get(at) ?? ajv.compile({ $ref: `${root.$id}#${at}` });
  branches.set(at, known);
  return known(value);
}

function walk(context, schema, at, value) {
  const { root, seen } = context;
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice("#/$defs/".length);
    walk(context, root.$defs[name], `/$defs/${name}`, value);
  }
  if (schema.enum !== undefined) {
    if (schema.enum.includes(value)) seen.used.add(`${at} ${JSON.stringify(value)}`);
    else seen.refused.add(at);
  }
  if (schema.oneOf !== undefined) {
    const taken = [...schema.oneOf.keys()].filter((index) => fits(context, `${at}/oneOf/${index}`, value));
    if (taken.length !== 1) seen.refused.add(at);
    for (const index of taken) {
      seen.used.add(`${at}/oneOf/${index}`);
      walk(context, schema.oneOf[index], `${at}/oneOf/${index}`, value);
    }
  }
  for (const keyword of ["anyOf", "allOf"])
    for (const [index, each] of (schema[keyword] ?? []).entries())
      walk(context, each, `${at}/${keyword}/${index}`, value);
  if (Array.isArray(value)) {
    if (schema.items !== undefined)
      for (const item of value) walk(context, schema.items, `${at}/items`, item);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      if (schema.properties?.[name] !== undefined)
        walk(context, schema.properties[name], `${at}/properties/${name}`, each);
      else if (typeof schema.additionalProperties === "object")
        walk(context, schema.additionalProperties, `${at}/additionalProperties`, each);
    }
  }
}

/** Terms that documents use: categories, aims, data classes, and every text below the vocabulary's own extensions. */
export function termsUsed(documents, name) {
  const used = new Set();
  const collect = (value) => {
    if (typeof value === "string") used.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const document of documents) {
    for (const rule of document?.rules ?? []) {
      used.add(rule.category).add(rule.justification?.aim);
      for (const selector of rule.selectors ?? [])
        if (selector.type === "data-class") used.add(selector.value);
    }
    for (const { value } of extensionsOf(document))
      for (const [field, each] of Object.entries(value ?? {}))
        if (field === `x-${name}` || field.startsWith(`x-${name}-`)) collect(each);
  }
  return used;
}
