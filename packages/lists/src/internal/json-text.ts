// JSON (RFC 8259) as it arrives: what stands where, told part by part, holding one string of bounded length and the open
// brackets. Comments (`//`, `#`, `/* */`) are passed over, as the programs do whose files are read with this.

/** Where something starts in the text, both 1-based. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

/** A value that is neither an object nor an array. */
export type JsonScalar = string | number | boolean | null;

/** What a text is made of, in its order. */
export interface JsonEvents {
  readonly open: (kind: "{" | "[", place: JsonPlace) => void;
  readonly close: () => void;
  readonly key: (text: string, place: JsonPlace) => void;
  /** `isCut` where a string was longer than is held. */
  readonly value: (value: JsonScalar, place: JsonPlace, isCut: boolean) => void;
  /** The text is no JSON from here on; nothing is told after this. */
  readonly fault: (message: string, place: JsonPlace) => void;
}

/** Most characters of a string that are held. */
export const MAX_JSON_STRING = 4096;

/** Most objects and arrays within each other. */
export const MAX_JSON_DEPTH = 64;

const MAX_WORD_CHARS = 64;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | "more" | "end";
type Within = "nothing" | "string" | "escape" | "word" | "slash" | "line comment" | "block comment" | "star";

/** Takes a JSON text in pieces. Never throws, whatever the text. */
export class JsonText {
  readonly #events: JsonEvents;
  readonly #open: ("{" | "[")[] = [];
  #expected: Expected = "value";
  #within: Within = "nothing";
  #held = "";
  #isCut = false;
  #escape = "";
  #line = 1;
  #column = 0;
  #start: JsonPlace = { line: 1, column: 1 };
  #isDone = false;
  #isFirst = true;

  constructor(events: JsonEvents) {
    this.#events = events;
  }

  push(piece: string): void {
    for (let at = 0; at < piece.length && !this.#isDone; at += 1) {
      const char = piece[at] as string;
      if (this.#isFirst) {
        this.#isFirst = false;
        if (char === "\uFEFF") continue;
      }
      this.#column += 1;
      if (this.#within === "string") {
        const end = plainEnd(piece, at);
        if (end > at) {
          this.#hold(piece.slice(at, end));
          this.#column += end - at - 1;
          at = end - 1;
          continue;
        }
      }
      this.#take(char);
      if (char === "\n") {
        this.#line += 1;
        this.#column = 0;
      }
    }
  }

