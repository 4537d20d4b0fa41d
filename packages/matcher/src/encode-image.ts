// Plain parts to image bytes. The compiler decides what the parts are; this file only knows how they lie in memory.
import type { ImageParts, Posting } from "./image-parts.ts";
import { hex, sha256Bytes } from "./internal/digest.ts";
import { encodeKeySet } from "./internal/encode-key-set.ts";
import { encodePatterns } from "./internal/encode-patterns.ts";
import { Chains, encodeRanges } from "./internal/encode-ranges.ts";
import { encodeRecords } from "./internal/encode-records.ts";
import { rows } from "./internal/encode-rows.ts";
import { encodeIntervals, encodeRules, encodeSchedules } from "./internal/encode-rules.ts";
import type { KeyKind } from "./internal/place-keys.ts";
import { moveTo } from "./internal/scratch.ts";
import { TextTable } from "./internal/text-table.ts";
import type { TakenKeys } from "./key-collector.ts";
import * as HEADER from "./layout/header.ts";
import * as ROW_BYTES from "./layout/row-bytes.ts";
import {
  ASN,
  ATOM,
  CLASS,
  FORMAT_VERSION,
  MAGIC,
  PORT,
  SECTION,
  SECTION_ALIGN,
  SECTION_COUNT,
} from "./layout.ts";

/** How an image is written. */
export interface EncodeOptions {
  /** Uses up names, URLs and prefixes, whose collectors are empty then: else their memory is needed beside that of the image. */
  readonly useUp?: boolean | undefined;
}

/**
 * Writes an image. The same parts give the same bytes, whatever the order of keys and prefixes.
 *
 * Throws RangeError when no hash keeps the keys apart: nobody's names do that by chance.
 *
 * Returns the bytes and their content digest in lower-case hex.
 */
export function encodeImage(
  parts: ImageParts,
  { useUp = false }: EncodeOptions = {},
): { readonly bytes: Uint8Array; readonly digest: string } {
  const how = useUp ? "all" : "copies";
  const texts = new TextTable();
  const postings = new PostingLists();
  const chains = new Chains();
  const ranges = (bytes: 4 | 16) =>
    encodeRanges(parts.prefixes.table(bytes, how), (list) => postings.of(list), chains);
  const sections = new Map<number, Uint8Array | readonly Uint8Array[]>([
    [SECTION.records, encodeRecords(parts.set, parts.rules, texts)],
    ...encodeRules(parts.rules, texts),
    [SECTION.intervals, encodeIntervals(parts.intervals, texts)],
    [
      SECTION.atoms,
      rows(parts.atoms, ROW_BYTES.atoms, (view, at, atom) => {
        view.setUint32(at + ATOM.rule, atom.rule, true);
        view.setUint8(at + ATOM.role, atom.role === "exception" ? 1 : 0);
        view.setUint32(at + ATOM.list, atom.list === null ? 0 : texts.of(atom.list) + 1, true);
      }),
    ],
    [SECTION.names, encodeKeys(parts.names.take(how), "names", postings)],
    [SECTION.urls, encodeKeys(parts.urls.take(how), "urls", postings)],
    ...encodePatterns(parts.patterns, (list) => postings.of(list)),
    [SECTION.prefixes4, ranges(4)],
    [SECTION.prefixes6, ranges(16)],
    [SECTION.ports, encodePorts(parts.ports, postings)],
    [
      SECTION.classes,
      rows([...parts.classes].toSorted(byKey), ROW_BYTES.classes, (view, at, [code, list]) => {
        view.setUint32(at + CLASS.text, texts.of(code), true);
        view.setUint32(at + CLASS.posting, postings.of(list), true);
      }),
    ],
    [
      SECTION.asns,
      rows(
        [...parts.asns].toSorted(([a], [b]) => a - b),
        ROW_BYTES.asns,
        (view, at, [number, list]) => {
          view.setUint32(at + ASN.number, number, true);
          view.setUint32(at + ASN.posting, postings.of(list), true);
        },
      ),
    ],
    ...encodeSchedules(parts.schedules),
    [SECTION.any, new Uint8Array(Uint32Array.of(postings.of(parts.any)).buffer)],
  ]);
  // Last, because writing the others fills them.
  sections.set(SECTION.chains, new Uint8Array(Uint32Array.from(chains.words).buffer));
  sections.set(SECTION.texts, texts.encode());
  sections.set(SECTION.postings, postings.encode());
  return assemble(sections);
}

