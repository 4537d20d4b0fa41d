// What a list is written from: a site, or policies on their own.
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readSelectedList } from "@demarc/compiler";
import type { PolicyImage } from "@demarc/matcher";
import type { PolicyDocument } from "@demarc/policy";
import { Effect } from "effect";
import { InputFault, UsageFault } from "../exit.ts";
import { readText, shownPath } from "../files.ts";
import { compilePolicies, type PolicyFile, readValid } from "../policies-as-set.ts";
import { readSite } from "../read-site.ts";
import type { LeftOut } from "./blocked-list.ts";
import type { ListOf } from "./mentions.ts";

/** An image, its documents and its lists. */
export interface BlockSubject {
  readonly image: PolicyImage;
  readonly policies: readonly PolicyDocument[];
  readonly listOf: ListOf;
  /** Rules that miss a list that they name. */
  readonly missing: readonly LeftOut[];
}

/**
 * Reads a site (its folder or policy set), or policies as a set of one layer.
 * Faults: `cli/unreadable`, `cli/document-refused`, `cli/site-refused`; a usage fault for what does not go together.
 */
export const readSubject = Effect.fnUntraced(function* (
  paths: readonly string[],
): Effect.fn.Return<BlockSubject, InputFault | UsageFault> {
  const files: PolicyFile[] = [];
  for (const path of paths) {
    const file = shownPath(path);
    const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const read = folder ? null : yield* readValid(file, yield* readText(file));
    if (read === null || read.kind === "policy-set") {
      if (paths.length === 1) return yield* siteSubject(folder ? path : dirname(path));
      return yield* new UsageFault({
        message: `\`${file}\` is a whole site, and other policies are given beside it`,
        help: "give the site alone, or policies alone",
      });
    }
    if (read.kind !== "policy")
      return yield* new InputFault({
        code: "cli/document-refused",
        message: `\`${file}\` is a ${read.kind}, which blocks nothing`,
        help: "give policies, or the folder of a site",
      });
    files.push({ document: read.document, digest: read.digest, file });
  }
  return yield* policiesSubject(files);
});

const siteSubject = Effect.fnUntraced(function* (
  directory: string,
): Effect.fn.Return<BlockSubject, InputFault> {
  const { site, image } = yield* readSite(directory);
  return {
    image,
    policies: site.policies.map(({ document }) => document),
    listOf: (selector) => {
      const list = site.lists.find(({ ref }) => ref === selector.ref);
      return list === undefined
        ? null
        : readSelectedList(selector, readFileSync(join(site.directory, list.path)));
    },
    missing: missingLists(site.issues),
  };
});

const policiesSubject = Effect.fnUntraced(function* (
  files: readonly PolicyFile[],
): Effect.fn.Return<BlockSubject, InputFault | UsageFault> {
  const [first, ...others] = files;
  if (first === undefined)
    return yield* new UsageFault({
      message: "no policy is given",
      help: "name policies, or the folder of a site",
    });
  const establishments = new Set(files.map(({ document }) => document.publisher.jurisdiction));
  if (establishments.size > 1)
    return yield* new UsageFault({
      message: `the policies are published in ${[...establishments].join(" and ")}, so nobody knows where their operator is`,
      help: "give a site, whose policy set names the operator",
    });
  const { image, diagnostics } = yield* compilePolicies([first, ...others]);
  return {
    image,
    policies: files.map(({ document }) => document),
    listOf: () => null,
    missing: missingLists(diagnostics),
  };
});

// A list that is not to be had is an error of that list alone, so that the rest compiles; here it would be missed in silence.
function missingLists(
  issues: readonly { readonly code: string; readonly message: string; readonly rule?: string | undefined }[],
): readonly LeftOut[] {
  return issues
    .filter(({ code }) => code.startsWith("compiler/list-") && code !== "compiler/list-lines")
    .map(({ message, rule }) => ({ what: "a list", rules: rule === undefined ? [] : [rule], why: message }));
}
