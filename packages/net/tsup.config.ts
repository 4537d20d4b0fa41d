import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "public-suffix": "src/public-suffix.ts" },
  format: ["esm"],
  target: "node22",
  platform: "neutral",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true,
});
