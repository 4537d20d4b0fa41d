// What the lints ask: places and their groups, vocabularies, the public suffix list, the policies that lie beside a set.
import { globSync } from "node:fs";
import { join, sep } from "node:path";
import { canonicalTerritory, isMember, members, parentTerritory, sovereignOf } from "@demarc/jurisdiction";
import { suffixesBelow, suffixSection } from "@demarc/net/public-suffix";
import { type LintContext, readDocument } from "@demarc/policy";
import { isKnownAim, isKnownTerm } from "@demarc/vocabularies";
import { Effect } from "effect";
import { readText } from "./files.ts";

const MAX_FILES = 10_000;

/** The context of the lints at an instant, in milliseconds since 1970. */
export function lintContext(at: number): LintContext {
  return { at, isKnownAim, isKnownCategory: isKnownTerm, covers, suffixes: { suffixSection, suffixesBelow } };
}

/** Policies below a site's folder other than `known`, relative to it with `/`; what can not be read or is none is left out. */
export const otherPolicies = Effect.fnUntraced(function* (directory: string, known: ReadonlySet<string>) {
  const paths = globSync("**/*.{yaml,yml,json,jsonc}", { cwd: directory, exclude: isElsewhere }).slice(
    0,
    MAX_FILES,
  );
  const found: string[] = [];
  for (const path of paths.sort()) {
    const name = path.split(sep).join("/");
    if (known.has(name)) continue;
    const text = yield* Effect.result(readText(join(directory, path)));
    if (text._tag === "Failure" || !/(?:^|[{,"\s])rules"?\s*:/.test(text.success)) continue;
    const read = readDocument(text.success, { file: path });
    if (read.ok && read.value.kind === "policy") found.push(name);
  }
  return found;
});

function isElsewhere(path: string): boolean {
  const name = path.split(sep).at(-1) ?? "";
  return name === "node_modules" || (name.startsWith(".") && name !== "." && name !== "..");
}

function covers(outer: string, inner: string, at: number): boolean {
  if (outer === inner) return true;
  const places = inner.startsWith("group:") ? members(inner, at) : [inner];
  return places.length > 0 && places.every((place) => holds(outer, place, at));
}

function holds(outer: string, place: string, at: number): boolean {
  if (outer.startsWith("group:")) return isMember(outer, place, at);
  const code = canonicalTerritory(place);
  return [place, code, parentTerritory(place), sovereignOf(code, at)].includes(outer);
}
