// SHA-256 (FIPS 180-4) over bytes: digests of tables, made once when one is compiled or checked.

const ROUND: Uint32Array = new Uint32Array(64);
const START: Uint32Array = new Uint32Array(8);
// The first 32 bits of the fractional parts of the cube and square roots of the first primes (§4.2.2, §5.3.3).
for (let candidate = 2, found = 0; found < 64; candidate += 1) {
  let prime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1)
    if (candidate % divisor === 0) prime = false;
  if (!prime) continue;
  const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  ROUND[found] = fraction(Math.cbrt(candidate));
  if (found < 8) START[found] = fraction(Math.sqrt(candidate));
  found += 1;
}

const rotate = (value: number, by: number): number => (value >>> by) | (value << (32 - by));

/** 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const blocks = Math.floor((bytes.length + 8) / 64) + 1;
  const tail = new Uint8Array(128);
  const whole = Math.floor(bytes.length / 64) * 64;
  tail.set(bytes.subarray(whole));
  tail[bytes.length - whole] = 0x80;
  const tailBlocks = blocks - whole / 64;
  const view = new DataView(tail.buffer);
  view.setUint32(tailBlocks * 64 - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(tailBlocks * 64 - 4, (bytes.length << 3) >>> 0);
  const state = START.slice();
  const words = new Uint32Array(64);
  for (let at = 0; at < whole; at += 64) block(state, words, bytes, at);
  for (let at = 0; at < tailBlocks * 64; at += 64) block(state, words, tail, at);
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  state.forEach((word, index) => out.setUint32(index * 4, word));
  return digest;
}

function block(state: Uint32Array, words: Uint32Array, bytes: Uint8Array, at: number): void {
  const byte = (index: number): number => bytes[at + index] as number;
  for (let index = 0; index < 16; index += 1) {
    const from = index * 4;
    words[index] = (byte(from) << 24) | (byte(from + 1) << 16) | (byte(from + 2) << 8) | byte(from + 3);
  }
  const word = (index: number): number => words[index] as number;
  for (let index = 16; index < 64; index += 1) {
    const low = word(index - 15);
    const high = word(index - 2);
    const small = rotate(low, 7) ^ rotate(low, 18) ^ (low >>> 3);
    const large = rotate(high, 17) ^ rotate(high, 19) ^ (high >>> 10);
    words[index] = word(index - 16) + small + word(index - 7) + large;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index += 1) {
    const first =
      (h +
        (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
        ((e & f) ^ (~e & g)) +
        (ROUND[index] as number) +
        word(index)) |
      0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => {
    state[index] = (state[index] as number) + value;
  });
}
