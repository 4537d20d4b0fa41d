import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root: string = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** One fenced block of a Markdown file. `line` is 1-based, of the opening fence. */
export interface Fence {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** Every block marked `check` after its language, in every README and page of the repository. */
export function checkedFences(): Fence[] {
  const files = globSync(
    ["README.md", "CONTRIBUTING.md", "docs/**/*.md", "packages/*/README.md", "examples/*/README.md"],
    {
      cwd: root,
    },
  );
  return files.sort().flatMap((file) => fencesOf(file, readFileSync(join(root, file), "utf8")));
}

function fencesOf(file: string, markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: { line: number; language: string; text: string[] } | null = null;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (open === null) {
      const match = /^```(\w+) check\s*$/.exec(line);
      if (match) open = { line: index + 1, language: match[1] ?? "", text: [] };
    } else if (line === "```") {
      fences.push({ file, line: open.line, language: open.language, text: open.text.join("\n") });
      open = null;
    } else open.text.push(line);
  }
  return fences;
}
