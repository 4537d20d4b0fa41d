// CONTRIBUTING.md as a new contributor follows it: the commands of its policy recipe, in order, in a clone of this tree.
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../docs/fences.ts";

const clone = mkdtempSync(join(tmpdir(), "demarc-clone-"));
const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("git", args, { cwd, encoding: "utf8" }).trim();

beforeAll(() => {
  git(clone, "init", "-q");
  for (const file of git(root, "ls-files", "-co", "--exclude-standard", "--deduplicate").split("\n")) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    try {
      copyFileSync(join(root, file), join(clone, file));
    } catch (error) {
      // A file that was removed and is not committed yet.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  git(clone, "add", "-A");
  git(clone, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "clone");
  linkInstalled();
}, 120_000);
afterAll(() => rmSync(clone, { recursive: true, force: true }));

// What `npm ci` would install, without asking a registry; the workspace's packages are those of the clone.
function linkInstalled(): void {
  const installed = join(root, "node_modules");
  mkdirSync(join(clone, "node_modules", "@demarc"), { recursive: true });
  for (const name of readdirSync(installed))
    if (name !== "@demarc" && name !== ".cache")
      symlinkSync(join(installed, name), join(clone, "node_modules", name));
  for (const workspace of ["packages", "examples"])
    for (const name of readdirSync(join(clone, workspace))) {
      const folder = join(clone, workspace, name);
      try {
        const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
        symlinkSync(folder, join(clone, "node_modules", manifest.name));
        symlinkSync(join(root, workspace, name, "node_modules"), join(folder, "node_modules"));
      } catch {
        // A folder of data has no manifest.
      }
    }
}

const recipes = (name: string): string[] =>
  [...readFileSync(join(root, "CONTRIBUTING.md"), "utf8").matchAll(/^```sh recipe (\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, recipe]) => recipe === name)
    .flatMap(([, , commands]) => (commands ?? "").trim().split("\n"));

test("the page has its three recipes, and each command is one of the house", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  for (const name of ["policy", "list", "code"]) {
    expect(recipes(name).length).toBeGreaterThan(1);
    for (const command of recipes(name)) {
      const script = /^npm (?:run )?(\w+)/.exec(command)?.[1];
      expect(command.startsWith("npx demarc ") || (script !== undefined && script in scripts), command).toBe(
        true,
      );
    }
  }
});

test("the policy recipe works from a fresh clone, as it is written", { timeout: 900_000 }, () => {
  const commands = recipes("policy");
  expect(commands.filter((command) => command.startsWith("npm run new"))).toHaveLength(2);
  const cache = join(
    dirname(git(root, "rev-parse", "--path-format=absolute", "--git-common-dir")),
    ".turbo",
    "cache",
  );
  for (const command of commands) {
    const result = spawnSync("bash", ["-c", command], {
      cwd: clone,
      encoding: "utf8",
      env: {
        ...process.env,
        NO_COLOR: "1",
        NODE_OPTIONS: "",
        TURBO_CACHE_DIR: cache,
        VITEST: "",
        npm_config_loglevel: "error",
      },
    });
    expect(result.status, `${command}\n${result.stdout}${result.stderr}`).toBe(0);
  }
});

test("bad names are refused with what to write instead", { timeout: 120_000 }, () => {
  for (const [args, said] of [
    ["vocabulary 'Bad Name'", "did you mean `bad-name`?"],
    ["vocabulary ../up", "can not be the name of a vocabulary"],
    ["vocabulary minors", "is there already; nothing was changed"],
    ["policy atlantis/court", "`atlantis` is no jurisdiction"],
    ["policy de", "is not of the form <jurisdiction>/<slug>"],
    ["policy de/../up", "is not of the form <jurisdiction>/<slug>"],
    ["poem de/x", "usage: npm run new"],
  ] as const) {
    const result = spawnSync("bash", ["-c", `node .tools/new.mjs ${args}`], { cwd: clone, encoding: "utf8" });
    expect(`${result.stdout}${result.stderr}`, args).toContain(said);
    expect(result.status, args).toBe(2);
  }
});
