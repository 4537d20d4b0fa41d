// One known image, byte for byte. When this fails, either the change is a mistake, or FORMAT_VERSION must grow and the
// fixture be written anew: `UPDATE_GOLDEN=1 npx vitest run --config .tools/vitest.config.ts packages/matcher/test/golden-image`.
// The images for other languages are written anew alike, see packages/compiler/test/image-vectors.test.ts.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { encodeImage, FORMAT_VERSION } from "../src/format.ts";
import { decide, openImage } from "../src/index.ts";
import { parts, requests } from "./support/parts.ts";

const file = new URL(`./fixtures/image-v${FORMAT_VERSION}.hex`, import.meta.url);

test("the parts of the fixture give its bytes, and its bytes give the known decisions", () => {
  const { bytes, digest } = encodeImage(parts);
  const hex = Buffer.from(bytes).toString("hex").replaceAll(/.{96}/g, "$&\n");
  if (process.env["UPDATE_GOLDEN"] === "1" && !existsSync(file)) writeFileSync(file, `${hex}\n`);
  const golden = readFileSync(file, "utf8");
  expect(`${hex}\n`).toBe(golden);

  const opened = openImage(Uint8Array.from(Buffer.from(golden.replaceAll("\n", ""), "hex")));
  if (!opened.ok) throw new Error(opened.issue.message);
  expect(opened.value.digest).toBe(digest);
  expect(opened.value.formatVersion).toBe(FORMAT_VERSION);
  const answers = requests.map((request) => {
    const { reason, rule, observed } = decide(opened.value, request);
    return [reason, rule?.id ?? null, observed.map((each) => each.id).join()];
  });
  expect(answers).toMatchInlineSnapshot(`
    [
      [
        "default",
        null,
        "e",
      ],
      [
        "rule",
        "a",
        "e",
      ],
      [
        "rule",
        "b",
        "e",
      ],
      [
        "rule",
        "d",
        "e",
      ],
      [
        "default",
        null,
        "b,c,e",
      ],
      [
        "default",
        null,
        "c,e",
      ],
      [
        "default",
        null,
        "e",
      ],
      [
        "default",
        null,
        "a,e",
      ],
    ]
  `);
});
