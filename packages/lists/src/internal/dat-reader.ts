// The outer form of geosite.dat and geoip.dat: named lists (field 1), each with a code (field 1) and items (field 2).
import { ByteQueue } from "./byte-queue.ts";
import type { RecordPump, RecordSink } from "./record-pump.ts";
import { LENGTH_DELIMITED, readVarint } from "./wire.ts";

/** Longest item that is read, in bytes; a longer one is passed over and told. */
export const MAX_ITEM_BYTES = 65_536;

/** What is done with the parts of the list that was asked for. */
export interface DatItems {
  /** One item, and where its bytes start in the file. The bytes are valid during the call only. */
  readonly item: (bytes: Uint8Array, offset: number) => void;
  /** A field of the list beside its code and its items. */
  readonly field: (id: number, value: number) => void;
  /** The list is at its end. */
  readonly end: () => void;
}

/** A binary list that is read piece by piece. */
export interface ByteHandler {
  readonly push: (piece: Uint8Array) => void;
  readonly end: () => void;
}

type Step = "again" | "more" | "stop";

/** Finds the list with a code and hands out its items; memory holds one item, whatever the file. */
export class DatReader implements ByteHandler {
  readonly #wanted: string | null;
  readonly #items: DatItems;
  readonly #pump: RecordPump;
  readonly #queue = new ByteQueue();
  readonly #codes: string[] = [];
  #skip = 0;
  // Where the list that is open ends, or -1 between lists.
  #listEnd = -1;
  #isWanted = false;
  #hasCode = false;
  #found = false;
  #stopped = false;

  constructor(code: string | undefined, items: DatItems, pump: RecordPump) {
    this.#wanted = code === undefined ? null : code.toLowerCase();
    this.#items = items;
    this.#pump = pump;
  }

  push(piece: Uint8Array): void {
    if (this.#stopped) return;
    this.#queue.push(piece);
    let step: Step = "again";
    while (step === "again") step = this.#step();
    if (step === "stop") this.#stopped = true;
  }

  end(): void {
    if (!this.#stopped && (this.#queue.length > 0 || this.#skip > 0 || this.#listEnd >= 0)) {
      this.#tell((sink) => sink.diagnose("lists/dat-form", "the file is cut off within a list"));
    }
    if (this.#found) return;
    if (this.#codes.length === 0)
      return this.#tell((sink) => sink.diagnose("lists/dat-code", "the file holds no list"));
    const has = `it has ${this.#codes.join(", ")}`;
    this.#tell((sink) =>
      sink.diagnose(
        "lists/dat-code",
        this.#wanted === null
          ? `the file holds several lists; ${has}`
          : `the file has no list \`${this.#wanted}\`; ${has}`,
        1,
        "name the list to be read as `code`",
      ),
    );
  }

  #step(): Step {
    if (this.#skip > 0) {
      this.#skip -= this.#queue.skip(this.#skip);
      if (this.#skip > 0) return "more";
    }
    if (this.#listEnd === this.#queue.offset) this.#closeList();
    const head = this.#head();
    if (head === "more") return this.#queue.length === 0 ? "more" : this.#short();
    if (head === "stop") return this.#broken();
    return this.#listEnd < 0 ? this.#outer(head) : this.#inner(head);
  }

  // Key and, for a field of bytes, length; nothing is taken yet.
  #head(): Head | "more" | "stop" {
    const bytes = this.#queue.peek(20);
    const key = readVarint(bytes, 0);
    if (typeof key === "string") return key === "short" ? "more" : "stop";
    const id = Math.floor(key.value / 8);
    const type = key.value % 8;
    if (id === 0 || (type !== 0 && type !== 1 && type !== LENGTH_DELIMITED && type !== 5)) return "stop";
    if (type === 1 || type === 5) return { id, type, size: key.end, value: type === 1 ? 8 : 4 };
    const number = readVarint(bytes, key.end);
    if (typeof number === "string") return number === "short" ? "more" : "stop";
    return { id, type, size: number.end, value: number.value };
  }

  #outer({ id, type, size, value }: Head): Step {
    this.#queue.skip(size);
    if (type === LENGTH_DELIMITED && id === 1) {
      this.#listEnd = this.#queue.offset + value;
      this.#isWanted = false;
      this.#hasCode = false;
    } else if (type !== 0) this.#skip = value;
    return "again";
  }

  #inner(head: Head): Step {
    const { id, type, size, value } = head;
    const payload = type === 0 ? 0 : value;
    if (this.#queue.offset + size + payload > this.#listEnd) return this.#broken();
    const offset = this.#queue.offset + size;
    const isCode = id === 1 && type === LENGTH_DELIMITED && !this.#hasCode;
    if (type === 0 && this.#isWanted) this.#items.field(id, value);
    if (type !== LENGTH_DELIMITED || !(isCode || (id === 2 && (this.#isWanted || !this.#hasCode)))) {
      this.#queue.skip(size);
      this.#skip = payload;
      return "again";
    }
    if (payload > MAX_ITEM_BYTES) {
      this.#queue.skip(size);
      this.#skip = payload;
      this.#pump.record(
        "",
        (sink) =>
          sink.diagnose(
            "lists/dat-item",
            `an item has ${MAX_ITEM_BYTES} bytes at most; this one has ${payload}`,
          ),
        { offset },
      );
      return "again";
    }
    if (this.#queue.length < size + payload) return "more";
    const bytes = this.#queue.peek(size + payload).subarray(size);
    if (isCode) this.#open(asciiText(bytes));
    else if (this.#hasCode) this.#items.item(bytes, offset);
    else {
      // Every known writer puts the code first; without it nobody knows whose item this is.
      this.#queue.skip(size);
      this.#skip = this.#listEnd - this.#queue.offset;
      this.#tell((sink) => sink.diagnose("lists/dat-form", "a list starts with its code; left out"));
      return "again";
    }
    this.#queue.skip(size + payload);
    return "again";
  }

  #open(code: string): void {
    this.#hasCode = true;
    if (this.#codes.length < MAX_SHOWN_CODES) this.#codes.push(code.slice(0, 40));
    this.#isWanted = code.toLowerCase() === this.#wanted;
    if (this.#isWanted) this.#found = true;
  }

  #closeList(): void {
    if (this.#isWanted) this.#items.end();
    this.#listEnd = -1;
    this.#isWanted = false;
  }

  // A key or length that is cut off: more bytes may come, but not beyond the list's end.
  #short(): Step {
    return this.#queue.length >= 20 ? this.#broken() : "more";
  }

  #broken(): Step {
    this.#tell((sink) =>
      sink.diagnose(
        "lists/dat-form",
        "the file is damaged here, or no file of this format; what follows is not read",
        1,
        "fetch the file again",
      ),
    );
    return "stop";
  }

  #tell(read: (sink: RecordSink) => void): void {
    this.#pump.aside("", read, { offset: this.#queue.offset });
  }
}

const MAX_SHOWN_CODES = 8;

interface Head {
  readonly id: number;
  readonly type: number;
  readonly size: number;
  readonly value: number;
}

/** Bytes as text, one character each; names and codes are ASCII, and what is not is refused by their readers. */
export function asciiText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes.length > 1024 ? bytes.subarray(0, 1024) : bytes) text += String.fromCharCode(byte);
  return text;
}
