import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", codec: "src/codec.ts" },
  format: ["esm"],
  target: "node22",
  platform: "node",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true,
});
