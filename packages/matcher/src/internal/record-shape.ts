// What an image tells about its policy set and its rules, besides what decides: texts, law, names. It lies there as words, so
// that an image opens without making an object per rule; these shapes say how to write, check and read them.
//
// A text is its number. A number is the text of its decimal form. A choice is its position. Anything else is the word at which a run
// starts: a list is its length and its items, texts by name are their number and the pairs, a record is its fields in
// order. What may be absent is 0 then, else its word plus 1. Equal runs of one shape are there once.
import { DEFAULTS, DISCRETIONS, STRATEGIES } from "../layout.ts";

/** A value's form; `T` is what it is in memory. */
export type Shape =
  | { readonly kind: "text" }
  | { readonly kind: "number" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | Run;

/** A value that takes several words. `id` tells runs of different shapes apart. */
export type Run =
  | { readonly kind: "texts"; readonly id: number }
  | { readonly kind: "list"; readonly id: number; readonly of: Shape }
  | { readonly kind: "record"; readonly id: number; readonly fields: readonly Field[] };

/** A field of a record. */
export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
}

const TEXT: Shape = { kind: "text" };
const NUMBER: Shape = { kind: "number" };
const TEXTS: Shape = { kind: "texts", id: 1 };

function choice(values: readonly string[]): Shape {
  return { kind: "choice", values };
}

function list(id: number, of: Shape): Run {
  return { kind: "list", id, of };
}

// A name that ends with `?` may be absent.
function record(id: number, fields: Readonly<Record<string, Shape>>): Run {
  return {
    kind: "record",
    id,
    fields: Object.entries(fields).map(([name, shape]) => ({
      name: name.replace("?", ""),
      shape,
      optional: name.endsWith("?"),
    })),
  };
}

const TEXT_LIST = list(2, TEXT);
const PARTY = record(3, { name: TEXT, type: TEXT, "jurisdiction?": TEXT, "contact?": TEXT, "url?": TEXT });
const CITATION = record(4, {
  scheme: TEXT,
  id: TEXT,
  "pinpoint?": TEXT_LIST,
  "title?": TEXT,
  "court?": TEXT,
  "date?": TEXT,
  "sha256?": TEXT,
  "jurisdiction?": TEXT,
});
const CITATIONS = list(5, CITATION);
const SECRECY = record(6, { citation: CITATION, until: TEXT });
const NOTICE = record(7, { "http?": NUMBER, "ede?": NUMBER, "page?": TEXT, "secrecy?": SECRECY });
const STATES = list(8, record(9, { from: TEXT, "citations?": CITATIONS, "note?": TEXT }));
const POLICY = record(10, { id: TEXT, version: TEXT, digest: TEXT, publisher: PARTY, "language?": TEXT });

/** What is told about a rule; the rest of its record is in its row. */
export const RULE_SHAPE: Run = record(11, {
  id: TEXT,
  title: TEXTS,
  history: STATES,
  category: TEXT,
  "notice?": NOTICE,
  "condition?": TEXT,
  "minimumAge?": NUMBER,
  "zone?": TEXT,
  legalBasis: record(12, {
    kind: TEXT,
    discretion: choice(DISCRETIONS),
    citations: CITATIONS,
    authority: PARTY,
    "issued?": TEXT,
  }),
  effective: TEXT,
  "expires?": TEXT,
  "reviewBy?": TEXT,
  justification: TEXTS,
  remedy: record(13, { url: TEXT, body: TEXT }),
  overrides: TEXT_LIST,
  policy: POLICY,
});

/** The policy set. */
export const SET_SHAPE: Run = record(14, {
  id: TEXT,
  version: TEXT,
  digest: TEXT,
  default: choice(DEFAULTS),
  "conflict?": choice(STRATEGIES),
  operator: record(15, { name: TEXT, jurisdiction: TEXT, "contact?": TEXT, "url?": TEXT }),
  layers: TEXT_LIST,
});
