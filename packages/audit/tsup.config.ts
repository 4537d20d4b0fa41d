import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "export/index": "src/export/index.ts", "node/index": "src/node/index.ts" },
  format: ["esm"],
  target: "node22",
  platform: "neutral",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true,
});
