// A site's folder to an image that is ready to decide: read, validate, compile, open, test. Every fault of every file is
// collected, so that a person mends them in one go.
import { parseTlogPolicy } from "@demarc/audit";
import {
  type CompileInput,
  type CompileStats,
  compile,
  type Diagnostic,
  type GoldenResult,
  runGoldenTests,
} from "@demarc/compiler";
import {
  isGroup,
  isTerritory,
  type NetworkMap,
  parseNetworkMap,
  suggestTerritory,
} from "@demarc/jurisdiction";
import { openImage, type PolicyImage } from "@demarc/matcher";
import { type PolicyDocument, type PolicySetDocument, parseData, readDocument } from "@demarc/policy";
import { Effect } from "effect";
import { type AuditConfig, parseAuditConfig } from "./audit-config.ts";
import { digestOfBytes, sha256 } from "./digest-of-bytes.ts";
import { type EvidenceConfig, parseEvidenceConfig } from "./evidence-config.ts";
import { readSiteFile } from "./site-folder.ts";
import { type SiteIssue, SiteRefused } from "./site-refused.ts";

/** A site that can be enforced. */
export interface Site {
  readonly directory: string;
  readonly image: PolicyImage;
  readonly imageBytes: Uint8Array;
  readonly set: PolicySetDocument;
  /** The policy set's file, in the folder. */
  readonly setPath: string;
  readonly policies: readonly {
    readonly path: string;
    readonly document: PolicyDocument;
    readonly digest: string;
  }[];
  /** The operator's own map of its networks; null where the site has none. */
  readonly networks: NetworkMap | null;
  /** The map as it was written, to be kept with a last good image. */
  readonly networksData: unknown;
  /** Where the files of evidence are; none where the site has no evidence.yaml. */
  readonly evidence: EvidenceConfig;
  /** What the operator keeps and publishes beyond the least; nothing where the site has no audit.yaml. */
  readonly audit: AuditConfig;
  /** The trust policy that audit.yaml names, as it was read; null where it names none. */
  readonly witnessPolicy: string | null;
  /** Warnings, and errors that cost one list only. */
  readonly issues: readonly SiteIssue[];
  readonly stats: CompileStats;
  readonly goldenTests: readonly GoldenResult[];
  /** The lists that were compiled in, by digest; their bytes are not the operator's to publish. */
  readonly lists: readonly {
    readonly ref: string;
    readonly path: string;
    readonly digest: string;
    readonly bytes: number;
  }[];
  /** The set and its policies, as read, by path: what may be published. The networks are not in here, they tell of clients. */
  readonly sources: ReadonlyMap<string, Uint8Array>;
}

const SET_FILES = ["policy-set.yaml", "policy-set.yml", "policy-set.json"];
const EVIDENCE_FILES = ["evidence.yaml", "evidence.yml", "evidence.json"];
const AUDIT_FILES = ["audit.yaml", "audit.yml", "audit.json"];
const NETWORK_FILES = ["networks.yaml", "networks.yml", "networks.json"];

/**
 * Loads the site in a folder.
 *
 * Errors: `SiteRefused` with every issue found. `skipGoldenTests` leaves failing golden tests to the caller
 * (`demarc test` reports them itself).
 */
