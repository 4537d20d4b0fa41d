// Everything that an activation names, looked at: policy, data and engine, object by object. An object that is not what
// its name says is told with the byte, where a good copy is at hand.
import { createHash } from "node:crypto";
import type { LogReader } from "@demarc/audit/node";
import { openImage, type PolicyImage } from "@demarc/matcher";
import { Effect } from "effect";
import { attempt } from "../audit-directory.ts";
import type { InputFault } from "../exit.ts";

/** Which part of what decided is concerned. */
export type Part = "policy" | "data" | "engine";

/** An object that is missing or not what it is named for. `path` is what its manifest calls it. */
export interface PartFinding {
  readonly part: Part;
  readonly object: string;
  readonly path: string;
  /** Offset of the first wrong byte, where a good copy tells it or the form does. */
  readonly byte?: number | undefined;
  readonly message: string;
}

/** One file of an engine, as its manifest names it. */
export interface EngineFile {
  readonly path: string;
  readonly sha256: string;
}

/** Where objects are read from: the log, and a second place that can be asked for a good copy. */
export interface Objects {
  readonly reader: LogReader;
  readonly spare: LogReader | null;
  /** Copies by digest that this program itself holds, such as the files of its engine. */
  readonly own: ReadonlyMap<string, Uint8Array>;
}

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const pathOf = (digest: string): string => `objects/sha256/${digest}`;

interface Loaded {
  /** Bytes with the digest that was asked for, from wherever they are. */
  readonly bytes: Uint8Array | null;
  readonly finding: PartFinding | null;
}

/** An object and, where the log's copy is not good, what is wrong with it. */
export const loadObject = Effect.fnUntraced(function* (
  objects: Objects,
  part: Part,
  digest: string,
  path: string,
): Effect.fn.Return<Loaded, InputFault> {
  const object = pathOf(digest);
  const found = yield* attempt(() => objects.reader.file(object));
  if (found !== null && digestOf(found) === digest) return { bytes: found, finding: null };
  const spare =
    objects.spare === null ? null : yield* attempt(() => objects.spare?.file(object) ?? nothing());
  const good = [spare, objects.own.get(digest) ?? null].find(
    (bytes) => bytes !== null && digestOf(bytes) === digest,
  );
  const bytes = good ?? null;
  if (found === null) return { bytes, finding: { part, object, path, message: "is missing" } };
  const byte = bytes === null ? wrongByteByForm(found) : firstDifferent(found, bytes);
  const message = "does not have the digest that it is named for";
  return { bytes, finding: { part, object, path, ...(byte === undefined ? {} : { byte }), message } };
});

const nothing = async (): Promise<null> => null;

function firstDifferent(found: Uint8Array, good: Uint8Array): number {
  let byte = 0;
  while (byte < good.length && found[byte] === good[byte]) byte += 1;
  return byte;
}

// An image says itself where its form breaks; where only its digest does, nothing tells the byte.
function wrongByteByForm(bytes: Uint8Array): number | undefined {
  const opened = openImage(bytes);
  return opened.ok || opened.issue.code === "image/digest" || opened.issue.code === "image/magic"
    ? undefined
    : opened.issue.offset;
}

/** The image that an entry names, or what is wrong with it. */
export const loadImage = Effect.fnUntraced(function* (
  objects: Objects,
  named: { readonly object: string; readonly image: string },
): Effect.fn.Return<
  { readonly image: PolicyImage | null; readonly bytes: Uint8Array | null; readonly findings: PartFinding[] },
  InputFault
> {
  const { bytes, finding } = yield* loadObject(objects, "policy", named.object, "image");
  const findings = finding === null ? [] : [finding];
  if (bytes === null) return { image: null, bytes, findings };
  const opened = openImage(bytes);
  const fault = (message: string, byte?: number): PartFinding => ({
    part: "policy",
    object: pathOf(named.object),
    path: "image",
    ...(byte === undefined ? {} : { byte }),
    message,
  });
  if (!opened.ok) {
    // Made by a later compiler, it can still be decided with by the engine that the entry names.
    findings.push(fault(`this program can not open it: ${opened.issue.message}`, opened.issue.offset));
    return { image: null, bytes, findings };
  }
  if (opened.value.digest === named.image) return { image: opened.value, bytes, findings };
  findings.push(fault(`is the image ${opened.value.digest}, and entries call it ${named.image}`));
  return { image: null, bytes, findings };
});

type Manifest = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly Manifest[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const readManifest = Effect.fnUntraced(function* (
  objects: Objects,
  part: Part,
  digest: string,
  path: string,
): Effect.fn.Return<{ readonly manifest: Manifest | null; readonly findings: PartFinding[] }, InputFault> {
  const { bytes, finding } = yield* loadObject(objects, part, digest, path);
  const findings = finding === null ? [] : [finding];
  if (bytes === null) return { manifest: null, findings };
  try {
    return { manifest: JSON.parse(new TextDecoder().decode(bytes)) as Manifest, findings };
  } catch {
    findings.push({ part, object: pathOf(digest), path, message: "is no JSON" });
    return { manifest: null, findings };
  }
});

/** What is wrong with the policies and data of an activation, by its manifest. Lists are known by digest only. */
export const checkActivation = Effect.fnUntraced(function* (
  objects: Objects,
  manifestDigest: string,
): Effect.fn.Return<PartFinding[], InputFault> {
  const { manifest, findings } = yield* readManifest(objects, "policy", manifestDigest, "manifest");
  if (manifest === null) return findings;
  for (const document of listOf(manifest["documents"])) {
    const { finding } = yield* loadObject(
      objects,
      "policy",
      textOf(document["sha256"]),
      textOf(document["path"]),
    );
    if (finding !== null) findings.push(finding);
  }
  const data = yield* readManifest(objects, "data", textOf(manifest["data"]), "data manifest");
  findings.push(...data.findings);
  for (const source of listOf(data.manifest?.["sources"])) {
    if (source["kind"] !== "territories") continue;
    const engine = yield* engineFiles(objects, "data", textOf(source["digest"]));
    findings.push(...engine.findings);
  }
  return findings;
});

/** The files of an engine by the digest of its manifest, with what is wrong with them. */
export const engineFiles = Effect.fnUntraced(function* (
  objects: Objects,
  part: Part,
  digest: string,
): Effect.fn.Return<
  {
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly listed: readonly EngineFile[];
    readonly findings: PartFinding[];
  },
  InputFault
> {
  const { manifest, findings } = yield* readManifest(objects, part, digest, "manifest");
  const files = new Map<string, Uint8Array>();
  const listed = listOf(manifest?.["files"]).map((file) => ({
    path: textOf(file["path"]),
    sha256: textOf(file["sha256"]),
  }));
  for (const { path, sha256 } of listed) {
    const { bytes, finding } = yield* loadObject(objects, part, sha256, path);
    if (finding !== null) findings.push(finding);
    if (bytes !== null) files.set(path, bytes);
  }
  return { files, listed, findings };
});
