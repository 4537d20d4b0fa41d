// Keys are written as codes of twelve bits for frequent pieces of text, after FSST (Boncz, Neumann, Leis: "FSST: Fast Random
// Access String Compression", VLDB 2020): any key can be read alone, at about three characters a code. The pieces are the same
// for every set, so that one more key leaves all other records as they are.
import { COMMON_PIECES } from "./common-pieces.ts";

/** Longest piece, in characters. */
export const PIECE_CHARS = 8;

/** Most pieces: codes have twelve bits. */
export const MAX_PIECES = 4096;

/** All pieces by code: the characters of ASCII, then the common ones. */
export const ALL_PIECES: readonly string[] = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ...COMMON_PIECES,
];

// A trie over the common pieces. Characters that no such piece has are class 0; class and node to the next node, 0 for none;
// node to its piece's code, -1 for none.
interface Trie {
  readonly classes: Uint8Array;
  readonly width: number;
  readonly next: Int16Array;
  readonly codes: Int16Array;
}

const shared: { trie: Trie | null } = { trie: null };

function trieOfPieces(): Trie {
  const classes = new Uint8Array(128);
  let width = 1;
  for (const piece of COMMON_PIECES)
    for (let index = 0; index < piece.length; index += 1) {
      if (classes[piece.charCodeAt(index)] !== 0) continue;
      classes[piece.charCodeAt(index)] = width;
      width += 1;
    }
  // Room for pieces that share no start; what is not used of it is never touched.
  const room = COMMON_PIECES.reduce((sum, piece) => sum + piece.length, 1);
  const next = new Int16Array(room * width);
  const codes = new Int16Array(room).fill(-1);
  let nodes = 1;
  for (let index = 0; index < COMMON_PIECES.length; index += 1) {
    const piece = COMMON_PIECES[index] as string;
    let node = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const edge = node * width + (classes[piece.charCodeAt(at)] as number);
      if (next[edge] === 0) {
        next[edge] = nodes;
        nodes += 1;
      }
      node = next[edge] as number;
    }
    codes[node] = index + 128;
  }
  return { classes, width, next, codes };
}

/** Writes keys as codes, each with the fewest. */
export class PieceCoder {
  readonly #trie: Trie = (shared.trie ??= trieOfPieces());
  readonly #cost: Uint16Array;
  readonly #step: Uint16Array;

  /** For keys of `longest` bytes at most. */
  constructor(longest: number) {
    this.#cost = new Uint16Array(longest + 1);
    this.#step = new Uint16Array(longest + 1);
  }

  /** Writes the codes of ASCII `text[from, from + length)` into `into`; returns their number, `length` at most. */
  write(text: Uint8Array, from: number, length: number, into: Uint16Array): number {
    const { classes, width, next, codes } = this.#trie;
    const [cost, step] = [this.#cost, this.#step];
    cost[length] = 0;
    for (let at = length - 1; at >= 0; at -= 1) {
      // The character alone; a longer piece of the same cost is as good.
      let best = cost[at + 1] as number;
      let chosen = (text[from + at] as number) << 3;
      let node = 0;
      for (let index = at; index < length; index += 1) {
        node = next[node * width + (classes[text[from + index] as number] as number)] as number;
        if (node === 0) break;
        const code = codes[node] as number;
        if (code < 0 || (cost[index + 1] as number) >= best) continue;
        best = cost[index + 1] as number;
        chosen = (code << 3) | (index - at);
      }
      cost[at] = best + 1;
      step[at] = chosen;
    }
    let count = 0;
    for (let at = 0; at < length; ) {
      const chosen = step[at] as number;
      into[count] = chosen >>> 3;
      count += 1;
      at += (chosen & 7) + 1;
    }
    return count;
  }
}
