import { defineConfig } from "tsup";

// The verifier for pages: one file without imports, so that it can also be served as it is.
export default defineConfig({
  entry: { "browser/index": "src/browser/index.ts" },
  format: ["esm"],
  target: "es2023",
  platform: "browser",
  dts: false,
  splitting: false,
  sourcemap: true,
  clean: false,
});
