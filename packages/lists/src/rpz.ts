import { parentName } from "@demarc/net";
import { readLines } from "./internal/line-reader.ts";
import type { ListEntry, ListReading } from "./list-reading.ts";

/**
 * Reads the text of a response policy zone: QNAME triggers (`name CNAME ...`, `*.name CNAME ...`) and response-address
 * triggers (`24.0.2.0.192.rpz-ip`). `rpz-passthru.` is an exception. A bare name is exact. `*.name` is what lies below
 * the name; unless the zone names it too, the name itself becomes an exception, so that nothing more is matched than the zone says.
 * Local-data rewrites, client-address, NSDNAME and NSIP triggers are left out and counted (`lists/rpz-trigger`, `lists/rpz-action`).
 *
 * Errors: never fails; `lists/rpz-syntax`, `net/name-...`, `net/prefix-...`.
 * Source: draft-vixie-dnsop-dns-rpz; RFC 1035 §5.1 for the zone file form.
 */
export function readRpz(text: string): ListReading {
  let origin = "";
  let owner = "";
  let depth = 0;
  const reading = readLines(text, (line, sink) => {
    const content = line.replace(/;.*$/, "").trimEnd();
    if (content.trim() === "") return;
    // The SOA's parentheses span lines that hold nothing for us.
    const inside = depth > 0;
    depth += count(content, "(") - count(content, ")");
    if (inside) return;
    const fields = content.trim().split(/\s+/);
    if (content.startsWith("$")) {
      if (fields[0] === "$ORIGIN" && fields[1] !== undefined)
        origin = fields[1].toLowerCase().replace(/\.$/, "");
      return;
    }
    if (!/^\s/.test(content)) owner = (fields.shift() ?? "").toLowerCase();
    while (
      fields.length > 0 &&
      (/^\d+[smhdw]?$/i.test(fields[0] ?? "") || /^(?:IN|CH|HS)$/i.test(fields[0] ?? ""))
    )
      fields.shift();
    const type = (fields[0] ?? "").toUpperCase();
    if (type === "SOA") {
      if (origin === "" && owner.endsWith(".")) origin = owner.slice(0, -1);
      return;
    }
    if (type === "NS" || owner === "@") return;
    if (type !== "CNAME") {
      if (type === "")
        return sink.diagnose("lists/rpz-syntax", "a record type is expected after the owner name");
      return sink.diagnose(
        "lists/rpz-action",
        `a ${type} record rewrites an answer, which nothing here does; left out`,
      );
    }
    const target = (fields[1] ?? "").toLowerCase();
    const action = actionOf(target);
    if (action === null)
      return sink.diagnose(
        "lists/rpz-action",
        `the action \`${target}\` rewrites an answer, which nothing here does; left out`,
      );
    readTrigger(relativeOwner(owner, origin), action);

    function readTrigger(name: string, as: "entry" | "exception"): void {
      if (/\.rpz-(?:client-ip|nsdname|nsip)$/.test(name)) {
        return sink.diagnose(
          "lists/rpz-trigger",
          "a trigger on clients or name servers has no selector here; left out",
        );
      }
      if (name.endsWith(".rpz-ip")) return readAddress(name.slice(0, -".rpz-ip".length), as);
      if (name.startsWith("*.")) sink.domain(name.slice(2), "subdomains", 3, as);
      else sink.domain(name, "exact", 1, as);
    }

    function readAddress(trigger: string, as: "entry" | "exception"): void {
      const [length = "", ...parts] = trigger.split(".");
      const reversed = parts.reverse();
      const address =
        reversed.length === 4 && !reversed.includes("zz")
          ? reversed.join(".")
          : reversed.join(":").replace(/(^|:)zz(:|$)/, "::");
      sink.cidr(`${address}/${length}`, 1, as);
    }
  });
  return { ...reading, exceptions: [...reading.exceptions, ...apexExceptions(reading.entries)] };
}

// `*.name` matches below the name only (RFC 4592 §2.1.1), while our suffix entries match the name as well.
function apexExceptions(entries: readonly ListEntry[]): ListEntry[] {
  const exact = new Set<string>();
  const suffixes = new Set<string>();
  for (const entry of entries) {
    if (entry.type === "domain") (entry.match === "exact" ? exact : suffixes).add(entry.value);
  }
  return [...suffixes]
    .filter((name) => !exact.has(name) && !hasAncestorIn(name, suffixes))
    .map((value) => ({ type: "domain", value, match: "exact" }));
}

function hasAncestorIn(name: string, suffixes: ReadonlySet<string>): boolean {
  for (let parent = parentName(name); parent !== null; parent = parentName(parent))
    if (suffixes.has(parent)) return true;
  return false;
}

function actionOf(target: string): "entry" | "exception" | null {
  if (target === "rpz-passthru." || target === "rpz-passthru") return "exception";
  return target === "." || target === "*." || target === "rpz-drop." || target === "rpz-tcp-only."
    ? "entry"
    : null;
}

function relativeOwner(owner: string, origin: string): string {
  if (!owner.endsWith(".")) return owner;
  const bare = owner.slice(0, -1);
  return origin !== "" && bare.endsWith(`.${origin}`) ? bare.slice(0, -origin.length - 1) : bare;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
