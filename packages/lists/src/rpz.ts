import { ApexNames } from "./internal/apex-names.ts";
import { type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import { ZoneLines } from "./internal/zone-lines.ts";
import type { ListReading } from "./list-reading.ts";

/**
 * Reads the text of a response policy zone: QNAME triggers (`name CNAME .`, `*.name CNAME .`) and response-address
 * triggers (`24.0.2.0.192.rpz-ip`). The actions NXDOMAIN (`.`), NODATA (`*.`) and `rpz-drop.` make an entry,
 * `rpz-passthru.` an exception, and so does its old form, a CNAME to the owner itself. A bare name is exact. `*.name` is what lies below the name; unless the zone
 * names it too, the name itself becomes an exception, so that nothing more is matched than the zone says.
 * Rewrites (other CNAME targets and record types) and `rpz-tcp-only.`, which refuses nothing (`lists/rpz-action`), triggers
 * on clients and name servers (`lists/rpz-client-ip`, `lists/rpz-nsdname`, `lists/rpz-nsip`) and the directives `$INCLUDE`
 * and `$GENERATE` (`lists/rpz-directive`) are left out and counted. The records of DNSSEC say nothing here.
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
  // `*.name` matches below the name only (RFC 4592 §2.1.1).
  const names = new ApexNames();
  return {
    line: (line: string, sink: LineSink) => {
      const record = zone.next(line);
      const directive = /^\$(INCLUDE|GENERATE)\b/i.exec(line)?.[0];
      if (directive !== undefined)
        return sink.diagnose(
          "lists/rpz-directive",
          `\`${directive}\` makes records that are not in this text; left out`,
          1,
          "give the whole zone, as a zone transfer prints it",
        );
      if (record === null || SILENT_TYPES.has(record.type)) return;
      if (record.type === "") {
        return sink.diagnose("lists/rpz-syntax", "a record type is expected after the owner name");
      }
      const action = record.type === "CNAME" ? actionOf(record.target, record.owner) : null;
      if (action === null) {
        const shown = record.type === "CNAME" ? `action \`${record.target}\`` : `${record.type} record`;
        const does = record.target === "rpz-tcp-only." ? "only asks for TCP" : "rewrites an answer";
        return sink.diagnose("lists/rpz-action", `the ${shown} ${does}, which nothing here does; left out`);
      }
      readTrigger(sink, record.owner, action);
      if (action !== "entry") return;
      if (record.owner.startsWith("*.")) names.add(record.owner.slice(2), "below");
      else names.add(record.owner, "exact");
    },
    end: (sink: LineSink) => {
      if (zone.openParentheses > 0)
        sink.diagnose("lists/rpz-syntax", "a parenthesis is never closed; what follows it was not read");
      for (const name of names.exceptions()) sink.domain(name, "exact", 1, "exception");
    },
  };
}

type Role = "entry" | "exception";

// The zone's own records, and its signatures.
const SILENT_TYPES: ReadonlySet<string> = new Set([
  "SOA",
  "NS",
  "DNSKEY",
  "RRSIG",
  "NSEC",
  "NSEC3",
  "NSEC3PARAM",
  "CDS",
  "CDNSKEY",
  "ZONEMD",
]);

const REFUSED_TRIGGERS = [
  ["client-ip", "a trigger on who asks is about persons, for whom there is no selector here"],
  ["nsdname", "a trigger on the name of a name server says nothing about the name that is asked for"],
  ["nsip", "a trigger on the address of a name server says nothing about the name that is asked for"],
] as const;

function readTrigger(sink: LineSink, name: string, as: Role): void {
  for (const [kind, why] of REFUSED_TRIGGERS)
    if (name.endsWith(`.rpz-${kind}`)) return sink.diagnose(`lists/rpz-${kind}`, `${why}; left out`);
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

function actionOf(target: string, owner: string): Role | null {
  if (target === "rpz-passthru." || target === "rpz-passthru" || target === `${owner}.`) return "exception";
  return target === "." || target === "*." || target === "rpz-drop." ? "entry" : null;
}
