// Records to words, by their shapes. Equal runs are written once: a policy of a thousand rules names its publisher once.
import type { RulePart } from "../image-parts.ts";
import type { PolicyImage } from "../types.ts";
import { RULE_SHAPE, type Run, SET_SHAPE, type Shape } from "./record-shape.ts";
import { RunWords } from "./run-words.ts";
import type { TextTable } from "./text-table.ts";

/** The section of records: the word of the set's record, that of each rule's, and the runs. */
export function encodeRecords(
  set: PolicyImage["set"],
  rules: readonly RulePart[],
  texts: TextTable,
): Uint8Array {
  const writer = new RecordWriter(1 + rules.length, texts);
  const starts = [writer.word(SET_SHAPE, set)];
  for (const { record } of rules) starts.push(writer.word(RULE_SHAPE, toldOf(record)));
  const { words } = writer;
  const section = new Uint32Array(starts.length + words.length);
  section.set(starts);
  section.set(words, starts.length);
  return new Uint8Array(section.buffer);
}

// What the row of a rule does not say.
function toldOf({ effect, schedule, history, ...record }: RulePart["record"]): unknown {
  const { notice, condition, minimumAge } = effect;
  return { ...record, notice, condition, minimumAge, zone: schedule?.zone, history: history ?? [] };
}

class RecordWriter {
  readonly #runs = new RunWords();
  readonly #first: number;
  readonly #texts: TextTable;

  constructor(first: number, texts: TextTable) {
    this.#first = first;
    this.#texts = texts;
  }

  get words(): Uint32Array {
    return this.#runs.words;
  }

  word(shape: Shape, value: unknown): number {
    switch (shape.kind) {
      case "text":
      case "number":
        return this.#texts.of(String(value));
      case "choice":
        return shape.values.indexOf(value as string);
      default:
        return this.#first + this.#runs.add(shape.id, this.#inner(shape, value as never));
    }
  }

  #inner(shape: Run, value: never): readonly number[] {
    if (shape.kind === "list") {
      const items: readonly unknown[] = value;
      return [items.length, ...items.map((item) => this.word(shape.of, item))];
    }
    if (shape.kind === "texts") {
      const entries = Object.entries<string>(value);
      return [entries.length, ...entries.flatMap((pair) => pair.map((text) => this.#texts.of(text)))];
    }
    return shape.fields.map(({ name, shape: inner, optional }) => {
      const field = value[name] as unknown;
      if (!optional) return this.word(inner, field);
      return field === undefined ? 0 : this.word(inner, field) + 1;
    });
  }
}
