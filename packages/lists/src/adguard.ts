import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import { EXCEPTION_LOST } from "./internal/record-pump.ts";
import { isNameRule } from "./internal/url-pattern.ts";
import type { ListReading } from "./list-reading.ts";

// Modifiers that restrict nothing: the rule still means every use of the name.
const HARMLESS_MODIFIERS: ReadonlySet<string> = new Set(["important", "all"]);

/**
 * Reads an AdGuard or Adblock-Plus list as far as it is about names (`||name^`, `||name^|`, `|name^`, `name`) and URLs
 * (`||name/path`, `|https://...`, `/banner/ads.`, with `*` and `^`), and exceptions with `@@`. What is more is left out and
 * counted: cosmetic rules (`lists/adguard-cosmetic`), regular expressions (`lists/adguard-regexp`), patterns that can not be
 * looked up (`lists/pattern-...`) or match the beginning of names (`lists/adguard-pattern`), modifiers that restrict a rule
 * (`lists/adguard-modifier`); keeping the rule without them would block more than it says. An exception that is
 * restricted is kept without its restriction, and so is one that `$badfilter` makes, since both match less; both are
 * counted (`lists/adguard-widened`). Told besides: exceptions that are left out (`lists/adguard-exception`), `$important`, over which
 * exceptions win here (`lists/adguard-important`), and `!#include` and `!#if` (`lists/adguard-directive`).
 *
 * Errors: never fails; the codes above and `net/name-...`.
 * Source: AdGuard DNS filtering syntax, adguard-dns.io/kb/general/dns-filtering-syntax.
 */
export function readAdguard(text: string): ListReading {
  return readLines(text, adguardLines());
}

/** The reader of `readAdguard`, line by line. */
export function adguardLines(): LineHandler {
  return { line: adguardLine, plain: [{ before: "||", after: "^", match: "subdomains" }] };
}

function adguardLine(line: string, sink: LineSink): void {
  const start = firstInk(line);
  if (
    start < 0 ||
    line[start] === "!" ||
    line[start] === "[" ||
    (line[start] === "#" && !/^#[@?$%]?#/.test(line.slice(start)))
  )
    return directive(line, start, sink);
  let rule = line.slice(start).trimEnd();
  let column = start + 1;
  if (/#[@?$%]*#/.test(rule)) {
    return sink.diagnose(
      "lists/adguard-cosmetic",
      "a cosmetic rule changes a page, which nothing here does; left out",
      column,
    );
  }
  let as: "entry" | "exception" = rule.startsWith("@@") ? "exception" : "entry";
  if (as === "exception") {
    rule = rule.slice(2);
    column += 2;
  }
  // An exception that is left out is a loss of its own: what it frees stays blocked.
  const leaveOut = (code: string, why: string, help?: string): void =>
    as === "exception"
      ? sink.diagnose("lists/adguard-exception", `${why}; ${EXCEPTION_LOST}`, column, help)
      : sink.diagnose(code, `${why}; left out`, column, help);
  if (/^\/.+\/(?:\$[a-z~].*)?$/i.test(rule))
    return leaveOut("lists/adguard-regexp", "a regular expression has no bound on what it costs");
  const dollar = rule.indexOf("$");
  if (dollar >= 0) {
    const kept = rule
      .slice(dollar + 1)
      .split(",")
      .filter((modifier) => !HARMLESS_MODIFIERS.has(modifier.trim()));
    const first = kept[0]?.trim() ?? "";
    // `$badfilter` switches off the rule that it repeats.
    const off = kept.some((modifier) => modifier.trim() === "badfilter");
    if (kept.length > 0 && off === (as === "exception")) {
      return sink.diagnose(
        "lists/adguard-modifier",
        `the modifier \`${first}\` restricts the rule in a way that names can not; left out`,
        column + dollar + 1,
      );
    }
    if (as === "entry" && /(?:^|,)\s*important\s*(?:,|$)/.test(rule.slice(dollar + 1)) && kept.length === 0)
      sink.diagnose(
        "lists/adguard-important",
        "the rule is kept, but exceptions of the list win over it here, where it says that they do not",
        column + dollar + 1,
      );
    if (kept.length > 0) {
      as = "exception";
      sink.diagnose(
        "lists/adguard-widened",
        `the exception is kept for the whole name, without its modifier \`${first}\``,
        column + dollar + 1,
      );
    }
    rule = rule.slice(0, dollar);
  }
  if (!isNameRule(rule)) return sink.pattern(rule, column, as);
  const match = /^(\|\||\|)?([^|^/*]+)(\^?\|?)$/.exec(rule);
  const anchor = match?.[1] ?? "";
  if ((anchor === "||" && match?.[3] === "") || match?.[2]?.endsWith(".") === true)
    return leaveOut(
      "lists/adguard-pattern",
      "a pattern without `^` at its end matches the beginning of other names too",
      "end it with `^`",
    );
  sink.domain(match?.[2] ?? "", anchor === "||" ? "subdomains" : "exact", column + anchor.length, as);
}

// Directives of the programs that read such lists: what they leave out or bring in is not known here.
function directive(line: string, start: number, sink: LineSink): void {
  const name = /^!#(include|if)\b/.exec(line.slice(start))?.[1];
  if (name === undefined) return;
  const message =
    name === "include"
      ? "the list that is included is not read"
      : "the condition is not asked: all lines up to its `!#endif` are read";
  sink.diagnose("lists/adguard-directive", message, start + 1);
}
