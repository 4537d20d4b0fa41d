// The conformance vectors about decisions, compiled: what all environments are asked.
import { readdirSync, readFileSync } from "node:fs";
import { type CompileInput, compile } from "@demarc/compiler";
import type { Request } from "@demarc/matcher";
import { parseAddress } from "@demarc/net";
import { digestOf } from "@demarc/policy";
import type { Asked, WrittenRequest } from "./ask.ts";

interface VectorFile {
  readonly set: CompileInput["set"]["document"];
  readonly policies: readonly Pick<CompileInput["policies"][number], "path" | "document">[];
  readonly lists: readonly { readonly ref: string; readonly text: string }[];
  readonly cases: readonly {
    readonly request: Omit<Request, "at" | "address"> & { readonly at: string; readonly address?: string };
    readonly expect: { readonly verdict: string; readonly rule: string | null };
  }[];
}

/** An image's bytes with what it is asked and what it must say. */
export interface Compiled extends Asked {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly expected: readonly { readonly verdict: string; readonly rule: string | null }[];
}

/** One image per vector file. */
export function compiledVectors(): Compiled[] {
  const folder = new URL("../vectors/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .flatMap((name) => {
      const file = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as VectorFile;
      // Vectors of other kinds lie beside these; those about decisions bring their policies.
      return "policies" in file ? [compiledFile(name, file)] : [];
    });
}

function compiledFile(name: string, file: VectorFile): Compiled {
  const compiled = compile({
    set: { document: file.set, digest: digestOf(file.set) },
    policies: file.policies.map((policy) => ({ ...policy, digest: digestOf(policy.document) })),
    lists: file.lists.map(({ ref, text }) => ({ ref, bytes: new TextEncoder().encode(text) })),
  });
  if (!compiled.ok) throw new Error(`${name}: ${compiled.diagnostics[0]?.message}`);
  return {
    image: name.replace(".json", ".image"),
    bytes: Uint8Array.from(compiled.image),
    requests: file.cases.map(({ request }) => writtenRequest(request)),
    expected: file.cases.map(({ expect: { verdict, rule } }) => ({ verdict, rule })),
  };
}

function writtenRequest({ at, address, ...facts }: VectorFile["cases"][number]["request"]): WrittenRequest {
  const bytes = address === undefined ? undefined : parseAddress(address);
  return { ...facts, at: Date.parse(at), ...(bytes?.ok ? { address: [...bytes.value] } : {}) };
}
