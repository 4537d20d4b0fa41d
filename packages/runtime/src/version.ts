import { readFileSync } from "node:fs";

// One folder up from src/ as from dist/.
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

/** Name and version of the engine that decides, as log entries name it. */
export const ENGINE: { readonly name: string; readonly version: string } = {
  name: "demarc",
  version: manifest.version,
};
