// Header and section table: where everything lies, checked before anything is read.
import * as HEADER from "../layout/header.ts";
import { FORMAT_VERSION, MAGIC, SECTION, SECTION_ALIGN, SECTION_COUNT } from "../layout.ts";
import { ImageFault } from "./image-fault.ts";

/** Views on the sections of an image. */
export class Sections {
  readonly #bytes: Uint8Array;
  readonly #inPlace: boolean;
  readonly #places: ReadonlyMap<number, { readonly offset: number; readonly length: number }>;

  constructor(
    bytes: Uint8Array,
    places: ReadonlyMap<number, { readonly offset: number; readonly length: number }>,
  ) {
    this.#bytes = bytes;
    this.#places = places;
    this.#inPlace = bytes.byteOffset % 4 === 0 && new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
  }

  /** Offset of a section within the image. */
  offset(kind: number): number {
    return this.#places.get(kind)?.offset ?? 0;
  }

  /** Bytes of a section. */
  bytes(kind: number): Uint8Array {
    const place = this.#places.get(kind);
    return place === undefined
      ? new Uint8Array(0)
      : this.#bytes.subarray(place.offset, place.offset + place.length);
  }

  /** A section for reading numbers. */
  view(kind: number): DataView {
    const bytes = this.bytes(kind);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Part of a section as little-endian uint32s: `count` of them from byte `at`; in place where the machine can. */
  words(kind: number, at: number, count: number): Uint32Array {
    const view = this.view(kind);
    if (this.#inPlace) return new Uint32Array(view.buffer, view.byteOffset + at, count);
    const words = new Uint32Array(count);
    for (let index = 0; index < count; index += 1) words[index] = view.getUint32(at + index * 4, true);
    return words;
  }

  /** A whole section as float64s, likewise. */
  doubles(kind: number): Float64Array {
    const view = this.view(kind);
    const count = view.byteLength >>> 3;
    if (this.#inPlace && view.byteOffset % 8 === 0)
      return new Float64Array(view.buffer, view.byteOffset, count);
    const doubles = new Float64Array(count);
    for (let index = 0; index < count; index += 1) doubles[index] = view.getFloat64(index * 8, true);
    return doubles;
  }

  /** A section of rows as words, all of them whole. */
  rows(kind: number, rowBytes: number): Uint32Array {
    const { length } = this.bytes(kind);
    if (length % rowBytes !== 0)
      throw new ImageFault("image/table", this.offset(kind), `section ${kind} ends in the middle of a row`);
    return this.words(kind, 0, length / 4);
  }

  /** Part of a section as uint16s, likewise. */
  halves(kind: number, at: number, count: number): Uint16Array {
    const view = this.view(kind);
    if (this.#inPlace) return new Uint16Array(view.buffer, view.byteOffset + at, count);
    const halves = new Uint16Array(count);
    for (let index = 0; index < count; index += 1) halves[index] = view.getUint16(at + index * 2, true);
    return halves;
  }
}

/** Reads header and section table, and checks the digest. */
export function readSections(
  bytes: Uint8Array,
  digestOf: ((content: Uint8Array) => Uint8Array) | null,
): { readonly sections: Sections; readonly digest: Uint8Array } {
  if (!(bytes instanceof Uint8Array)) throw new ImageFault("image/not-bytes", 0, "an image is a Uint8Array");
  if (bytes.length < MAGIC.length || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new ImageFault(
      "image/magic",
      0,
      "this is no image: it does not start with DMRCIMG",
      "compile a policy set with `demarc compile`",
    );
  }
  const tableEnd = HEADER.table + SECTION_COUNT * HEADER.tableEntryBytes;
  if (bytes.length < tableEnd)
    throw new ImageFault(
      "image/truncated",
      bytes.length,
      `an image has ${tableEnd} bytes at least; this one has ${bytes.length}`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(HEADER.version, true);
  if (version !== FORMAT_VERSION) {
    throw new ImageFault(
      "image/version",
      HEADER.version,
      `the image has format version ${version}; this program reads version ${FORMAT_VERSION}`,
      "compile it with the same release that opens it",
    );
  }
  if (view.getUint32(HEADER.sectionCount, true) !== SECTION_COUNT) {
    throw new ImageFault(
      "image/section-table",
      HEADER.sectionCount,
      `an image has ${SECTION_COUNT} sections`,
    );
  }
  const places = new Map<number, { offset: number; length: number }>();
  let end = tableEnd;
  for (const [index, kind] of Object.values(SECTION).entries()) {
    const at = HEADER.table + index * HEADER.tableEntryBytes;
    if (view.getUint32(at, true) !== kind || view.getUint32(at + 12, true) !== 0) {
      throw new ImageFault("image/section-table", at, `section ${index} is not of kind ${kind}`);
    }
    const offset = view.getUint32(at + 4, true);
    const length = view.getUint32(at + 8, true);
    const expected = Math.ceil(end / SECTION_ALIGN) * SECTION_ALIGN;
    if (offset !== expected)
      throw new ImageFault(
        offset % SECTION_ALIGN === 0 ? "image/section-overlap" : "image/section-misaligned",
        at + 4,
        `section ${kind} starts at ${offset}, and not at ${expected}`,
      );
    if (!isZero(bytes, end, offset))
      throw new ImageFault(
        "image/section-table",
        end,
        `there are bytes before section ${kind} that are in none`,
      );
    if (offset + length > bytes.length)
      throw new ImageFault(
        "image/truncated",
        at + 8,
        `section ${kind} ends at ${offset + length}, after the end of the image at ${bytes.length}`,
      );
    places.set(kind, { offset, length });
    end = offset + length;
  }
  if (bytes.length !== Math.ceil(end / SECTION_ALIGN) * SECTION_ALIGN || !isZero(bytes, end, bytes.length))
    throw new ImageFault("image/section-table", end, "there are bytes after the last section");
  const digest = bytes.slice(HEADER.digest, HEADER.table);
  const found = digestOf === null ? digest : digestOf(bytes.subarray(HEADER.table));
  if (found.some((byte, index) => byte !== digest[index])) {
    throw new ImageFault(
      "image/digest",
      HEADER.digest,
      "the content does not have the digest that the header states",
    );
  }
  return { sections: new Sections(bytes, places), digest };
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== 0) return false;
  return true;
}
