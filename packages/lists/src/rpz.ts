import { parentName, parseName } from "@demarc/net";
import { type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import { ZoneLines } from "./internal/zone-lines.ts";
import type { ListReading } from "./list-reading.ts";

/**
 * Reads the text of a response policy zone: QNAME triggers (`name CNAME .`, `*.name CNAME .`) and response-address
 * triggers (`24.0.2.0.192.rpz-ip`). The actions NXDOMAIN (`.`), NODATA (`*.`), `rpz-drop.` and `rpz-tcp-only.` make an
 * entry, `rpz-passthru.` an exception. A bare name is exact. `*.name` is what lies below the name; unless the zone
 * names it too, the name itself becomes an exception, so that nothing more is matched than the zone says.
 * Rewrites (other CNAME targets and record types, `lists/rpz-action`) and triggers on clients and name servers
 * (`lists/rpz-trigger`) are left out and counted.
 *
 * Where a zone both blocks a name and passes it (`*.a.example CNAME rpz-passthru.` above `b.a.example CNAME .`), RPZ
 * lets the closer trigger win; here the exception does.
 *
 * Errors: never fails; `lists/rpz-syntax`, `net/name-...`, `net/prefix-...`.
 * Source: draft-vixie-dnsop-dns-rpz; RFC 1035 §5.1 for the zone file form.
 */
export function readRpz(text: string): ListReading {
  return readLines(text, rpzLines());
}

/** The reader of `readRpz`, line by line. It keeps the names of the zone until its end, for the wildcards. */
export function rpzLines(): LineHandler {
  const zone = new ZoneLines();
  const names = new ZoneNames();
  return {
    line: (line: string, sink: LineSink) => {
      const record = zone.next(line);
      if (record === null || record.type === "SOA" || record.type === "NS") return;
      if (record.type === "") {
        return sink.diagnose("lists/rpz-syntax", "a record type is expected after the owner name");
      }
      const action = record.type === "CNAME" ? actionOf(record.target) : null;
      if (action === null) {
        const shown = record.type === "CNAME" ? `action \`${record.target}\`` : `${record.type} record`;
        return sink.diagnose(
          "lists/rpz-action",
          `the ${shown} rewrites an answer, which nothing here does; left out`,
        );
      }
      readTrigger(sink, record.owner, action);
      if (action === "entry") names.add(record.owner);
    },
    end: (sink: LineSink) => {
      if (zone.openParentheses > 0)
        sink.diagnose("lists/rpz-syntax", "a parenthesis is never closed; what follows it was not read");
      for (const name of names.apexExceptions()) sink.domain(name, "exact", 1, "exception");
    },
  };
}

type Role = "entry" | "exception";

function readTrigger(sink: LineSink, name: string, as: Role): void {
  if (/\.rpz-(?:client-ip|nsdname|nsip)$/.test(name)) {
    return sink.diagnose(
      "lists/rpz-trigger",
      "a trigger on clients or name servers has no selector here; left out",
    );
  }
  if (name.endsWith(".rpz-ip")) return sink.cidr(prefixOf(name.slice(0, -".rpz-ip".length)), 1, as);
  if (name.startsWith("*.")) sink.domain(name.slice(2), "subdomains", 3, as);
  else sink.domain(name, "exact", 1, as);
}

// `24.0.2.0.192` is 192.0.2.0/24; in IPv6 `zz` stands for `::`.
function prefixOf(trigger: string): string {
  const [length = "", ...parts] = trigger.split(".");
  const reversed = parts.toReversed();
  const address =
    reversed.length === 4 && !reversed.includes("zz")
      ? reversed.join(".")
      : reversed.join(":").replace(/(^|:)zz(:|$)/, "::");
  return `${address}/${length}`;
}

function actionOf(target: string): Role | null {
  if (target === "rpz-passthru." || target === "rpz-passthru") return "exception";
  return target === "." || target === "*." || target === "rpz-drop." || target === "rpz-tcp-only."
    ? "entry"
    : null;
}

// `*.name` matches below the name only (RFC 4592 §2.1.1), while our suffix entries match the name as well.
class ZoneNames {
  readonly #exact = new Set<string>();
  readonly #suffixes = new Set<string>();

  add(owner: string): void {
    const wild = owner.startsWith("*.");
    const name = parseName(wild ? owner.slice(2) : owner);
    if (name.ok) (wild ? this.#suffixes : this.#exact).add(name.value);
  }

  apexExceptions(): string[] {
    return [...this.#suffixes].filter(
      (name) => !this.#exact.has(name) && !hasAncestorIn(name, this.#suffixes),
    );
  }
}

function hasAncestorIn(name: string, suffixes: ReadonlySet<string>): boolean {
  for (let parent = parentName(name); parent !== null; parent = parentName(parent))
    if (suffixes.has(parent)) return true;
  return false;
}