export const loadSite = Effect.fn("loadSite")(function* (
  directory: string,
  options: { readonly skipGoldenTests?: boolean } = {},
): Effect.fn.Return<Site, SiteRefused> {
  const issues: SiteIssue[] = [];
  const sources = new Map<string, Uint8Array>();
  const refuse = () => new SiteRefused({ directory, issues });
  const readOne = (path: string) =>
    readSiteFile(directory, path).pipe(
      Effect.tap((bytes) => Effect.sync(() => sources.set(path, bytes))),
      Effect.matchEffect({
        onSuccess: (bytes) => Effect.succeed(bytes),
        onFailure: (issue) => Effect.sync(() => (issues.push(issue), null)),
      }),
    );

  const set = yield* readSet(directory, issues, sources);
  if (set === null) return yield* refuse();
  const policies: CompileInput["policies"][number][] = [];
  for (const path of new Set(set.document.layers.flatMap((layer) => layer.policies))) {
    const bytes = yield* readOne(path);
    const read = bytes === null ? null : readAs("policy", path, bytes, issues);
    if (read !== null)
      policies.push({ path, file: path, document: read.document as PolicyDocument, digest: read.digest });
  }
  const lists: { ref: string; path: string; bytes: Uint8Array }[] = [];
  for (const { ref, path } of set.document.lists ?? []) {
    // A list that can not be read costs that list only: the compiler reports the rules that miss it.
    const bytes = yield* readSiteFile(directory, path).pipe(Effect.result);
    if (bytes._tag === "Success") lists.push({ ref, path, bytes: bytes.success });
    else issues.push({ ...bytes.failure, code: bytes.failure.code, severity: "warning" });
  }
  const networks = yield* readWith(directory, NETWORK_FILES, parseNetworkMap, issues);
  const evidence = yield* readWith(directory, EVIDENCE_FILES, parseEvidenceConfig, issues);
  const audit = (yield* readWith(directory, AUDIT_FILES, parseAuditConfig, issues))?.value ?? {};
  const witnessPolicy = yield* readWitnessPolicy(directory, audit, issues);
  if (issues.some((issue) => issue.severity === "error")) return yield* refuse();

  const compiled = compile({
    set: { document: set.document, digest: set.digest, file: set.file },
    policies,
    lists,
  });
  issues.push(...compiled.diagnostics.map((diagnostic) => fromDiagnostic(diagnostic, compiled.ok)));
  if (!compiled.ok) return yield* refuse();
  const opened = openImage(compiled.image, { sha256 });
  if (!opened.ok) {
    issues.push({ ...opened.issue, severity: "error" });
    return yield* refuse();
  }
  const goldenTests = runGoldenTests(
    opened.value,
    policies.map((policy) => policy.document),
  );
  if (options.skipGoldenTests !== true) {
    const unlisted = rulesWithoutList(compiled.diagnostics);
    const failed = goldenTests
      .filter((each) => !each.ok)
      .map((each) => fromGoldenTest(each, policies, unlisted));
    issues.push(...failed);
    if (failed.some((issue) => issue.severity === "error")) return yield* refuse();
  }
  return {
    directory,
    image: opened.value,
    imageBytes: compiled.image,
    set: set.document,
    setPath: set.file,
    policies,
    networks: networks?.value ?? null,
    networksData: networks?.data ?? null,
    evidence: evidence?.value ?? { sources: [] },
    audit,
    witnessPolicy,
    issues,
    stats: compiled.stats,
    goldenTests,
    lists: lists.map(({ ref, path, bytes }) => ({
      ref,
      path,
      digest: digestOfBytes(bytes),
      bytes: bytes.length,
    })),
    sources,
  };
});

const readSet = Effect.fnUntraced(function* (
  directory: string,
  issues: SiteIssue[],
  sources: Map<string, Uint8Array>,
) {
  const found = yield* readFirst(directory, SET_FILES);
  if (found === null) {
    issues.push({
      code: "site/unreadable",
      severity: "error",
      message: `there is no ${SET_FILES.join(" or ")} in ${directory}`,
      help: "point at a site's folder (DEMARC_SITE), or start from examples/site",
    });
    return null;
  }
  if (!("bytes" in found)) {
    issues.push(found.issue);
    return null;
  }
  sources.set(found.path, found.bytes);
  const read = readAs("policy-set", found.path, found.bytes, issues);
  return read === null
    ? null
    : { document: read.document as PolicySetDocument, digest: read.digest, file: found.path };
});

interface FormIssue {
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly help?: string | undefined;
}

