// Policies without a policy set: a set of one layer, of the publisher of the first.
import { type CompileInput, compile, type Diagnostic } from "@demarc/compiler";
import { isGroup, isTerritory, suggestTerritory } from "@demarc/jurisdiction";
import { openImage, type PolicyImage } from "@demarc/matcher";
import { type PolicyDocument, type ReadDocument, readDocument } from "@demarc/policy";
import { Effect } from "effect";
import { InputFault } from "./exit.ts";

/** A document that is valid; else everything that is wrong with it (`cli/document-refused`). */
export const readValid = Effect.fnUntraced(function* (
  file: string,
  text: string,
): Effect.fn.Return<ReadDocument, InputFault> {
  const read = readDocument(text, { file, isTerritory, isGroup, suggestTerritory });
  if (read.ok) return read.value;
  return yield* new InputFault({
    code: "cli/document-refused",
    message: `\`${file}\` is not valid`,
    help: "mend what is listed above; `demarc check` says more",
    findings: read.issues,
  });
});

/** A policy and where it was read. */
export interface PolicyFile {
  readonly document: PolicyDocument;
  readonly digest: string;
  readonly file: string;
}

/** The image of policies in one layer. They have no lists: those that rules name are among the diagnostics. */
export const compilePolicies = Effect.fnUntraced(function* (
  files: readonly [PolicyFile, ...PolicyFile[]],
): Effect.fn.Return<
  { readonly image: PolicyImage; readonly diagnostics: readonly Diagnostic[] },
  InputFault
> {
  const [{ document, digest, file }] = files;
  const policies: CompileInput["policies"] = files.map((each) => ({ ...each, path: each.file }));
  const compiled = compile({
    set: {
      document: {
        specVersion: document.specVersion,
        id: document.id,
        version: document.version,
        title: document.title,
        operator: document.publisher,
        default: "allow",
        layers: [{ id: "policy", policies: policies.map(({ path }) => path) }],
      },
      digest,
      file,
    },
    policies,
    lists: [],
  });
  const opened = compiled.ok ? openImage(compiled.image) : null;
  if (opened?.ok === true) return { image: opened.value, diagnostics: compiled.diagnostics };
  return yield* new InputFault({
    code: "cli/document-refused",
    message: `\`${file}\` can not be compiled`,
    help: "mend what is listed above",
    findings: compiled.diagnostics,
  });
});
