// The program that decides, as a third party can get it: the files of the packages that decide, by digest. Decisions name
// the digest of their manifest; the files themselves are objects beside the log, so that a replay needs nothing else.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineReference } from "@demarc/audit";
import { canonicalBytes } from "./canonical-bytes.ts";
import { digestOfBytes } from "./digest-of-bytes.ts";
import { VERSION } from "./version.ts";

/**
 * A part of the engine: what it is named in entries, its files by path, and the objects to be stored. The manifest is the
 * first of them.
 */
export interface EnginePart {
  readonly reference: EngineReference;
  readonly files: ReadonlyMap<string, { readonly digest: string; readonly bytes: Uint8Array }>;
  readonly objects: readonly Uint8Array[];
}

/** The packages that turn an image and a request into a decision. */
const DECIDING = ["@demarc/matcher", "@demarc/net"];

/** The package that turns a client's address into places. */
const RESOLVING = ["@demarc/jurisdiction"];

let engine: EnginePart | undefined;
let territories: EnginePart | undefined;

/** The engine of this process; read once. */
export function loadedEngine(): EnginePart {
  engine ??= partOf("demarc", DECIDING);
  return engine;
}

/** The territories' table and resolver of this process; read once. */
export function loadedTerritories(): EnginePart {
  territories ??= partOf("demarc-jurisdiction", RESOLVING);
  return territories;
}

function partOf(name: string, packages: readonly string[]): EnginePart {
  try {
    const files = packages.flatMap(filesOf);
    const manifest = canonicalBytes({
      v: 1,
      kind: "engine",
      name,
      version: VERSION,
      files: files.map(({ path, bytes }) => ({ path, sha256: digestOfBytes(bytes), bytes: bytes.length })),
    });
    return {
      reference: { name, version: VERSION, digest: digestOfBytes(manifest) },
      files: new Map(files.map(({ path, bytes }) => [path, { digest: digestOfBytes(bytes), bytes }])),
      objects: [manifest, ...files.map(({ bytes }) => bytes)],
    };
  } catch {
    // Bundled into one file with an app, the packages can not be found: the entry says that it does not know.
    return { reference: { name, version: VERSION, digest: null }, files: new Map(), objects: [] };
  }
}

function filesOf(name: string): { readonly path: string; readonly bytes: Uint8Array }[] {
  const folder = dirname(fileURLToPath(import.meta.resolve(name)));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && isCode(file.name))
    .map((file) => join(file.parentPath, file.name))
    .toSorted()
    .map((file) => ({
      path: `${name}/${relative(folder, file).replaceAll("\\", "/")}`,
      bytes: new Uint8Array(readFileSync(file)),
    }));
}

function isCode(file: string): boolean {
  return /\.[jt]s$/.test(file) && !/\.(d|test|test-d)\.ts$/.test(file);
}
