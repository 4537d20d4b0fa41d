import { defineConfig } from "tsup";

export default defineConfig({
  entry: { main: "src/main.ts" },
  format: ["esm"],
  target: "node22",
  platform: "node",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true,
});
