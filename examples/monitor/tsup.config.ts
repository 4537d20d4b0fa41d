import { cpSync } from "node:fs";
import { defineConfig } from "tsup";

// The page: one script and two style sheets, everything from this server.
export default defineConfig({
  entry: { main: "src/client/main.tsx" },
  format: ["esm"],
  outDir: "dist/page",
  target: "es2023",
  platform: "browser",
  tsconfig: "tsconfig.client.json",
  noExternal: [/.*/],
  minify: true,
  sourcemap: false,
  dts: false,
  clean: true,
  onSuccess: async () => cpSync("public", "dist/page", { recursive: true }),
});
