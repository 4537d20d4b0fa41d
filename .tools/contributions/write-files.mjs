import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, run } from "../toolchain.mjs";

/** Writes files into a folder that is made for them, in the layout of the house. `files`: text by path. */
export async function writeFiles(folder, files) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text, { flag: "wx" });
  }
  await run(join(root, "node_modules", ".bin", "biome"), ["format", "--write", folder], { capture: true });
}
