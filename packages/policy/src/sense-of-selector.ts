import { parseName, parsePrefix, parseUrl, parseUrlPrefix } from "@demarc/net";
import type { Selector } from "./document.ts";
import type { Fault } from "./policy-issue.ts";

/** A selector whose value can not be read, or says nothing. */
export function selectorFaults(selector: Selector, at: string): Fault[] {
  const fault = (message: string, found: string, help?: string, expected?: string): Fault[] => [
    { code: "policy/selector", pointer: `${at}/value`, message, expected, found, help },
  ];
  switch (selector.type) {
    case "domain": {
      const { value, match } = selector;
      if (match === "wildcard" && !value.startsWith("*."))
        return fault(
          "a wildcard has `*` for its first label",
          value,
          `did you mean \`*.${value}\`?`,
          "*.NAME",
        );
      if (match !== "wildcard" && value.startsWith("*."))
        return fault(
          "a name has no `*`",
          value,
          "write `match: wildcard` for exactly one label, or the name after `*.` with `match: subdomains`",
          "a name",
        );
      const name = parseName(match === "wildcard" ? value.slice(2) : value);
      return name.ok ? [] : fault(name.issue.message, value, name.issue.help, "a DNS name");
    }
    case "cidr": {
      const prefix = parsePrefix(selector.value);
      return prefix.ok
        ? []
        : fault(prefix.issue.message, selector.value, prefix.issue.help, "an address prefix, ADDRESS/LENGTH");
    }
    case "url": {
      const url = selector.match === "exact" ? parseUrl(selector.value) : parseUrlPrefix(selector.value);
      return url.ok ? [] : fault(url.issue.message, selector.value, url.issue.help, "an http(s) URL");
    }
    case "port": {
      const { value } = selector;
      if (typeof value === "number" || value.from <= value.to) return [];
      return fault(
        "the range ends before it starts",
        `${value.from} to ${value.to}`,
        `did you mean { from: ${value.to}, to: ${value.from} }?`,
        "`from` at most `to`",
      );
    }
    case "list":
      return categoryFaults(selector, at);
    case "asn":
    case "data-class":
    case "any":
      break;
  }
  return [];
}

// A compiled file holds a thousand lists; which of them is meant must not be left to guessing.
function categoryFaults(
  { format, category }: Extract<Selector, { readonly type: "list" }>,
  at: string,
): Fault[] {
  const holdsMany = format === "geosite-dat" || format === "geoip-dat";
  if (holdsMany === (category !== undefined)) return [];
  return [
    {
      code: "policy/selector",
      pointer: holdsMany ? `${at}/format` : `${at}/category`,
      message: holdsMany
        ? `a \`${format}\` file holds many lists, and \`category\` says which`
        : `a list in \`${format}\` is one list and has no categories`,
      expected: holdsMany ? "a `category` beside it" : "no `category`",
      found: holdsMany ? "none" : category,
      help: holdsMany ? "`demarc list inspect FILE` names those that there are" : "remove `category`",
    },
  ];
}
