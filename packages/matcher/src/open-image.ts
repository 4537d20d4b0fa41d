// Bytes to an image that can be asked. Everything is checked here, so that no later read can go wrong.

import type { ImageIssue } from "./image-issue.ts";
import { hex, sha256Bytes } from "./internal/digest.ts";
import { ImageFault } from "./internal/image-fault.ts";
import { NAME_BYTES } from "./internal/name-bytes.ts";
import type { OpenedImage } from "./internal/opened-image.ts";
import { decisionsOf, defaultDecision } from "./internal/prebuilt-decisions.ts";
import { readMeta } from "./internal/read-meta.ts";
import { readCodes, readGroups, readPostings, readRows, wholeRows } from "./internal/read-parts.ts";
import { readSections } from "./internal/read-sections.ts";
import { readChains, readKeySet, readRanges } from "./internal/read-tables.ts";
import { ASN, ATOM, CLASS, FORMAT_VERSION, PORT, SECTION } from "./layout.ts";
import type { PolicyImage } from "./types.ts";

/** How much is checked when opening. */
export interface OpenOptions {
  /**
   * `verify` (the default) computes the content's digest; `trust` takes the one in the header, for bytes whose digest was
   * checked when they were stored. Nothing else is taken on trust: damaged bytes may give other answers then, and never
   * a fault.
   */
  readonly digest?: "verify" | "trust" | undefined;
  /** SHA-256 of the machine, where it has one; several times faster than the one in this package. */
  readonly sha256?: ((content: Uint8Array) => Uint8Array) | undefined;
}

/**
 * Opens an image: checks its form and its digest, and prepares it for decisions.
 *
 * Input: the bytes that `@demarc/compiler` made; they are not copied and must not change afterwards.
 * Errors: see ImageIssue; never throws, whatever the bytes.
 * Cost: that of SHA-256 over the bytes; without it, or besides, some microseconds a rule and nothing a name.
 */
export function openImage(
  bytes: Uint8Array,
  options: OpenOptions = {},
): { readonly ok: true; readonly value: PolicyImage } | { readonly ok: false; readonly issue: ImageIssue } {
  const sections = readSections(bytes, options.digest === "trust" ? null : (options.sha256 ?? sha256Bytes));
  if (!sections.ok) return sections;
  try {
    return { ok: true, value: read(bytes, sections.value, hex(sections.digest)) };
  } catch (fault) {
    if (fault instanceof ImageFault) return { ok: false, issue: fault.issue };
    throw fault;
  }
}

function read(bytes: Uint8Array, sections: Parameters<typeof readRows>[0], digest: string): OpenedImage {
  const meta = readMeta(sections.bytes(SECTION.meta));
  if (typeof meta === "string")
    throw new ImageFault(
      "image/meta",
      sections.offset(SECTION.meta),
      `the description can not be used: ${meta}`,
    );
  const codes = readCodes(sections);
  const rows = readRows(sections, meta.rules, meta.set.layers.length, codes);

  const atomBytes = sections.view(SECTION.atoms);
  if (atomBytes.byteLength % ATOM.bytes !== 0)
    throw new ImageFault("image/table", sections.offset(SECTION.atoms), "the atoms end in the middle of one");
  const atomCount = atomBytes.byteLength / ATOM.bytes;
  const atomRule = new Uint32Array(atomCount);
  const atomIsException = new Uint8Array(atomCount);
  const atomList = new Uint32Array(atomCount);
  for (let atom = 0; atom < atomCount; atom += 1) {
    const at = atom * ATOM.bytes;
    atomRule[atom] = atomBytes.getUint32(at + ATOM.rule, true);
    atomIsException[atom] = atomBytes.getUint8(at + ATOM.role);
    atomList[atom] = atomBytes.getUint32(at + ATOM.list, true);
    if ((atomIsException[atom] as number) > 1 || (atomList[atom] as number) > codes.length)
      throw new ImageFault(
        "image/value",
        sections.offset(SECTION.atoms) + at,
        "an atom has an unknown role or list",
      );
    if ((atomRule[atom] as number) >= rows.length)
      throw new ImageFault(
        "image/index",
        sections.offset(SECTION.atoms) + at,
        "an atom names a rule that is not there",
      );
  }
  const { starts, postings } = readPostings(sections, atomCount);
  const listCount = starts.length - 1;
  const any =
    sections.bytes(SECTION.any).length === 4 ? sections.view(SECTION.any).getUint32(0, true) : listCount;
  if (any >= listCount)
    throw new ImageFault(
      "image/index",
      sections.offset(SECTION.any),
      "the list of rules about anything is not there",
    );

  const byDefault = defaultDecision(meta.set.default, "default", digest);
  return {
    formatVersion: FORMAT_VERSION,
    digest,
    byteLength: bytes.length,
    set: meta.set,
    rules: meta.rules,
    selectorCount: postings.length,
    rows,
    decisions: meta.rules.map((rule) => decisionsOf(rule, digest)),
    byDefault,
    malformed: defaultDecision(meta.set.default, "request-malformed", digest),
    groups: readGroups(sections, codes),
    atomRule,
    atomIsException,
    atomList,
    codes,
    postingStarts: starts,
    postings,
    names: readKeySet(sections, SECTION.names),
    urls: readKeySet(sections, SECTION.urls),
    ranges4: readRanges(sections, SECTION.prefixes4, 4),
    ranges6: readRanges(sections, SECTION.prefixes6, 16),
    chains: readChains(sections, SECTION.chains, listCount),
    ports: readPorts(sections, listCount),
    asns: readAsns(sections, listCount),
    classes: readClasses(sections, codes, listCount),
    any,
    scratch: {
      generation: 0,
      name: new Uint8Array(NAME_BYTES),
      atomExcluded: new Float64Array(atomCount),
      hitCount: 0,
      hitAtoms: new Uint32Array(64),
      hitRanks: new Int32Array(64),
      ruleMatched: new Float64Array(rows.length),
      ruleExcepted: new Float64Array(rows.length),
      ruleRank: new Int32Array(rows.length),
      ruleAtom: new Uint32Array(rows.length),
      ruleDetail: new Int32Array(rows.length),
      matchedCount: 0,
      matchedRules: new Uint32Array(rows.length),
      ruleOverridden: new Float64Array(rows.length),
    },
  };
}

