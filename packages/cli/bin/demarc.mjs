#!/usr/bin/env node
// Starts the built command. It is here, not in dist, so that npm finds it to link before anything is built.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// "Something could not be read": src/exit.ts.
const INPUT_EXIT = 3;
const main = new URL("../dist/main.js", import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  fail(
    `demarc needs Node 22.18 or newer, and this is ${process.version}; in the repository, npx demarc brings its own`,
  );
} else if (existsSync(fileURLToPath(main))) {
  await import(main.href);
} else {
  fail("demarc is not built yet: run npm start, npm test or npm run build in the repository once");
}

function fail(message) {
  console.error(message);
  process.exitCode = INPUT_EXIT;
}
