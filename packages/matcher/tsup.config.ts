import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", format: "src/format.ts", delta: "src/delta.ts" },
  format: ["esm"],
  target: "node22",
  platform: "neutral",
  dts: false,
  // Each entry whole: what an import brings is read again by every use of it, and decisions are made of small functions.
  splitting: false,
  sourcemap: true,
  clean: true,
  plugins: [
    {
      // The bundler makes `var` of a module's constants, which an engine reads each time where it would fold a constant (decision 0013).
      // Source has no `let` at the top of a module, and an assignment to a constant throws. As many characters, so that source maps
      // hold.
      name: "keep-constants",
      renderChunk: (code, { map }) => ({
        code: code.replaceAll(/^var ([\w$]+) = /gm, "const $1="),
        map: map ?? null,
      }),
    },
  ],
});
