import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import type { ListReading } from "./list-reading.ts";

/** How `include:` lines are followed. */
export interface GeositeOptions {
  /** Returns the text of an included list, or null where it is not to be had. */
  readonly include?: ((name: string) => string | null) | undefined;
}

const MAX_INCLUDE_DEPTH = 16;

// Lines brought in by all includes together; a list that asks for more is hostile or broken.
const MAX_INCLUDED_LINES = 2_000_000;

// Different lists and filters that one list can ask for; the largest published one asks for a few hundred.
const MAX_INCLUDES = 5000;

/**
 * Reads a geosite source list (v2fly domain-list-community): `domain:` or a bare name (with everything below), `full:`
 * (itself alone), `include:` with optional attribute filters, `@attributes`. `keyword:` and `regexp:` can not be matched
 * exactly and are left out and counted (`lists/geosite-keyword`, `lists/geosite-regexp`). `&affiliations` put a rule into another
 * list as well, and say nothing about this one.
 *
 * Errors: never fails; `lists/geosite-include` (missing, circular, or too much), `lists/geosite-type`, `lists/geosite-word`,
 * `net/name-...`.
 * Diagnostics of an included list carry the line of the `include:` that brought it.
 */
export function readGeosite(text: string, options: GeositeOptions = {}): ListReading {
  return readLines(text, geositeLines(options));
}

/** The reader of `readGeosite`, line by line. */
export function geositeLines(options: GeositeOptions = {}): LineHandler {
  let includedLines = 0;
  // The same list with the same filter says nothing new the second time.
  const done = new Set<string>();
  const readLine = (line: string, sink: LineSink) => {
    const start = firstInk(line);
    if (start < 0) return;
    readRule(line.slice(start), start + 1, [], []);

    function readRule(
      rule: string,
      column: number,
      above: readonly string[],
      filter: readonly string[],
    ): void {
      const [head = "", ...words] = (rule.split("#", 1)[0] ?? "").trim().split(/\s+/);
      if (head === "") return;
      const odd = words.find((word) => !/^[@&]./.test(word));
      if (odd !== undefined)
        return sink.diagnose(
          "lists/geosite-word",
          `\`${odd}\` is no attribute (\`@name\`) and no affiliation (\`&list\`); the rule is left out`,
          column,
        );
      const attributes = words
        .filter((word) => word.startsWith("@"))
        .map((word) => word.slice(1).toLowerCase());
      const colon = head.indexOf(":");
      const type = colon < 0 ? "domain" : head.slice(0, colon).toLowerCase();
      // The attributes of an include are a filter on what it brings, in addition to the filters above it.
      if (type === "include")
        return include(head.slice(colon + 1), [...filter, ...attributes], column, above);
      if (!filter.every((wanted) => satisfies(attributes, wanted))) return;
      const value = head.slice(colon + 1);
      const at = column + colon + 1;
      switch (type) {
        case "domain":
          return sink.domain(value, "subdomains", at);
        case "full":
          return sink.domain(value, "exact", at);
        case "keyword":
          return sink.diagnose(
            "lists/geosite-keyword",
            "a keyword matches parts of other names too; left out",
            column,
          );
        case "regexp":
          return sink.diagnose(
            "lists/geosite-regexp",
            "a regular expression can not be matched exactly by name; left out",
            column,
          );
        default:
          return sink.diagnose(
            "lists/geosite-type",
            `\`${type}:\` is none of domain, full, keyword, regexp, include`,
            column,
          );
      }
    }

    function include(
      name: string,
      filter: readonly string[],
      column: number,
      above: readonly string[],
    ): void {
      const key = [name, ...filter].join(" ");
      if (done.has(key) && !above.includes(name)) return;
      if (done.size <= MAX_INCLUDES) done.add(key);
      const included =
        above.includes(name) || above.length >= MAX_INCLUDE_DEPTH || done.size > MAX_INCLUDES
          ? null
          : (options.include?.(name) ?? null);
      if (included === null) {
        return sink.diagnose(
          "lists/geosite-include",
          `the list \`${name}\` is not to be had, includes itself, or is one too many; left out`,
          column,
        );
      }
      for (const each of included.split("\n")) {
        includedLines += 1;
        if (includedLines > MAX_INCLUDED_LINES) {
          return sink.diagnose(
            "lists/geosite-include",
            `includes bring more than ${MAX_INCLUDED_LINES} lines; the rest is left out`,
            column,
          );
        }
        readRule(each, column, [...above, name], filter);
      }
    }
  };
  return { line: readLine };
}

function satisfies(attributes: readonly string[], wanted: string): boolean {
  return wanted.startsWith("-") ? !attributes.includes(wanted.slice(1)) : attributes.includes(wanted);
}
