// What a program takes on by asking for decisions: the root of this package, and nothing besides.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const MOST_GZIP_BYTES = 16 * 1024;

test(`the package's root is pure ESM of ${MOST_GZIP_BYTES} bytes at most, gzipped`, async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [new URL("../src/index.ts", import.meta.url).pathname],
    bundle: true,
    format: "esm",
    platform: "neutral",
    minify: true,
    metafile: true,
    write: false,
  });
  expect(Object.keys(metafile.inputs).filter((input) => !input.startsWith("packages/matcher/src/"))).toEqual(
    [],
  );
  expect(gzipSync(outputFiles[0]?.text ?? "", { level: 9 }).length).toBeLessThanOrEqual(MOST_GZIP_BYTES);
});
