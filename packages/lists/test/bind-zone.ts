// What BIND 9.18 answers from a response policy zone, in the plainest way: exact owner, else the wildcard of the closest name that is there.
import { parentName, parsePrefix, prefixContains } from "@demarc/net";
import type { ListEntry } from "../src/index.ts";

type Answer = "block" | "pass" | "none";

/** The records of a text in which every owner is relative to the zone, and without directives. */
export function zoneOwners(text: string): [owner: string, answer: Answer][] {
  return text.split("\n").flatMap((line): [string, Answer][] => {
    const [owner = "", type, target] = line.split(" ");
    if (owner === "" || owner === "@" || owner.startsWith("$")) return [];
    if (type !== "CNAME") return [[owner, "none"]];
    return [[owner, target === "." ? "block" : target === "rpz-passthru." ? "pass" : "none"]];
  });
}

/** Whether the zone blocks a name (RFC 4592 §3.3.1; the closest encloser may have no records of its own). */
export function zoneNames(owners: ReadonlyMap<string, Answer>): (name: string) => boolean {
  const there = new Set<string>();
  for (const owner of owners.keys())
    for (let at: string | null = owner; at !== null; at = parentName(at)) there.add(at);
  return (name) => {
    if (there.has(name)) return owners.get(name) === "block";
    for (let at = parentName(name); at !== null; at = parentName(at))
      if (there.has(at)) return owners.get(`*.${at}`) === "block";
    return false;
  };
}

/** True where entries match a name and no exception does. */
export function listBlocks(
  entries: readonly ListEntry[],
  exceptions: readonly ListEntry[],
  name: string,
): boolean {
  const isIn = (list: readonly ListEntry[]): boolean =>
    list.some(
      (entry) =>
        entry.type === "domain" &&
        (entry.value === name || (entry.match === "subdomains" && name.endsWith(`.${entry.value}`))),
    );
  return isIn(entries) && !isIn(exceptions);
}

/** Likewise of an address. */
export function listBlocksAddress(
  entries: readonly ListEntry[],
  exceptions: readonly ListEntry[],
  address: Uint8Array,
): boolean {
  const isIn = (list: readonly ListEntry[]): boolean =>
    list.some((entry) => {
      const prefix = entry.type === "cidr" ? parsePrefix(entry.value) : null;
      return prefix?.ok === true && prefixContains(prefix.value, address);
    });
  return isIn(entries) && !isIn(exceptions);
}

/** True where the longest prefix of the zone around an address blocks it. */
export function zoneBlocksAddress(owners: ReadonlyMap<string, Answer>, address: Uint8Array): boolean {
  let longest = -1;
  let isBlocked = false;
  for (const [owner, answer] of owners) {
    const [length = "", ...parts] = owner.replace(/\.rpz-ip$/, "").split(".");
    const prefix = owner.endsWith(".rpz-ip")
      ? parsePrefix(`${parts.toReversed().join(".")}/${length}`)
      : null;
    if (prefix?.ok !== true || !prefixContains(prefix.value, address) || prefix.value.length <= longest)
      continue;
    longest = prefix.value.length;
    isBlocked = answer === "block";
  }
  return isBlocked;
}
