// What a lawyer with a text editor gets: completion, explanation and the line that is wrong, from the schemas as they lie here.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../docs/fences.ts";
import { LanguageServer, type Place } from "./language-server.ts";

const server = new LanguageServer();
const schema = pathToFileURL(
  join(root, "packages", "policy", "schema", "draft-07", "policy.schema.json"),
).href;

beforeAll(() => server.start(pathToFileURL(root).href));
afterAll(() => server.stop());

// `|` is where the cursor is.
function cursor(marked: string): { readonly text: string; readonly place: Place } {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  return {
    text: marked.replace("|", ""),
    place: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  };
}

let count = 0;
async function asked(marked: string) {
  const { text, place } = cursor(marked);
  count += 1;
  const uri = pathToFileURL(join(root, "examples", "site", "policies", `editor-${count}.yaml`)).href;
  const diagnostics = await server.open(uri, text);
  return { uri, place, diagnostics };
}

const RULE = `specVersion: "1.0"
rules:
  - id: a
    scope: { territories: [DE], connectors: [subject-location], minConfidence: 0.9, whenUnknown: skip }
`;

describe.each([
  [
    "a comment",
    `# yaml-language-server: $schema=../../../packages/policy/schema/draft-07/policy.schema.json\n`,
  ],
  ["the field $schema", `$schema: ${schema}\n`],
])("with the schema named in %s", (_, head) => {
  test("fields of a document are offered", async () => {
    const { uri, place } = await asked(`${head}kind: policy\n|`);
    const labels = await server.complete(uri, place);
    expect(labels).toEqual(expect.arrayContaining(["publisher", "published", "rules", "specVersion"]));
    expect(labels).not.toContain("layers");
  });

  test("fields of a rule and words of an enum are offered", async () => {
    const field = await asked(`${head}${RULE}    |`);
    expect(await server.complete(field.uri, field.place)).toEqual(
      expect.arrayContaining(["legalBasis", "effective", "expires", "justification", "remedy"]),
    );
    const word = await asked(`${head}${RULE}    status: |`);
    expect(await server.complete(word.uri, word.place)).toEqual(
      expect.arrayContaining(["in-force", "stayed", "quashed", "repealed", "lapsed"]),
    );
  });

  test("a field is explained", async () => {
    const { uri, place } = await asked(`${head}${RULE.replace("whenUnknown", "when|Unknown")}`);
    const said = await server.hover(uri, place);
    expect(said).toContain("When no place of a connector is certain enough");
    expect(said).toContain("skip");
  });

  test("a fault stands at its line", async () => {
    const { diagnostics } = await asked(`${head}${RULE}    status: in-farce|\n`);
    const lines = head.split("\n").length + RULE.split("\n").length - 2;
    expect(
      diagnostics.filter(({ message }) => message.includes("in-force")).map(({ range }) => range.start),
    ).toEqual([{ line: lines, character: 12 }]);
  });
});

test("$schema itself is offered and explained", async () => {
  const comment =
    "# yaml-language-server: $schema=../../../packages/policy/schema/draft-07/policy.schema.json\n";
  const offered = await asked(`${comment}kind: policy\n|`);
  expect(await server.complete(offered.uri, offered.place)).toContain("$schema");
  const hovered = await asked(
    `${comment}$sch|ema: https://demarc.example/schema/1/policy.json\nkind: policy\n`,
  );
  expect(await server.hover(hovered.uri, hovered.place)).toContain("This schema, for editors");
});
