// As much of the protocol buffers wire form as geosite.dat and geoip.dat use (protobuf.dev, "Encoding").

/** One field of a message. `end` is where the next one starts; a field of bytes has `bytes`, the others a number. */
export interface WireField {
  readonly id: number;
  readonly value: number;
  readonly bytes: Uint8Array | null;
}

export const LENGTH_DELIMITED = 2;
const MAX_VARINT_BYTES = 10;

/** Reads a varint: its value and the bytes it took; `short` where it goes on, `bad` where it is too long or too large. */
export function readVarint(bytes: Uint8Array, at: number): { value: number; end: number } | "short" | "bad" {
  let value = 0;
  for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return "short";
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return "bad";
}

/** All fields of a whole message, or null where it is broken. */
export function readMessage(bytes: Uint8Array): WireField[] | null {
  const fields: WireField[] = [];
  for (let at = 0; at < bytes.length; ) {
    const key = readVarint(bytes, at);
    if (typeof key === "string") return null;
    const id = Math.floor(key.value / 8);
    const type = key.value % 8;
    if (id === 0) return null;
    at = key.end;
    if (type === 0 || type === LENGTH_DELIMITED) {
      const number = readVarint(bytes, at);
      if (typeof number === "string") return null;
      at = number.end;
      if (type === 0) fields.push({ id, value: number.value, bytes: null });
      else {
        if (number.value > bytes.length - at) return null;
        fields.push({ id, value: 0, bytes: bytes.subarray(at, at + number.value) });
        at += number.value;
      }
    } else if (type === 1 || type === 5) {
      at += type === 1 ? 8 : 4;
      if (at > bytes.length) return null;
    } else return null;
  }
  return fields;
}
