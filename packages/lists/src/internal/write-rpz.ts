// A response policy zone. There the nearest name wins, and a name that merely has others below it hides from the wildcards
// above (RFC 4592 §2.2.2); so it is not the entries that are written but what holds at each name.
import { MAX_NAME_BYTES, type Prefix, parentName, parsePrefix, prefixContains } from "@demarc/net";
import type { ListEntry } from "../list-reading.ts";
import { NameStanding, type Standing } from "./name-standing.ts";
import { PrefixSet } from "./prefix-set.ts";

/**
 * The zone that blocks what the entries match and the exceptions do not; each owner once. Left out is what another line says
 * already. Names come in the order of the list, after the names above them that must be there.
 */
export function writeRpz(
  entries: readonly ListEntry[],
  exceptions: readonly ListEntry[],
  serial: number,
): { readonly text: string; readonly omitted: readonly ListEntry[] } {
  const names = new ZoneNames(entries, exceptions);
  const passed = new PrefixSet();
  for (const { type, value } of exceptions) {
    const prefix = type === "cidr" ? parsePrefix(value) : null;
    if (prefix?.ok === true) passed.add(prefix.value);
  }
  const lines = [zoneHead(serial)];
  const triggers = new Set<string>();
  const omitted: ListEntry[] = [];
  for (const [list, target] of [
    [entries, TARGETS.block],
    [exceptions, TARGETS.pass],
  ] as const)
    for (const entry of list) {
      if (entry.type === "domain" && !isTrigger(entry.value)) lines.push(...names.linesOf(entry.value));
      else if (entry.type === "cidr") {
        const trigger = addressTrigger(entry.value);
        if (trigger === null) omitted.push(entry);
        // The longest prefix wins in a zone, the exception here.
        else if (list === entries && passed.holds(trigger.prefix)) continue;
        else if (triggers.size < triggers.add(trigger.owner).size)
          lines.push(`${trigger.owner} CNAME ${target}`);
      } else omitted.push(entry);
    }
  return { text: `${lines.join("\n")}\n`, omitted };
}

const TARGETS = { block: ".", pass: "rpz-passthru." } as const;

/** The names that the zone has, with those between that another one makes. */
class ZoneNames {
  readonly #standing: NameStanding;
  readonly #existing = new Set<string>();
  readonly #written = new Set<string>();

  constructor(entries: readonly ListEntry[], exceptions: readonly ListEntry[]) {
    this.#standing = new NameStanding(entries, exceptions);
    for (const { type, value } of [...entries, ...exceptions])
      if (type === "domain" && !this.#existing.has(value) && !isTrigger(value) && this.#isNews(value))
        this.#add(value);
  }

  /** The lines of a name, where it must be there and is not yet; first those of names above it. */
  linesOf(name: string): string[] {
    if (!this.#existing.has(name)) return [];
    const chain: string[] = [];
    for (let at: string | null = name; at !== null && !this.#written.has(at); at = parentName(at))
      chain.push(at);
    return chain.toReversed().flatMap((each) => {
      this.#written.add(each);
      const below = this.#standing.below(each);
      const wildcard = `*.${each}`;
      return [
        ...record(each, this.#standing.of(each, below)),
        // A wildcard that is longer than names are would match none.
        ...(wildcard.length > MAX_NAME_BYTES ? [] : record(wildcard, below)),
      ];
    });
  }

  // Says something else about itself, or about what is below it, than the wildcard of the name above does.
  #isNews(name: string): boolean {
    const parent = parentName(name);
    const above = parent === null ? null : this.#standing.below(parent);
    const below = this.#standing.below(name);
    return below !== above || this.#standing.of(name, below) !== above;
  }

  #add(name: string): void {
    for (let at: string | null = name; at !== null && !this.#existing.has(at); at = parentName(at))
      this.#existing.add(at);
  }
}

function record(owner: string, standing: Standing): string[] {
  return standing === null ? [] : [`${owner} CNAME ${TARGETS[standing]}`];
}

// Such a name would be read as an address, or as a server.
function isTrigger(name: string): boolean {
  return /(?:^|\.)rpz-(?:ip|client-ip|nsip|nsdname)$/.test(name);
}

// ::ffff:0:0
const MAPPED = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0);

// 192.0.2.0/24 is `24.0.2.0.192.rpz-ip`; IPv6 groups likewise, with `zz` for `::`. No trigger has length 0; and one of IPv6
// that holds ::ffff:0:0 matches every address of IPv4 in BIND, which keeps both in one tree.
function addressTrigger(text: string): { readonly owner: string; readonly prefix: Prefix } | null {
  const parsed = parsePrefix(text);
  if (!parsed.ok || parsed.value.length === 0 || prefixContains(parsed.value, MAPPED)) return null;
  const prefix = parsed.value;
  const address = text.slice(0, text.indexOf("/"));
  const parts =
    prefix.address.length === 4
      ? address.split(".")
      : address
          .replace(/^::$/, "zz")
          .replace(/^::/, "zz:")
          .replace(/::$/, ":zz")
          .replace("::", ":zz:")
          .split(":");
  return { owner: `${prefix.length}.${parts.toReversed().join(".")}.rpz-ip`, prefix };
}

function zoneHead(serial: number): string {
  return `$TTL 300\n@ SOA localhost. hostmaster.localhost. ${serial} 3600 600 86400 300\n@ NS localhost.`;
}