// A file that a site need not have; null where it has none, or where it is no such thing, which is told.
const readWith = Effect.fnUntraced(function* <T>(
  directory: string,
  names: readonly string[],
  read: (
    data: unknown,
  ) =>
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly issues: readonly FormIssue[] },
  issues: SiteIssue[],
) {
  const found = yield* readFirst(directory, names);
  if (found === null) return null;
  if (!("bytes" in found)) {
    issues.push(found.issue);
    return null;
  }
  // A file whose lines are all comments says nothing.
  const text = textOf(found.bytes).replace(/^(?:[ \t]*(?:#.*)?(?:\r?\n|$))*$/, "null");
  const data = parseData(text, { file: found.path });
  if (!data.ok) {
    issues.push(...data.issues);
    return null;
  }
  const form = read(data.value);
  if (form.ok) return { value: form.value, data: data.value };
  issues.push(
    ...form.issues.map((issue) => ({
      ...issue,
      ...data.positionOf(issue.pointer),
      severity: "error" as const,
      file: found.path,
    })),
  );
  return null;
});

// Its faults are told with the site's, not when a witness is first asked.
const readWitnessPolicy = Effect.fnUntraced(function* (
  directory: string,
  { witnesses }: AuditConfig,
  issues: SiteIssue[],
): Effect.fn.Return<string | null> {
  if (witnesses === undefined) return null;
  const { policy: file } = witnesses;
  const read = yield* readSiteFile(directory, file).pipe(Effect.result);
  if (read._tag === "Failure") {
    issues.push(read.failure);
    return null;
  }
  const policy = parseTlogPolicy(read.success);
  if (policy.ok && policy.value.witnesses.length > 0) return textOf(read.success);
  const message = policy.ok ? "the policy has no witness" : policy.issue.message;
  const line = Number(/^line (\d+): /.exec(message)?.[1] ?? 1);
  const help =
    "a line `witness <name> <verifier key> <URL>` for each, and `quorum <name>` (C2SP tlog-policy)";
  const code = policy.ok ? "audit-config/no-witness" : policy.issue.code;
  issues.push({
    code,
    severity: "error",
    file,
    line,
    column: 1,
    message: message.replace(/^line \d+: /, ""),
    help,
  });
  return null;
});

type FirstFound = { readonly path: string; readonly bytes: Uint8Array } | { readonly issue: SiteIssue };

const readFirst = Effect.fnUntraced(function* (
  directory: string,
  names: readonly string[],
): Effect.fn.Return<FirstFound | null> {
  for (const path of names) {
    const read = yield* readSiteFile(directory, path).pipe(Effect.result);
    if (read._tag === "Success") return { path, bytes: read.success };
    if (!read.failure.message.includes("ENOENT")) return { issue: read.failure };
  }
  return null;
});

function readAs(
  kind: "policy" | "policy-set",
  path: string,
  bytes: Uint8Array,
  issues: SiteIssue[],
): { document: PolicyDocument | PolicySetDocument; digest: string } | null {
  const read = readDocument(textOf(bytes), { file: path, isTerritory, isGroup, suggestTerritory });
  if (!read.ok) {
    issues.push(...read.issues);
    return null;
  }
  issues.push(...read.value.warnings);
  if (read.value.kind === kind) return read.value;
  issues.push({
    code: "site/kind",
    severity: "error",
    file: path,
    line: 1,
    column: 1,
    message: `\`${path}\` is a ${read.value.kind}; a ${kind} is expected`,
    help: "a policy has `rules`, a policy set has `layers`",
  });
  return null;
}

function fromDiagnostic(diagnostic: Diagnostic, compiled: boolean): SiteIssue {
  // With an image in hand an error cost one list; it is told, and enforcement goes on without that list.
  return { ...diagnostic, severity: compiled ? "warning" : diagnostic.severity };
}

// Rules that a list was left out of.
function rulesWithoutList(diagnostics: readonly Diagnostic[]): ReadonlySet<string | undefined> {
  return new Set(
    diagnostics
      .filter(({ code, severity }) => severity === "error" && code.startsWith("compiler/list-"))
      .map(({ rule }) => rule),
  );
}

// A test that misses a match because its rule's list was left out is told with the list: it costs that list only.
function fromGoldenTest(
  failed: GoldenResult,
  policies: readonly { readonly path: string; readonly document: PolicyDocument }[],
  unlisted: ReadonlySet<string | undefined>,
): SiteIssue {
  const policy = policies.find((each) => each.document.id === failed.policy);
  const costsOneList = unlisted.has(failed.rule) && failed.test.expect !== "no-match";
  return {
    code: "site/golden-test",
    severity: costsOneList ? "warning" : "error",
    file: policy?.path,
    message: `test ${failed.index + 1} of rule \`${failed.rule}\` (${failed.test.target} in ${failed.test.where} at ${failed.test.at}): ${failed.message}`,
    help: "run `demarc test` and mend the rule or the test",
  };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
