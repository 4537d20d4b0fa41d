// What `demarc test` is pointed at: a site's folder, a policy on its own, a policy set, or a document of golden tests.
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "@demarc/compiler";
import type { PolicyImage } from "@demarc/matcher";
import { type GoldenTestsDocument, type PolicyDocument, parseData, type ReadDocument } from "@demarc/policy";
import { Effect } from "effect";
import { InputFault } from "./exit.ts";
import { readText, shownPath } from "./files.ts";
import { compilePolicies, readValid } from "./policies-as-set.ts";
import type { Finding } from "./print.ts";
import { readSite } from "./read-site.ts";

/** An image with the documents that it was made from. */
export interface TestSubject {
  readonly image: PolicyImage;
  readonly policies: readonly PolicyDocument[];
  /** Set where the tests are those of a document of their own, and not those that the policies carry. */
  readonly tests: GoldenTestsDocument | null;
  /** What was left out, such as lists. */
  readonly issues: readonly Finding[];
  /** File of a document, by its id, with its text. */
  readonly sources: ReadonlyMap<string, TestSource>;
}

/** The text that a test stands in. */
export interface TestSource {
  readonly file: string;
  readonly text: string;
}

/** Reads what a path names; `cli/site-refused`, `cli/document-refused`, `cli/nothing-to-test` or `cli/unreadable` otherwise. */
export const readTestSubject = Effect.fnUntraced(function* (
  path: string,
): Effect.fn.Return<TestSubject, InputFault> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    return yield* new InputFault({ code: "cli/unreadable", message: `\`${path}\` is not there` });
  if (stat.isDirectory()) return yield* siteSubject(path);
  const file = shownPath(path);
  const text = yield* readText(path);
  const read = yield* readValid(file, text);
  if (read.kind === "policy") return yield* policySubject(read, { file, text });
  if (read.kind === "policy-set") return yield* siteSubject(dirname(path));
  if (read.kind === "golden-tests") {
    const subject = yield* readTestSubject(join(dirname(path), read.document.subject));
    if (subject.tests !== null)
      return yield* new InputFault({
        code: "cli/nothing-to-test",
        message: `the subject of \`${file}\` is itself a document of golden tests`,
        help: "name a policy or a policy set as `subject`",
      });
    return {
      ...subject,
      tests: read.document,
      sources: new Map([...subject.sources, [read.document.id, { file, text }]]),
    };
  }
  return yield* new InputFault({
    code: "cli/nothing-to-test",
    message: `\`${file}\` is a ${read.kind}, which has no tests`,
    help: "point at a site's folder, a policy, or a document of golden tests",
  });
});

const siteSubject = Effect.fnUntraced(function* (
  directory: string,
): Effect.fn.Return<TestSubject, InputFault> {
  const { site } = yield* readSite(directory);
  const place = (path: string) => shownPath(join(directory, path));
  return {
    image: site.image,
    policies: site.policies.map((policy) => policy.document),
    tests: null,
    issues: site.issues
      .filter(({ code }) => code.startsWith("compiler/list-"))
      .map((issue) => ({ ...issue, file: issue.file === undefined ? undefined : place(issue.file) })),
    sources: new Map(
      site.policies.map(({ document, path }) => [
        document.id,
        { file: place(path), text: new TextDecoder().decode(site.sources.get(path)) },
      ]),
    ),
  };
});

const policySubject = Effect.fnUntraced(function* (
  policy: Extract<ReadDocument, { kind: "policy" }>,
  source: TestSource,
): Effect.fn.Return<TestSubject, InputFault> {
  const { image, diagnostics } = yield* compilePolicies([{ ...policy, file: source.file }]);
  return {
    image,
    policies: [policy.document],
    tests: null,
    issues: diagnostics.filter(isAboutList).map((issue) => ({ ...issue, severity: "warning" })),
    sources: new Map([[policy.document.id, source]]),
  };
});

function isAboutList({ code }: Diagnostic): boolean {
  return code.startsWith("compiler/list-");
}

/** Where a test stands, 1-based; `pointer` is a JSON Pointer into the text. */
export function placeOfTest(
  { file, text }: TestSource,
  pointer: string,
): { readonly file: string; readonly line?: number; readonly column?: number } {
  const data = parseData(text, { file });
  return data.ok ? { file, ...data.positionOf(pointer) } : { file };
}
