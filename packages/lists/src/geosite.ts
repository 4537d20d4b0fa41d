import { firstInk, readLines } from "./internal/line-reader.ts";
import type { ListReading } from "./list-reading.ts";

/** How `include:` lines are followed. */
export interface GeositeOptions {
  /** Returns the text of an included list, or null where it is not to be had. */
  readonly include?: ((name: string) => string | null) | undefined;
}

const MAX_INCLUDE_DEPTH = 16;

/**
 * Reads a geosite source list (v2fly domain-list-community): `domain:` or a bare name (with everything below), `full:`
 * (itself alone), `include:` with optional attribute filters, `@attributes`. `keyword:` and `regexp:` can not be matched
 * exactly and are left out and counted (`lists/geosite-keyword`, `lists/geosite-regexp`).
 *
 * Errors: never fails; `lists/geosite-include` (missing, or circular), `lists/geosite-type`, `net/name-...`.
 * Diagnostics of an included list carry the line of the `include:` that brought it.
 */
export function readGeosite(text: string, options: GeositeOptions = {}): ListReading {
  return readLines(text, (line, sink) => {
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
      const attributes = words.filter((word) => word.startsWith("@")).map((word) => word.slice(1));
      if (
        !filter.every((wanted) =>
          wanted.startsWith("-") ? !attributes.includes(wanted.slice(1)) : attributes.includes(wanted),
        )
      )
        return;
      const colon = head.indexOf(":");
      const type = colon < 0 ? "domain" : head.slice(0, colon);
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
        case "include":
          return include(value, attributes, column, above);
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
      attributes: readonly string[],
      column: number,
      above: readonly string[],
    ): void {
      const included =
        above.includes(name) || above.length >= MAX_INCLUDE_DEPTH ? null : (options.include?.(name) ?? null);
      if (included === null) {
        return sink.diagnose(
          "lists/geosite-include",
          `the list \`${name}\` is not to be had, or includes itself; left out`,
          column,
        );
      }
      for (const each of included.split("\n")) readRule(each, column, [...above, name], attributes);
    }
  });
}