function assemble(sections: ReadonlyMap<number, Uint8Array | readonly Uint8Array[]>): {
  bytes: Uint8Array;
  digest: string;
} {
  const kinds = [...sections.keys()].toSorted((a, b) => a - b);
  let offset = align(HEADER.table + SECTION_COUNT * HEADER.tableEntryBytes);
  const table = kinds.map((kind) => {
    const parts = [sections.get(kind) ?? []].flat();
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const entry = { kind, offset, length, parts };
    offset = align(offset + length);
    return entry;
  });
  const bytes = new Uint8Array(offset);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(HEADER.version, FORMAT_VERSION, true);
  view.setUint32(HEADER.sectionCount, table.length, true);
  for (const [index, entry] of table.entries()) {
    const at = HEADER.table + index * HEADER.tableEntryBytes;
    view.setUint32(at, entry.kind, true);
    view.setUint32(at + 4, entry.offset, true);
    view.setUint32(at + 8, entry.length, true);
    let from = entry.offset;
    for (const part of entry.parts) {
      const { length } = part;
      moveTo(bytes, from, part);
      from += length;
    }
  }
  const digest = sha256Bytes(bytes.subarray(HEADER.table));
  bytes.set(digest, HEADER.digest);
  return { bytes, digest: hex(digest) };
}

function encodeKeys(keys: TakenKeys, kind: KeyKind, postings: PostingLists): readonly Uint8Array[] {
  const columnsOf = (group: number) => keys.groups[group] ?? [[], [], []];
  return encodeKeySet(
    keys,
    {
      nameOf: (group) => JSON.stringify(columnsOf(group).map(numbersOf)),
      listsOf: (group) => {
        const [exact, suffix, wildcard] = columnsOf(group);
        return [postings.of(exact), postings.of(suffix), postings.of(wildcard)];
      },
    },
    kind,
  );
}

function protocolCode(protocol: "tcp" | "udp" | null): number {
  return protocol === null ? 0 : protocol === "tcp" ? 1 : 2;
}

function encodePorts(ports: ImageParts["ports"], postings: PostingLists): Uint8Array {
  const sorted = [...ports].toSorted(
    (a, b) => a.from - b.from || a.to - b.to || protocolCode(a.protocol) - protocolCode(b.protocol),
  );
  let reach = 0;
  return rows(sorted, ROW_BYTES.ports, (view, at, port) => {
    reach = Math.max(reach, port.to);
    view.setUint16(at + PORT.from, port.from, true);
    view.setUint16(at + PORT.to, port.to, true);
    view.setUint16(at + PORT.reach, reach, true);
    view.setUint16(at + PORT.protocol, protocolCode(port.protocol), true);
    view.setUint32(at + PORT.posting, postings.of(port.postings), true);
  });
}

function numbersOf(list: readonly Posting[]): number[] {
  return list.map((posting) => posting.atom * 2 + (posting.excluded ? 1 : 0)).toSorted((a, b) => a - b);
}

// Equal posting lists are stored once: a list of a million names is one posting list and a million keys.
class PostingLists {
  readonly #ids = new Map<string, number>([["", 0]]);
  readonly #starts: number[] = [0, 0];
  readonly #postings: number[] = [];

  of(list: readonly Posting[]): number {
    const numbers = numbersOf(list);
    const key = numbers.join();
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(key, id);
      for (const number of numbers) this.#postings.push(number);
      this.#starts.push(this.#postings.length);
    }
    return id;
  }

  encode(): Uint8Array {
    return new Uint8Array(Uint32Array.from([this.#ids.size, ...this.#starts, ...this.#postings]).buffer);
  }
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function align(offset: number): number {
  return Math.ceil(offset / SECTION_ALIGN) * SECTION_ALIGN;
}
