import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  parseDocument,
  visit,
} from "yaml";
import { parseData } from "./parse-data.ts";
import type { PolicyIssue } from "./policy-issue.ts";

// Fields in the order in which a person reads a rule: what, on whom, on what law, how long, why, where to turn to.
const ORDER = [
  ..."$schema kind specVersion scheme id version title language publisher operator owner published default territories except connectors conflict layers lists subject rules".split(
    " ",
  ),
  ..."state status history category selectors exceptions effect scope schedule legalBasis effective expires reviewBy justification remedy overrides tests".split(
    " ",
  ),
  ..."action condition minimumAge egress onFailure notice http ede page secrecy".split(" "),
  ..."rule name type value match protocol ref sha256 bytes format licence court date maxAge zone windows days from to minConfidence whenUnknown".split(
    " ",
  ),
  ..."kind discretion citations authority issued pinpoint jurisdiction contact url body".split(" "),
  ..."aim necessity leastRestrictive overblocking assessment at where target port asn dataClass host expect policies path".split(
    " ",
  ),
  ..."stability sources definition broader deprecated since replacedBy terms lint reason note waivers extensions".split(
    " ",
  ),
];

const LINE_WIDTH = 110;

// What the lexer says besides the text: document, end of flow, scalar, byte order mark.
const MARKS = new Set(["\u0002", "\u0018", "\u001f", "\ufeff"]);

/**
 * Writes a document in its one layout: fields in a fixed order, two spaces, comments kept. Formatting twice changes
 * nothing more. JSON stays JSON.
 *
 * Errors: those of the text itself (`policy/syntax` ...); a document that is invalid otherwise is still formatted.
 */
export function formatDocument(
  text: string,
  { file }: { readonly file: string },
):
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly issues: readonly PolicyIssue[] } {
  const data = parseData(text, { file });
  if (!data.ok) return { ok: false, issues: data.issues.map((issue) => ({ ...issue, pointer: "" })) };
  if (/^\s*[{[]/.test(text)) return { ok: true, value: `${JSON.stringify(ordered(data.value), null, 2)}\n` };
  const document = parseDocument(text, { version: "1.2" });
  sortNode(document.contents);
  let laidOut = layOut(document);
  // A collection in braces that needs several lines reads better without them; what is inside may fit then.
  while (unfold(document, laidOut)) laidOut = layOut(document);
  return { ok: true, value: withoutPadding(laidOut) };
}

function layOut(document: Document): string {
  return document.toString({
    lineWidth: LINE_WIDTH,
    indent: 2,
    flowCollectionPadding: true,
    indentSeq: true,
  });
}

// Turns the outermost collections that took more than one line into block style; false when there were none.
function unfold(document: Document, text: string): boolean {
  let isChanged = false;
  visit(parseDocument(text, { version: "1.2" }), {
    Collection: (_key, node, path) => {
      if (node.flow !== true || node.range === undefined || node.range === null) return undefined;
      const [start, end] = node.range;
      if (!text.slice(start, end).includes("\n")) return visit.SKIP;
      const keys: unknown[] = [];
      for (const [index, parent] of [...path, node].entries()) {
        const above = [...path, node][index - 1];
        if (isSeq(above)) keys.push(above.items.indexOf(parent));
        else if (isPair(parent)) keys.push(isScalar(parent.key) ? parent.key.value : parent.key);
      }
      const own = keys.length === 0 ? document.contents : document.getIn(keys, true);
      if (!isCollection(own) || own.flow !== true) return visit.SKIP;
      own.flow = false;
      isChanged = true;
      return visit.SKIP;
    },
  });
  return isChanged;
}

// The stringifier pads brackets as it pads braces; `[DE]` is how people write it.
function withoutPadding(text: string): string {
  const tokens = [...new Lexer().lex(text)];
  return tokens
    .filter((token, index) => token !== " " || (tokens[index - 1] !== "[" && tokens[index + 1] !== "]"))
    .map((token) => (MARKS.has(token) ? "" : token))
    .join("");
}

function rank(key: string): number {
  const index = ORDER.indexOf(key);
  return index < 0 ? ORDER.length : index;
}

function sortNode(node: unknown): void {
  if (isSeq(node)) for (const item of node.items) sortNode(item);
  if (!isMap(node)) return;
  for (const pair of node.items) sortNode(pair.value);
  const keyOf = (item: (typeof node.items)[number]) => (isScalar(item.key) ? String(item.key.value) : "");
  // A comment before the first field belongs to the document's head and must not wander with that field.
  node.items.sort((a, b) => rank(keyOf(a)) - rank(keyOf(b)) || 0);
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([key, each]) => [key, ordered(each)]),
  );
}
