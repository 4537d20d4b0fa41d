// How much a page or a worker loads: what the packages publish, bundled and minified, and that it brings nobody else's code.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";

// It has 18.4 kB, of which checks of the bytes of an image are about a third, and patterns of URLs 1.9. Lower this whenever it shrinks; 12 kB is the aim.
const MATCHER_MAX_GZIP_BYTES = 18_420;
const root = fileURLToPath(new URL("../../", import.meta.url));
const PACKAGES = ["net", "lists", "matcher", "compiler"] as const;
const lines: string[] = [];
afterAll(() => console.log(lines.join("\n")));

interface Published {
  readonly exports: Readonly<Record<string, { readonly default: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const published = (name: string): Published =>
  JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8")) as Published;

/** The package's main entry as one minified module; what `external` names stays an import. */
async function bundled(name: string, external: string[]) {
  const entry = published(name).exports["."]?.default ?? "";
  const result = await build({
    entryPoints: [`${root}packages/${name}/${entry}`],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    target: "es2023",
    external,
    metafile: true,
    write: false,
    outfile: "bundle.js",
    logLevel: "silent",
  });
  return {
    gzipBytes: gzipSync(result.outputFiles[0]?.contents ?? "", { level: 9 }).length,
    inputs: Object.keys(result.metafile.inputs),
    imports: Object.values(result.metafile.outputs).flatMap((output) =>
      output.imports.map(({ path }) => path),
    ),
  };
}

describe.each(PACKAGES)("%s", (name) => {
  test("depends on packages of this repository alone, and they do too", () => {
    const seen = new Set<string>();
    const open: string[] = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      seen.add(next);
      const { dependencies, peerDependencies, optionalDependencies } = published(next);
      const named = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
      expect(named.filter((each) => !each.startsWith("@demarc/"))).toEqual([]);
      open.push(...named.map((each) => each.slice("@demarc/".length)).filter((each) => !seen.has(each)));
    }
  });

  test("bundles whole from what is published, without an import left", async () => {
    const alone = await bundled(name, ["@demarc/*"]);
    const whole = await bundled(name, []);
    expect(whole.imports).toEqual([]);
    expect(whole.inputs.filter((input) => !/^packages\/[a-z]+\/dist\//.test(input))).toEqual([]);
    lines.push(
      `@demarc/${name}: ${alone.gzipBytes} bytes gzip, ${whole.gzipBytes} with the packages that it needs`,
    );
    if (name === "matcher") expect(whole.gzipBytes).toBeLessThanOrEqual(MATCHER_MAX_GZIP_BYTES);
  });
});
