// Every fence marked `console check` runs here: `$ command` lines, and below each the output it must print.
// A line `...` stands for any lines, and `…` inside a line for any text. Commands run in the repository's root.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkedFences, root } from "./fences.ts";

interface Step {
  readonly command: string;
  readonly output: readonly string[];
}

const fences = checkedFences().filter((fence) => fence.language === "console");
const bin = join(root, "node_modules", ".bin");

describe("console sessions print what the page shows", () => {
  test("there are some", () => expect(fences.length).toBeGreaterThan(0));

  // Starting `npx demarc` takes seconds on a busy machine.
  const timeout = 300_000;
  test.each(fences.map((fence) => [`${fence.file}:${fence.line}`, fence] as const))(
    "%s",
    { timeout },
    (_where, fence) => {
      for (const step of stepsOf(fence.text)) {
        const result = spawnSync("bash", ["-c", step.command], {
          cwd: root,
          encoding: "utf8",
          env: {
            ...process.env,
            PATH: `${bin}:${process.env["PATH"] ?? ""}`,
            NO_COLOR: "1",
            NODE_OPTIONS: "",
            npm_config_loglevel: "error",
          },
        });
        const printed = `${`${result.stdout}${result.stderr}`.trimEnd()}\n`;
        if (step.output.length > 0) expect(printed, step.command).toMatch(pattern(step.output));
      }
    },
  );
});

function stepsOf(text: string): Step[] {
  const steps: { command: string; output: string[] }[] = [];
  for (const line of text.split("\n")) {
    const last = steps.at(-1);
    if (line.startsWith("$ ")) steps.push({ command: line.slice(2), output: [] });
    else if (last?.command.endsWith("\\") && last.output.length === 0) last.command += `\n${line}`;
    else last?.output.push(line);
  }
  return steps;
}

function pattern(lines: readonly string[]): RegExp {
  const escaped = (line: string) =>
    line.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("…", ".*");
  const parts = lines.map((line) => (line === "..." ? String.raw`(?:.*\n)*?` : `${escaped(line)}\n`));
  return new RegExp(`^${parts.join("")}$`);
}
