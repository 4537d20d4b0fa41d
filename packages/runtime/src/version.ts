import { readFileSync } from "node:fs";

// One folder up from src/ as from dist/.
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

/** Version of the engine that decides, as log entries name it. */
export const VERSION: string = manifest.version;
