// An engine from the log, run beside this program: in a process of its own that may read one folder and nothing else
// (Node's permission model). It is somebody else's code, so it runs only where a person asks for it.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize, sep } from "node:path";
import { createInterface } from "node:readline";
import type { Decision, Request } from "@demarc/matcher";
import { Effect, type Scope } from "effect";
import { InputFault } from "../exit.ts";

/** An engine that runs: decides requests by images, in order. */
export interface LoggedEngine {
  readonly decide: (image: string, request: Request) => Promise<Decision>;
  /** Makes an image known under its digest. */
  readonly addImage: (digest: string, bytes: Uint8Array) => void;
  readonly hasImage: (digest: string) => boolean;
}

// The packages find each other by name, in the folder; nothing else can be found.
const RUNNER = `
import { registerHooks } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
const folder = process.env.ENGINE;
const entry = (name) => ["index.js", "index.ts"].map((file) => folder + "/" + name + "/" + file).find((file) => existsSync(file));
// Published engines have their hash in them. Run from source it is a package of its own; the runtime's stands in for it.
const HASH = "data:text/javascript," + encodeURIComponent(
  'import { createHash } from "node:crypto"; export const sha256 = (data) => new Uint8Array(createHash("sha256").update(data).digest());',
);
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "@noble/hashes/sha2.js") return { url: HASH, shortCircuit: true };
    const file = specifier.startsWith("@demarc/") ? entry(specifier) : undefined;
    return file === undefined ? next(specifier, context) : { url: pathToFileURL(file).href, shortCircuit: true };
  },
});
const { decide, openImage } = await import("@demarc/matcher");
const images = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { image, request } = JSON.parse(line);
  try {
    if (!images.has(image)) {
      const opened = openImage(new Uint8Array(readFileSync(folder + "/images/" + image)));
      if (!opened.ok) throw new Error(opened.issue.message);
      images.set(image, opened.value);
    }
    if (request.address) request.address = Uint8Array.from(request.address);
    process.stdout.write(JSON.stringify({ decision: decide(images.get(image), request) }) + "\\n");
  } catch (error) {
    process.stdout.write(JSON.stringify({ error: String(error && error.message) }) + "\\n");
  }
}
`;

const engineFault = (message: string): InputFault =>
  new InputFault({
    code: "cli/engine",
    message: `the engine that the log names can not be run: ${message}`,
    help: "install the version of demarc that it names, and replay with that",
  });

/** Starts an engine from its files; it ends with the scope. */
export const startEngine = Effect.fnUntraced(function* (
  files: ReadonlyMap<string, Uint8Array>,
): Effect.fn.Return<LoggedEngine, InputFault, Scope.Scope> {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => realpathSync(mkdtempSync(join(tmpdir(), "demarc-engine-")))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true })),
  );
  mkdirSync(join(folder, "images"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const [path, bytes] of files) {
    // Paths are the log's: one that leads out of the folder is not followed.
    const file = normalize(join(folder, path));
    if (!file.startsWith(folder + sep) || !path.startsWith("@demarc/"))
      return yield* engineFault(`\`${path}\` is no path of an engine`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(
        process.execPath,
        ["--permission", `--allow-fs-read=${folder}`, "--no-warnings", "--input-type=module", "-e", RUNNER],
        { cwd: folder, env: { ENGINE: folder }, stdio: ["pipe", "pipe", "pipe"] },
      ),
    ),
    (running) => Effect.sync(() => running.kill()),
  );
  const images = new Set<string>();
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  child.stdin.on("error", () => undefined);
  const waiting: { resolve: (answer: Decision) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on("line", (text) => {
    const answer = JSON.parse(text) as { decision?: Decision; error?: string };
    const asked = waiting.shift();
    if (answer.decision === undefined) asked?.reject(new Error(answer.error ?? "no decision"));
    else asked?.resolve(answer.decision);
  });
  child.on("exit", () => {
    const last =
      complaint
        .trim()
        .split("\n")
        .find((text) => /Error/.test(text)) ?? "it ended";
    for (const asked of waiting.splice(0)) asked.reject(new Error(last));
  });
  return {
    addImage: (digest, bytes) => {
      writeFileSync(join(folder, "images", digest), bytes);
      images.add(digest);
    },
    hasImage: (digest) => images.has(digest),
    decide: (image, request) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null) return reject(new Error("it ended"));
        waiting.push({ resolve, reject });
        const { address, ...rest } = request;
        const sent = { ...rest, ...(address === undefined ? {} : { address: Array.from(address) }) };
        child.stdin.write(`${JSON.stringify({ image, request: sent })}\n`);
      }),
  };
});
