// JSON texts: the quick way to their data, and comments in them.
import { jsonForm } from "./json-form.ts";

/**
 * The data of a JSON text, or undefined where the parser that knows positions must look: no JSON, the same field twice
 * (JSON.parse keeps the last one in silence), too deep or too large, or a number that JSON can not say again.
 */
export function readJson(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const form = jsonForm(value);
    return form.fault === null && form.fields === countFields(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

// In JSON, a string before a colon is a field's name and nothing else is.
function countFields(text: string): number {
  let count = 0;
  for (const match of text.matchAll(/"(?:[^"\\]+|\\.)*"(\s*:)?/g)) if (match[1] !== undefined) count += 1;
  return count;
}

/** The text of a `.json` or `.jsonc` file with its comments made blank; every other character keeps its place. */
export function blankComments(text: string, file: string): string {
  if (!/\.jsonc?$/i.test(file) || !/\/[/*]/.test(text)) return text;
  return text.replace(/"(?:[^"\\\n]+|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, " "),
  );
}
