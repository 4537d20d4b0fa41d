// JSON texts: the quick way to their data, and comments in them.
import { jsonForm, MAX_DEPTH } from "./json-form.ts";

/**
 * The data of a JSON text, or undefined where the parser that knows positions must look: no JSON, the same field twice
 * (JSON.parse keeps the last one in silence), too deep, or what canonical JSON can not say again (RFC 8785, section 3.2.2).
 */
export function readJson(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { fields, depth, isOdd } = surveyOf(text);
  if (depth > MAX_DEPTH || fields !== countFields(value)) return undefined;
  return (isOdd || /\p{Surrogate}|\\u[dD]/u.test(text)) && jsonForm(value).fault !== null ? undefined : value;
}

// What the text of a JSON value tells at a glance: its fields (a string before a colon is a field's name and nothing else
// is), its depth, and whether any number is long or large enough to be more than a double can hold.
function surveyOf(text: string): {
  readonly fields: number;
  readonly depth: number;
  readonly isOdd: boolean;
} {
  let fields = 0;
  let depth = 0;
  let deepest = 0;
  let digits = 0;
  let isOdd = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at + 1);
    else if (code === 0x3a) fields += 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    const isDigit = code >= 0x30 && code <= 0x39;
    if ((digits > 0 && (code | 0x20) === 0x65) || digits > 300) isOdd = true;
    digits = isDigit ? digits + 1 : 0;
  }
  return { fields, depth: deepest, isOdd };
}

// The quote that ends a string; JSON.parse has taken the text, so there is one.
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start);
  while (isEscaped(text, end, start)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number, start: number): boolean {
  let first = at;
  while (first > start && text.charCodeAt(first - 1) === 0x5c) first -= 1;
  return (at - first) % 2 === 1;
}

// Fields of all objects in data that JSON.parse made. Deep data is refused by its text before it is walked.
function countFields(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countFields(item);
    return count;
  }
  // JSON.parse makes no inherited fields, and to list the values of a million objects costs more than to look at them.
  for (const key in value) {
    count += 1;
    const part = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof part === "object") count += countFields(part);
  }
  return count;
}

/** The text of a `.json` or `.jsonc` file with its comments made blank; every other character keeps its place. */
export function blankComments(text: string, file: string): string {
  if (!/\.jsonc?$/i.test(file) || !/\/[/*]/.test(text)) return text;
  return text.replace(/"(?:[^"\\\n]+|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, " "),
  );
}