function readPorts(sections: Parameters<typeof readRows>[0], listCount: number): Uint32Array {
  const view = sections.view(SECTION.ports);
  const fault = (code: "image/table" | "image/value" | "image/index", at: number, what: string) =>
    new ImageFault(code, sections.offset(SECTION.ports) + at, what);
  const count = Math.floor(view.byteLength / PORT.bytes);
  if (count * PORT.bytes !== view.byteLength)
    throw fault("image/table", 0, "the ports end in the middle of one");
  const ports = new Uint32Array(count * 5);
  let reach = 0;
  for (let index = 0; index < count; index += 1) {
    const at = index * PORT.bytes;
    const from = view.getUint16(at + PORT.from, true);
    const to = view.getUint16(at + PORT.to, true);
    const protocol = view.getUint16(at + PORT.protocol, true);
    const list = view.getUint32(at + PORT.posting, true);
    reach = Math.max(reach, to);
    if (from < (ports[index * 5 - 5] ?? 1) || to < from || protocol > 2)
      throw fault("image/value", at, "ports are not in order, or a protocol is unknown");
    if (view.getUint16(at + PORT.reach, true) !== reach)
      throw fault("image/value", at, "a port has a wrong reach");
    if (list >= listCount) throw fault("image/index", at, "a port names a posting list that is not there");
    ports.set([from, to, reach, protocol, list], index * 5);
  }
  return ports;
}

function readAsns(sections: Parameters<typeof readRows>[0], listCount: number): Uint32Array {
  const words = sections.words(SECTION.asns, 0, wholeRows(sections, SECTION.asns, ASN.bytes) / 4);
  for (let at = 0; at < words.length; at += 2) {
    if (
      (at > 0 && (words[at - 2] as number) >= (words[at] as number)) ||
      (words[at + 1] as number) >= listCount
    )
      throw new ImageFault(
        "image/index",
        sections.offset(SECTION.asns) + at * 4,
        "autonomous systems are out of order, or name a posting list that is not there",
      );
  }
  return words;
}

function readClasses(
  sections: Parameters<typeof readRows>[0],
  codes: readonly string[],
  listCount: number,
): ReadonlyMap<string, number> {
  const view = sections.view(SECTION.classes);
  const count = Math.floor(view.byteLength / CLASS.bytes);
  if (count * CLASS.bytes !== view.byteLength)
    throw new ImageFault(
      "image/table",
      sections.offset(SECTION.classes),
      "the data classes end in the middle of one",
    );
  const classes = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    const code = codes[view.getUint32(index * CLASS.bytes + CLASS.code, true)];
    const list = view.getUint32(index * CLASS.bytes + CLASS.posting, true);
    if (code === undefined || list >= listCount)
      throw new ImageFault(
        "image/index",
        sections.offset(SECTION.classes) + index * CLASS.bytes,
        "a data class points at nothing",
      );
    classes.set(code, list);
  }
  return classes;
}
