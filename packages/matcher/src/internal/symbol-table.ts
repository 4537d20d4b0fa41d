// Keys are stored as codes for frequent pieces of text, after FSST (Boncz, Neumann, Leis: "FSST: Fast Random Access String
// Compression", VLDB 2020): any key can be read alone, at about two characters a code.

/** Code that says: the next byte is a character itself. */
export const ESCAPE = 255;

/** Longest piece, in characters. */
export const PIECE_CHARS = 8;

const ROUNDS = 6;

/** Pieces by code, 255 at most, ASCII. */
export type Pieces = readonly string[];

/** Chooses pieces for keys like these. The same keys in the same order give the same pieces. */
export function choosePieces(sample: readonly string[]): Pieces {
  let pieces: Pieces = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const coder = new PieceCoder(pieces);
    const gains = new Map<string, number>();
    const add = (piece: string) => gains.set(piece, (gains.get(piece) ?? 0) + piece.length);
    for (const key of sample) {
      let before = "";
      for (let at = 0; at < key.length; ) {
        const length = Math.max(1, coder.match(key, at));
        const piece = key.slice(at, at + length);
        add(piece);
        // A single character saves an escape.
        if (length > 1) add(piece.charAt(0));
        if (before !== "" && before.length + length <= PIECE_CHARS) add(before + piece);
        before = piece;
        at += length;
      }
    }
    pieces = [...gains]
      .toSorted(([a, gainA], [b, gainB]) => gainB - gainA || (a < b ? -1 : 1))
      .slice(0, ESCAPE)
      .map(([piece]) => piece);
  }
  return pieces.toSorted();
}

/** Writes keys as codes, each time with the fewest bytes. */
export class PieceCoder {
  readonly #next: Int16Array;
  readonly #code: Int16Array;
  readonly #cost = new Uint32Array(1 << 16);
  readonly #step = new Uint8Array(1 << 16);

  constructor(pieces: Pieces) {
    const nodes = pieces.reduce((sum, piece) => sum + piece.length, 1);
    this.#next = new Int16Array(nodes * 128).fill(-1);
    this.#code = new Int16Array(nodes).fill(-1);
    let count = 1;
    for (const [code, piece] of pieces.entries()) {
      let node = 0;
      for (let index = 0; index < piece.length; index += 1) {
        const edge = node * 128 + piece.charCodeAt(index);
        if (this.#next[edge] === -1) {
          this.#next[edge] = count;
          count += 1;
        }
        node = this.#next[edge] as number;
      }
      this.#code[node] = code;
    }
  }

  /** Length of the longest piece at a place of a text; 0 for none. */
  match(text: string, at: number): number {
    let node = 0;
    let longest = 0;
    for (let index = at; index < text.length; index += 1) {
      node = this.#next[node * 128 + text.charCodeAt(index)] as number;
      if (node < 0) break;
      if ((this.#code[node] as number) >= 0) longest = index - at + 1;
    }
    return longest;
  }

  /** Writes the codes of an ASCII text of less than 65,536 characters; returns the end. */
  write(text: string, into: Uint8Array, at: number): number {
    const [next, code, cost, step] = [this.#next, this.#code, this.#cost, this.#step];
    cost[text.length] = 0;
    for (let from = text.length - 1; from >= 0; from -= 1) {
      let best = (cost[from + 1] as number) + 2;
      let length = 0;
      let node = 0;
      for (let index = from; index < text.length; index += 1) {
        node = next[node * 128 + text.charCodeAt(index)] as number;
        if (node < 0) break;
        if ((code[node] as number) >= 0 && (cost[index + 1] as number) + 1 <= best) {
          best = (cost[index + 1] as number) + 1;
          length = index - from + 1;
        }
      }
      cost[from] = best;
      step[from] = length;
    }
    let end = at;
    for (let from = 0; from < text.length; ) {
      const length = step[from] as number;
      if (length === 0) {
        into[end] = ESCAPE;
        into[end + 1] = text.charCodeAt(from);
        end += 2;
        from += 1;
        continue;
      }
      let node = 0;
      for (let index = from; index < from + length; index += 1)
        node = next[node * 128 + text.charCodeAt(index)] as number;
      into[end] = code[node] as number;
      end += 1;
      from += length;
    }
    return end;
  }
}
