// What selectors point at, opened in place and read through once: atoms, posting lists, ports, autonomous systems, data classes.
import * as ROW_BYTES from "../layout/row-bytes.ts";
import { SECTION } from "../layout.ts";
import { ImageFault } from "./image-fault.ts";
import type { Sections } from "./read-sections.ts";
import type { Texts } from "./texts.ts";

/** Atoms: three words a row. */
export function readAtoms(sections: Sections, ruleCount: number, texts: Texts): Uint32Array {
  const atoms = sections.rows(SECTION.atoms, ROW_BYTES.atoms);
  for (let at = 0; at < atoms.length; at += 3) {
    if ((atoms[at] as number) >= ruleCount)
      throw faultAt(sections, "image/index", SECTION.atoms, at, "an atom points at nothing");
    if ((atoms[at + 1] as number) > 1 || (atoms[at + 2] as number) > texts.count)
      throw faultAt(sections, "image/value", SECTION.atoms, at, "an atom has an unknown role or list");
  }
  return atoms;
}

/** Posting lists: starts (one more than there are lists) and postings. */
export function readPostings(
  sections: Sections,
  atomCount: number,
): { readonly starts: Uint32Array; readonly postings: Uint32Array } {
  const fault = (what: string) => new ImageFault("image/index", sections.offset(SECTION.postings), what);
  const wordCount = sections.rows(SECTION.postings, 4).length;
  if (wordCount < 3) throw fault("the posting lists are missing");
  const listCount = sections.words(SECTION.postings, 0, 1)[0] as number;
  if (listCount < 1 || 2 + listCount > wordCount) throw fault("there are fewer posting lists than stated");
  const starts = sections.words(SECTION.postings, 4, listCount + 1);
  const postings = sections.words(SECTION.postings, 8 + listCount * 4, wordCount - listCount - 2);
  if (starts[0] !== 0 || starts[1] !== 0 || starts[listCount] !== postings.length)
    throw fault("the posting lists do not cover the postings");
  for (let list = 0; list < listCount; list += 1) {
    if ((starts[list] as number) > (starts[list + 1] as number))
      throw fault(`posting list ${list} ends before it starts`);
  }
  for (const posting of postings) if (posting >>> 1 >= atomCount) throw fault("a posting points at nothing");
  return { starts, postings };
}

/** The posting list of rules about anything. */
export function readAny(sections: Sections, listCount: number): number {
  const [any = listCount, ...more] = sections.rows(SECTION.any, 4);
  if (any >= listCount || more.length > 0)
    throw faultAt(
      sections,
      "image/index",
      SECTION.any,
      0,
      "the list of rules about anything is not there, or not the only one",
    );
  return any;
}

/** Ports: three words a row, two halves in the first two. */
export function readPorts(sections: Sections, listCount: number): Uint32Array {
  const ports = sections.rows(SECTION.ports, ROW_BYTES.ports);
  let first = 1;
  let reach = 0;
  for (let at = 0; at < ports.length; at += 3) {
    const from = (ports[at] as number) & 0xffff;
    const to = (ports[at] as number) >>> 16;
    reach = Math.max(reach, to);
    if (from < first || to < from || (ports[at + 1] as number) >>> 16 > 2)
      throw faultAt(
        sections,
        "image/value",
        SECTION.ports,
        at,
        "ports are out of order, or have an unknown protocol",
      );
    if (((ports[at + 1] as number) & 0xffff) !== reach)
      throw faultAt(sections, "image/value", SECTION.ports, at, "a port has a wrong reach");
    if ((ports[at + 2] as number) >= listCount)
      throw faultAt(sections, "image/index", SECTION.ports, at, "a port points at nothing");
    first = from;
  }
  return ports;
}

/** Autonomous systems: two words a row. */
export function readAsns(sections: Sections, listCount: number): Uint32Array {
  const asns = sections.rows(SECTION.asns, ROW_BYTES.asns);
  for (let at = 0; at < asns.length; at += 2)
    if ((at > 0 && (asns[at - 2] as number) >= (asns[at] as number)) || (asns[at + 1] as number) >= listCount)
      throw faultAt(
        sections,
        "image/index",
        SECTION.asns,
        at,
        "autonomous systems are out of order, or point at nothing",
      );
  return asns;
}

/** Data classes by name, with their posting lists. */
export function readClasses(
  sections: Sections,
  texts: Texts,
  listCount: number,
): ReadonlyMap<string, number> {
  const rows = sections.rows(SECTION.classes, ROW_BYTES.classes);
  const classes = new Map<string, number>();
  for (let at = 0; at < rows.length; at += 2) {
    const list = rows[at + 1] as number;
    if ((rows[at] as number) >= texts.count || list >= listCount)
      throw faultAt(sections, "image/index", SECTION.classes, at, "a data class points at nothing");
    const name = texts.at(rows[at] as number);
    if (classes.has(name))
      throw faultAt(sections, "image/value", SECTION.classes, at, "a data class is there twice");
    classes.set(name, list);
  }
  return classes;
}

function faultAt(
  sections: Sections,
  code: "image/index" | "image/value",
  kind: number,
  word: number,
  what: string,
): ImageFault {
  return new ImageFault(code, sections.offset(kind) + word * 4, what);
}
