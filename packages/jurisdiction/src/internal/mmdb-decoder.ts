// Values of an MMDB data section (MaxMind DB file format 2.0, "Output Data Section"). Bytes are untrusted: every read is
// bounded, pointers are followed once per value, depth and the number of values are limited.
import { decodeUtf8 } from "./globals.ts";

/** A decoded value. Integers over 32 bits are bigint. */
export type MmdbValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | readonly MmdbValue[]
  | { readonly [key: string]: MmdbValue };

/** Thrown inside the reader only; openMmdb and lookup turn it into an issue. */
export class MmdbFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const MAX_DEPTH = 64;
const MAX_VALUES = 20_000;
// Pointers make it cheap to name the same long text many times; decoding it is not cheap.
const MAX_RECORD_BYTES = 1024 * 1024;

const POINTER = 1;
const STRING = 2;
const DOUBLE = 3;
const BYTES = 4;
const UINT16 = 5;
const UINT32 = 6;
const MAP = 7;
const INT32 = 8;
const UINT64 = 9;
const UINT128 = 10;
const ARRAY = 11;
const BOOLEAN = 14;
const FLOAT = 15;

// A map without the properties that objects inherit, in a form that engines keep fast. A key may be `__proto__`.
interface PlainMap {
  [key: string]: MmdbValue;
}
const PlainMap = function PlainMap() {} as unknown as new () => PlainMap;
PlainMap.prototype = Object.create(null);

/** Decodes the value at `offset` of a data section. */
export function decodeValue(section: Uint8Array, offset: number): MmdbValue {
  return new Decoder(section).read(offset);
}

/** Decodes values of one data section, one after the other. What it returns is frozen, but for bytes. */
export class Decoder {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #count = 0;
  #scalarBytes = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(offset: number): MmdbValue {
    this.#count = 0;
    this.#scalarBytes = 0;
    return this.#value(offset, 0).value;
  }

  /** What the value that was read last takes: roughly its bytes in memory. */
  get cost(): number {
    return this.#count * 32 + this.#scalarBytes;
  }

  #value(start: number, depth: number): { value: MmdbValue; end: number } {
    if (depth > MAX_DEPTH) throw new MmdbFault(`values are nested deeper than ${MAX_DEPTH}`, start);
    this.#count += 1;
    if (this.#count > MAX_VALUES) throw new MmdbFault(`a record has more than ${MAX_VALUES} values`, start);
    const control = this.#byte(start);
    let type = control >> 5;
    if (type === POINTER) {
      const { target, end } = this.#pointer(control, start);
      if (this.#byte(target) >> 5 === POINTER) throw new MmdbFault("a pointer points at a pointer", start);
      return { value: this.#value(target, depth + 1).value, end };
    }
    let at = start + 1;
    if (type === 0) {
      type = this.#byte(at) + 7;
      at += 1;
    }
    let size = control & 0x1f;
    if (size >= 29) {
      const more = size - 28;
      size = [0, 29, 285, 65_821][more] ?? 0;
      size += this.#uint(at, more);
      at += more;
    }
    return this.#sized(type, size, at, depth);
  }

  #sized(type: number, size: number, at: number, depth: number): { value: MmdbValue; end: number } {
    switch (type) {
      case MAP:
        return this.#map(size, at, depth);
      case ARRAY:
        return this.#array(size, at, depth);
      case BOOLEAN:
        if (size > 1) throw new MmdbFault("a boolean has a size over 1", at);
        return { value: size === 1, end: at };
      default:
        this.#need(at, size);
        this.#scalarBytes += size;
        if (this.#scalarBytes > MAX_RECORD_BYTES)
          throw new MmdbFault(`a record has more than ${MAX_RECORD_BYTES} bytes`, at);
        return { value: this.#scalar(type, size, at), end: at + size };
    }
  }

  #scalar(type: number, size: number, at: number): MmdbValue {
    switch (type) {
      case STRING: {
        const text = this.#ascii(at, size) ?? decodeUtf8(this.#bytes.subarray(at, at + size));
        if (text === null) throw new MmdbFault("a text is no UTF-8", at);
        return text;
      }
      case BYTES:
        return this.#bytes.slice(at, at + size);
      case DOUBLE:
        if (size !== 8) throw new MmdbFault(`a double has 8 bytes, not ${size}`, at);
        return this.#view.getFloat64(at);
      case FLOAT:
        if (size !== 4) throw new MmdbFault(`a float has 4 bytes, not ${size}`, at);
        return this.#view.getFloat32(at);
      case UINT16:
      case UINT32:
        if (size > (type === UINT16 ? 2 : 4)) throw new MmdbFault(`an integer has ${size} bytes`, at);
        return this.#uint(at, size);
      case INT32:
        if (size > 4) throw new MmdbFault(`an integer has ${size} bytes`, at);
        return size === 4 ? this.#view.getInt32(at) : this.#uint(at, size);
      case UINT64:
      case UINT128: {
        if (size > (type === UINT64 ? 8 : 16)) throw new MmdbFault(`an integer has ${size} bytes`, at);
        let value = 0n;
        for (let index = 0; index < size; index += 1) value = (value << 8n) | BigInt(this.#byte(at + index));
        return value;
      }
      default:
        throw new MmdbFault(`there is no value type ${type}`, at);
    }
  }

  #map(size: number, start: number, depth: number): { value: MmdbValue; end: number } {
    const value = new PlainMap();
    let at = start;
    for (let index = 0; index < size; index += 1) {
      const key = this.#value(at, depth + 1);
      if (typeof key.value !== "string") throw new MmdbFault("a key is no text", at);
      const item = this.#value(key.end, depth + 1);
      value[key.value] = item.value;
      at = item.end;
    }
    return { value: Object.freeze(value), end: at };
  }

  #array(size: number, start: number, depth: number): { value: MmdbValue; end: number } {
    const value: MmdbValue[] = [];
    let at = start;
    for (let index = 0; index < size; index += 1) {
      const item = this.#value(at, depth + 1);
      value.push(item.value);
      at = item.end;
    }
    return { value: Object.freeze(value), end: at };
  }

  // Short texts are nearly always ASCII, and the decoder costs more than they do.
  #ascii(at: number, size: number): string | null {
    if (size > 32) return null;
    let text = "";
    for (let index = at; index < at + size; index += 1) {
      const byte = this.#bytes[index] as number;
      if (byte > 0x7f) return null;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #pointer(control: number, start: number): { target: number; end: number } {
    const length = ((control >> 3) & 3) + 1;
    const high = length === 4 ? 0 : control & 7;
    const base = [0, 2048, 526_336, 0][length - 1] ?? 0;
    const target = high * 2 ** (8 * length) + this.#uint(start + 1, length) + base;
    return { target, end: start + 1 + length };
  }

  #uint(at: number, size: number): number {
    let value = 0;
    for (let index = 0; index < size; index += 1) value = value * 256 + this.#byte(at + index);
    return value;
  }

  #byte(at: number): number {
    this.#need(at, 1);
    return this.#bytes[at] as number;
  }

  #need(at: number, size: number): void {
    if (at < 0 || at + size > this.#bytes.length)
      throw new MmdbFault("a value reaches past the end of the data", at);
  }
}
