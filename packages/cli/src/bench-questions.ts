// What to ask a site's image when its cost is measured: what its own policies and lists are about, and names that nobody has.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSelectedList } from "@demarc/compiler";
import type { ListEntry } from "@demarc/lists";
import type { Request } from "@demarc/matcher";
import { parsePrefix } from "@demarc/net";
import type { PolicyDocument } from "@demarc/policy";
import type { Site } from "@demarc/runtime";

/** Questions of one kind. */
export interface Questions {
  readonly kind: "listed names" | "listed addresses" | "listed URLs" | "other names";
  readonly requests: readonly Request[];
}

type Selector = PolicyDocument["rules"][number]["selectors"][number];

/** Questions from the selectors and lists of a site: `count` of each kind that there is, the same ones in every run. */
export function questionsOf(
  site: Site,
  count: number,
  at: number,
  places: Request["places"],
): readonly Questions[] {
  const entries = site.policies.flatMap(({ document }) =>
    document.rules.flatMap(({ selectors }) => selectors.flatMap((selector) => entriesOf(site, selector))),
  );
  const names = entries.flatMap((entry) => (entry.type === "domain" ? [entry.value] : []));
  const prefixes = entries.flatMap((entry) => (entry.type === "cidr" ? [parsePrefix(entry.value)] : []));
  const addresses = prefixes.flatMap((prefix) => (prefix.ok ? [prefix.value.address] : []));
  const urls = entries.flatMap((entry) => (entry.type === "url" ? [entry.value] : []));
  const asked = <T>(
    values: readonly T[],
    request: (value: T, index: number) => Partial<Request>,
  ): Request[] =>
    values.length === 0
      ? []
      : Array.from({ length: count }, (_, index) => ({
          at,
          places,
          // A step without a common divisor with most lengths goes through all of them in no order.
          ...request(values[(index * 7_919) % values.length] as T, index),
        }));
  const all: readonly Questions[] = [
    {
      kind: "listed names",
      requests: asked(names, (name, index) => ({ name: index % 2 === 0 ? name : `www.${name}` })),
    },
    { kind: "other names", requests: asked([""], (_, index) => ({ name: `www.site-${index}.invalid` })) },
    { kind: "listed addresses", requests: asked(addresses, (address) => ({ address })) },
    { kind: "listed URLs", requests: asked(urls, (url) => ({ url })) },
  ];
  return all.filter(({ requests }) => requests.length > 0);
}

function entriesOf(site: Site, selector: Selector): readonly ListEntry[] {
  switch (selector.type) {
    case "domain":
      return selector.match === "wildcard"
        ? []
        : [{ type: "domain", value: selector.value, match: selector.match }];
    case "cidr":
      return [{ type: "cidr", value: selector.value }];
    case "url":
      return [{ type: "url", value: selector.value, match: selector.match }];
    case "list": {
      const list = site.lists.find(({ ref }) => ref === selector.ref);
      return list === undefined
        ? []
        : (readSelectedList(selector, readFileSync(join(site.directory, list.path)))?.entries ?? []);
    }
    default:
      return [];
  }
}
