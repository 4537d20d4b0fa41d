// Patterns of URLs as Adblock Plus writes them, to a canonical form: lower case, no wildcard that changes nothing. What could
// match in more than linear time, or would have to be tried on every URL, is refused here, each with a reason.

/** Longest pattern that is read, in characters. */
export const MAX_PATTERN_CHARS = 255;

/** Most wildcards within a pattern. */
export const MAX_PATTERN_WILDCARDS = 4;

/** Fewest characters of a token. */
export const MIN_TOKEN_CHARS = 3;

/** A canonical pattern, or why there is none. */
export type PatternReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly help?: string };

/**
 * Reads a pattern: an anchor (`||` a label of the host, `|` the beginning), characters, `*` for any run of them, `^` for a
 * separator or the end, and `|` for the end.
 *
 * Errors: `lists/pattern-length`, `lists/pattern-character`, `lists/pattern-form`, `lists/pattern-wildcards`,
 * `lists/pattern-token`.
 * Source: Adblock Plus, "How to write filters", help.adblockplus.org.
 */
export function readPattern(text: string): PatternReading {
  if (text.length > MAX_PATTERN_CHARS)
    return refused(
      "length",
      `a pattern has ${MAX_PATTERN_CHARS} characters at most; this one has ${text.length}`,
    );
  if (/[^\x21-\x7e]/.test(text))
    return refused("character", "a pattern has visible ASCII characters only", "percent-encode the others");
  const anchor = /^\|{0,2}/.exec(text)?.[0] ?? "";
  let start = anchor;
  let body = text.slice(anchor.length).toLowerCase().replace(/\*+/g, "*");
  let end = "";
  if (body.endsWith("|")) [body, end] = [body.slice(0, -1), "|"];
  // A wildcard at an edge says that there is no anchor.
  if (body.startsWith("*") && start !== "||") [body, start] = [body.slice(1), ""];
  if (body.endsWith("*")) [body, end] = [body.slice(0, -1), ""];
  if (body.includes("|")) return refused("form", "`|` is an anchor, at the beginning or the end");
  if (body.includes("^^")) return refused("form", "two separators after each other match nothing twice");
  if (start === "||" && !/^[a-z0-9_-]/.test(body))
    return refused("form", "after `||` comes the beginning of a label of a host");
  const wildcards = body.split("*").length - 1;
  if (wildcards > MAX_PATTERN_WILDCARDS)
    return refused(
      "wildcards",
      `a pattern has ${MAX_PATTERN_WILDCARDS} wildcards at most; this one has ${wildcards}`,
    );
  if (!hasToken(start, body, end))
    return refused(
      "token",
      `a pattern needs a run of ${MIN_TOKEN_CHARS} letters, digits or \`%\` with something else on both sides; this one would be tried on every URL`,
      "write what is before and after it, such as `/` or `^`",
    );
  return { ok: true, value: `${start}${body}${end}` };
}

/** Whether a rule, without `@@` and options, is about a name. */
export function isNameRule(rule: string): boolean {
  return /^(?:\|\||\|)?[^|^/*]+\^?\|?$/.test(rule) && !isNoName(rule.replace(/^\|{1,2}|\^?\|?$/g, ""));
}

/** A rule that is read as the canonical pattern. */
export function patternRule(value: string): string {
  // Else it would be a comment, a header, an exception, a regular expression or a name.
  const isOther = /^(?:[!#[]|@@|\/.*\/$)/.test(value) || isNameRule(value);
  if (!isOther) return value;
  return value.startsWith("|") ? `${value}*` : `*${value}`;
}

// A run that is whole in every URL which the pattern matches.
function hasToken(start: string, body: string, end: string): boolean {
  for (const { 0: run, index } of body.matchAll(/[a-z0-9%]+/g)) {
    if (run.length < MIN_TOKEN_CHARS) continue;
    const before = index === 0 ? start !== "" : body[index - 1] !== "*";
    const after = body.length === index + run.length ? end !== "" : body[index + run.length] !== "*";
    if (before && after) return true;
  }
  return false;
}

// Characters that no host has, and hyphens where no label has them.
function isNoName(text: string): boolean {
  return /[?=&:,;@!~+%()'"]|^-|[-_]$/.test(text);
}

function refused(code: string, message: string, help?: string): PatternReading {
  return { ok: false, code: `lists/pattern-${code}`, message, ...(help === undefined ? {} : { help }) };
}