  end(): void {
    if (this.#isDone) return;
    this.#column += 1;
    if (this.#within === "word") this.#endWord();
    if (!this.#isDone && (this.#expected !== "end" || !isBetween(this.#within))) {
      const where = this.#open.length === 0 ? "before its value" : "within an object or array";
      this.#fail(`the text ends ${this.#within === "string" ? "within a string" : where}`);
    }
    this.#isDone = true;
  }

  #take(char: string): void {
    switch (this.#within) {
      case "nothing":
        return this.#next(char);
      case "string":
        return this.#inString(char);
      case "escape":
        return this.#inEscape(char);
      case "word":
        if (/[\w+.-]/.test(char)) {
          if (this.#held.length < MAX_WORD_CHARS) this.#held += char;
          return;
        }
        this.#endWord();
        if (!this.#isDone) this.#next(char);
        return;
      case "slash":
        if (char !== "/" && char !== "*") return this.#fail("a comment starts with `//`, `/*` or `#`");
        this.#within = char === "/" ? "line comment" : "block comment";
        return;
      case "line comment":
        if (char === "\n") this.#within = "nothing";
        return;
      case "block comment":
        if (char === "*") this.#within = "star";
        return;
      case "star":
        if (char === "/") this.#within = "nothing";
        else if (char !== "*") this.#within = "block comment";
    }
  }

  // A character between the parts of the text.
  #next(char: string): void {
    if (char === " " || char === "\n" || char === "\r" || char === "\t") return;
    if (char === "/") this.#within = "slash";
    else if (char === "#") this.#within = "line comment";
    else if (char === "}" || char === "]") this.#close(char);
    else if (this.#expected === "end") this.#fail("nothing follows the value of the text");
    else if (this.#expected === "more") this.#punctuation(char, ",", "a comma or a closing bracket");
    else if (this.#expected === ":") this.#punctuation(char, ":", "a colon after the key");
    else if (char === '"') this.#begin("string");
    else if (this.#expected === "key" || this.#expected === "key or }")
      this.#fail("a key in double quotes is expected");
    else if (char === "{" || char === "[") this.#bracket(char);
    else if (/[\w-]/.test(char)) {
      this.#begin("word");
      this.#held = char;
    } else this.#fail("a value is expected");
  }

  #begin(within: "string" | "word"): void {
    this.#within = within;
    this.#start = { line: this.#line, column: this.#column };
    this.#held = "";
    this.#isCut = false;
  }

  #punctuation(char: string, wanted: "," | ":", words: string): void {
    if (char !== wanted) return this.#fail(`${words} is expected`);
    if (wanted === ":") this.#expected = "value";
    else this.#expected = this.#open.at(-1) === "{" ? "key" : "value";
  }

  #bracket(kind: "{" | "["): void {
    if (this.#open.length === MAX_JSON_DEPTH)
      return this.#fail(`objects and arrays lie ${MAX_JSON_DEPTH} deep at most`);
    this.#open.push(kind);
    this.#expected = kind === "{" ? "key or }" : "value or ]";
    this.#events.open(kind, { line: this.#line, column: this.#column });
  }

  #close(char: "}" | "]"): void {
    const kind = char === "}" ? "{" : "[";
    const isEmpty = this.#expected === (char === "}" ? "key or }" : "value or ]");
    if (this.#open.at(-1) !== kind || !(isEmpty || this.#expected === "more"))
      return this.#fail(`\`${char}\` closes nothing here`);
    this.#open.pop();
    this.#endValue();
    this.#events.close();
  }

  #endValue(): void {
    this.#expected = this.#open.length === 0 ? "end" : "more";
  }

  #inString(char: string): void {
    if (char === "\\") {
      this.#within = "escape";
      this.#escape = "";
    } else if (char !== '"')
      this.#fail("a string ends with a quote on its line, and has no control characters");
    else {
      this.#within = "nothing";
      if (this.#expected === "key" || this.#expected === "key or }") {
        this.#expected = ":";
        this.#events.key(this.#held, this.#start);
      } else {
        this.#endValue();
        this.#events.value(this.#held, this.#start, this.#isCut);
      }
    }
  }

  #inEscape(char: string): void {
    this.#escape += char;
    const short = Object.hasOwn(SHORT_ESCAPES, this.#escape) ? SHORT_ESCAPES[this.#escape] : undefined;
    if (short !== undefined) this.#hold(short);
    else if (/^u[\da-fA-F]{4}$/.test(this.#escape))
      this.#hold(String.fromCharCode(Number.parseInt(this.#escape.slice(1), 16)));
    else if (/^u[\da-fA-F]{0,3}$/.test(this.#escape)) return;
    else return this.#fail("an escape in a string is one of those that JSON has");
    this.#within = "string";
  }

  #endWord(): void {
    this.#within = "nothing";
    const word = this.#held;
    const value =
      word === "true" || word === "false" ? word === "true" : NUMBER.test(word) ? Number(word) : undefined;
    if (value === undefined && word !== "null")
      return this.#fail("a value is a string in quotes, a number, true, false or null", this.#start);
    this.#endValue();
    this.#events.value(value ?? null, this.#start, false);
  }

  #hold(text: string): void {
    const room = MAX_JSON_STRING - this.#held.length;
    if (text.length > room) this.#isCut = true;
    if (room > 0) this.#held += text.length > room ? text.slice(0, room) : text;
  }

  #fail(message: string, place: JsonPlace = { line: this.#line, column: this.#column }): void {
    this.#isDone = true;
    this.#events.fault(message, place);
  }
}

// At the end of a text, a comment up to its end is whole.
function isBetween(within: Within): boolean {
  return within === "nothing" || within === "line comment";
}

// Where the characters of a string that stand for themselves end.
function plainEnd(piece: string, from: number): number {
  let at = from;
  for (; at < piece.length; at += 1) {
    const code = piece.charCodeAt(at);
    if (code === 0x22 || code === 0x5c || code < 0x20) break;
  }
  return at;
}
