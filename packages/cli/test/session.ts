// Sessions with the command, as text: what is typed, what is printed, and the exit code.
//
//   # what the session shows
//   $ demarc check broken.yaml          a command, by the shell, in a folder of its own
//   broken.yaml:2:3: error: ...         stdout must be these lines; `…` is any text, a line `...` any lines
//   ! error: ...                        a line of stderr
//   => 1                                the exit code; 0 where it is left out
//   <<< broken.yaml                     writes a file, up to a line `>>>`
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..", "..", "..");
const main = join(root, "packages", "cli", "src", "main.ts");

interface Step {
  readonly line: number;
  readonly command: string;
  readonly stdout: string[];
  readonly stderr: string[];
  exitCode: number;
}

/** What a command printed, beside what it had to. */
export interface Played {
  readonly where: string;
  readonly command: string;
  readonly found: { readonly stdout: string; readonly stderr: string; readonly exitCode: number | null };
  readonly expected: { readonly stdout: RegExp; readonly stderr: RegExp; readonly exitCode: number };
}

/** Plays a session; `$ROOT` in it is the repository's root, `$NODE` the Node that runs it. */
export function playSession(text: string): Played[] {
  const folder = mkdtempSync(join(tmpdir(), "demarc-session-"));
  writeFileSync(
    join(folder, "demarc"),
    `#!/bin/sh\nexec "${process.execPath}" --conditions=@demarc/source --disable-warning=ExperimentalWarning "${main}" "$@"\n`,
    { mode: 0o755 },
  );
  try {
    return readSession(text, folder).map((step) => {
      const result = spawnSync("bash", ["-c", step.command], {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...process.env,
          PATH: `${folder}:${process.env["PATH"] ?? ""}`,
          ROOT: root,
          NODE: process.execPath,
          NO_COLOR: "1",
          NODE_OPTIONS: "",
        },
      });
      return {
        where: `line ${step.line}`,
        command: step.command,
        found: { stdout: result.stdout, stderr: result.stderr, exitCode: result.status },
        expected: { stdout: pattern(step.stdout), stderr: pattern(step.stderr), exitCode: step.exitCode },
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readSession(text: string, folder: string): Step[] {
  const steps: Step[] = [];
  const lines = text.trimEnd().split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const step = steps.at(-1);
    if (line.startsWith("<<< ")) {
      const file = join(folder, line.slice(4));
      const end = lines.indexOf(">>>", index);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${lines.slice(index + 1, end).join("\n")}\n`);
      index = end;
    } else if (line.startsWith("$ "))
      steps.push({ line: index + 1, command: line.slice(2), stdout: [], stderr: [], exitCode: 0 });
    else if (step === undefined || line === "" || line.startsWith("# ")) continue;
    else if (line.startsWith("=> ")) step.exitCode = Number(line.slice(3));
    else if (line.startsWith("! ")) step.stderr.push(line.slice(2));
    else step.stdout.push(line);
  }
  return steps;
}

function pattern(lines: readonly string[]): RegExp {
  const parts = lines.map((line) =>
    line === "..."
      ? String.raw`(?:.*\n)*?`
      : `${line.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("…", ".*")}\n`,
  );
  return new RegExp(`^${parts.join("")}$`);
}
