import { defineConfig } from "vitest/config";

// Tests run from source: the private condition makes every workspace import resolve to src/.
const conditions = ["@demarc/source"];

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  resolve: { conditions: [...conditions, "module", "node", "development|production"] },
  ssr: { resolve: { conditions: [...conditions, "module", "node", "development|production"] } },
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "packages/*/test/**/*.test.ts",
      "examples/*/test/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
