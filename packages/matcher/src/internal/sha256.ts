// SHA-256 (FIPS 180-4), for machines whose own one is not given. Plain and small; the compiler of an engine makes it fast enough.

/** The first 32 bits of the fractional parts of a root of the first primes. */
function rootsOfPrimes(count: number, exponent: number): Int32Array {
  const roots: number[] = [];
  for (let candidate = 2; roots.length < count; candidate += 1) {
    let divisor = 2;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor += 1;
    if (divisor * divisor > candidate) roots.push((candidate ** exponent % 1) * 2 ** 32);
  }
  return Int32Array.from(roots, (root) => Math.floor(root) | 0);
}

const K = rootsOfPrimes(64, 1 / 3);
const INITIAL = rootsOfPrimes(8, 1 / 2);
const BLOCK = 64;
// Written anew for each block.
const schedule = new Int32Array(64);

/** The digest of bytes, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Sha256().update(bytes).digest();
}

/** A digest of bytes that come in pieces. */
export class Sha256 {
  readonly #state: Int32Array = INITIAL.slice();
  // What came after the last whole block.
  readonly #rest = new Uint8Array(BLOCK);
  #length = 0;

  /** Takes the next piece. */
  update(bytes: Uint8Array): this {
    const held = this.#length % BLOCK;
    let at = 0;
    if (held > 0) {
      at = Math.min(BLOCK - held, bytes.length);
      this.#rest.set(bytes.subarray(0, at), held);
      if (held + at === BLOCK) addBlocks(this.#state, new DataView(this.#rest.buffer));
    }
    const whole = bytes.length - at - ((bytes.length - at) % BLOCK);
    addBlocks(this.#state, new DataView(bytes.buffer, bytes.byteOffset + at, whole));
    if (held === 0 || held + at === BLOCK) this.#rest.set(bytes.subarray(at + whole));
    this.#length += bytes.length;
    return this;
  }

  /** The digest of all pieces, 32 bytes. */
  digest(): Uint8Array {
    // A one, zeros, and the number of bits, so that blocks are full.
    const held = this.#length % BLOCK;
    const last = new Uint8Array(held < BLOCK - 8 ? BLOCK : BLOCK * 2);
    last.set(this.#rest.subarray(0, held));
    last[held] = 0x80;
    const view = new DataView(last.buffer);
    view.setUint32(last.length - 8, Math.floor(this.#length / 2 ** 29));
    view.setUint32(last.length - 4, this.#length << 3);
    const state = this.#state.slice();
    addBlocks(state, view);
    const out = new Uint8Array(32);
    const words = new DataView(out.buffer);
    for (const [index, word] of state.entries()) words.setInt32(index * 4, word);
    return out;
  }
}

function addBlocks(state: Int32Array, view: DataView): void {
  for (let at = 0; at < view.byteLength; at += BLOCK) {
    for (let index = 0; index < 16; index += 1) schedule[index] = view.getInt32(at + index * 4);
    addBlock(state);
  }
}

function addBlock(state: Int32Array): void {
  for (let index = 16; index < 64; index += 1) {
    const early = schedule[index - 15] as number;
    const late = schedule[index - 2] as number;
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[index] = ((schedule[index - 16] as number) + s0 + (schedule[index - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let index = 0; index < 64; index += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + s1 + choice + (K[index] as number) + (schedule[index] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + s0 + majority) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
