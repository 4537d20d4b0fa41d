import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "log-worker": "src/log-worker.ts", "site-worker": "src/site-worker.ts" },
  format: ["esm"],
  target: "node22",
  platform: "node",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true,
});
