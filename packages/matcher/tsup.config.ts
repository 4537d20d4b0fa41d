import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", format: "src/format.ts", delta: "src/delta.ts" },
  format: ["esm"],
  target: "node22",
  platform: "neutral",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true,
});
