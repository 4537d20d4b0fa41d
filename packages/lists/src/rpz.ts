import { type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import { quoted } from "./internal/quoted.ts";
import { type LiftedBlock, type RpzAction, RpzNames } from "./internal/rpz-names.ts";
import { RpzPrefixes } from "./internal/rpz-prefixes.ts";
import { ZoneLines, type ZoneRecord } from "./internal/zone-lines.ts";
import type { ListReading } from "./list-reading.ts";

/**
 * Reads the text of a response policy zone: QNAME triggers (`name CNAME .`, `*.name CNAME .`) and response-address
 * triggers (`24.0.2.0.192.rpz-ip`). The actions NXDOMAIN (`.`), NODATA (`*.`) and `rpz-drop.` make an entry,
 * `rpz-passthru.` an exception, and so does its old form, a CNAME to the owner itself. A bare name is exact. `*.name` is what lies below the name.
 *
 * Nothing more is matched than the zone says: the name of a wildcard that the zone does not block too, and a name under a wildcard
 * that is there for another reason (it is passed or rewritten, or has names below it), with all below it, become exceptions at the end.
 * Rewrites (other CNAME targets and record types) and `rpz-tcp-only.`, which refuses nothing (`lists/rpz-action`), triggers
 * on clients and name servers (`lists/rpz-client-ip`, `lists/rpz-nsdname`, `lists/rpz-nsip`), records outside of the zone (`lists/rpz-origin`)
 * and the directives `$INCLUDE` and `$GENERATE` (`lists/rpz-directive`) are left out and counted. The records of DNSSEC say nothing here.
 *
 * Where a zone both blocks a name and passes what is around it (`*.a.example CNAME rpz-passthru.` above `b.a.example CNAME .`), RPZ
 * lets the closer trigger win; here the exception does, and `lists/rpz-lifted` tells which block is lost.
 *
 * Errors: never fails; `lists/rpz-syntax`, `net/name-...`, `net/prefix-...`.
 * Source: draft-vixie-dnsop-dns-rpz; RFC 1035 §5.1 for the zone file form; RFC 4592 for wildcards.
 */
export function readRpz(text: string): ListReading {
  return readLines(text, rpzLines());
}

/** The reader of `readRpz`, line by line. It keeps the names and prefixes of the zone until its end. */
export function rpzLines(): LineHandler {
  const zone = new ZoneLines();
  const names = new RpzNames();
  const prefixes = new RpzPrefixes();
  return {
    line: (line: string, sink: LineSink, number: number) => {
      const record = zone.next(line);
      const directive = /^\$(INCLUDE|GENERATE)\b/i.exec(line)?.[0];
      if (directive !== undefined)
        return sink.diagnose(
          "lists/rpz-directive",
          `\`${directive}\` makes records that are not in this text; left out`,
          1,
          "give the whole zone, as a zone transfer prints it",
        );
      if (record === null) return;
      const { owner, type } = record;
      const isSilent = SILENT_TYPES.has(type);
      if (record.isOutside) return isSilent ? undefined : tellOutside(sink, owner);
      if (type === "")
        return sink.diagnose("lists/rpz-syntax", "a record type is expected after the owner name");
      const action = type === "CNAME" ? actionOf(record.target, owner) : "other";
      if (isAddress(owner)) prefixes.add(prefixOf(owner), owner, action, number);
      else if (owner !== "" && refusedTrigger(owner) === undefined) names.add(owner, action, number);
      if (isSilent) return;
      if (action === "other") tellRewrite(sink, record);
      else readTrigger(sink, owner, action);
    },
    end: (sink, at) => {
      if (zone.openParentheses > 0)
        sink.diagnose("lists/rpz-syntax", "a parenthesis is never closed; what follows it was not read");
      const lifted = [
        ...names.settle((name, match) => sink.domain(name, match, 1, "exception")),
        ...prefixes.settle((prefix) => sink.cidr(prefix, 1, "exception")),
      ];
      for (const block of lifted) at(block.line, block.owner, (own) => tellLifted(own, block));
    },
  };
}

function tellOutside(sink: LineSink, owner: string): void {
  sink.diagnose(
    "lists/rpz-origin",
    `${quoted(owner)} is not below the name of the zone, so servers ignore the record; left out`,
    1,
    "write the owner without the dot at its end",
  );
}

function tellRewrite(sink: LineSink, { type, target }: ZoneRecord): void {
  const shown = type === "CNAME" ? `action ${quoted(target)}` : `${quoted(type)} record`;
  const does = target === "rpz-tcp-only." ? "only asks for TCP" : "rewrites an answer";
  const isRelative = type === "CNAME" && /^rpz-(?:passthru|drop|tcp-only)(?:$|\..)/.test(target);
  sink.diagnose(
    "lists/rpz-action",
    `the ${shown} ${does}, which nothing here does; left out`,
    1,
    isRelative ? "without a dot at its end the target is a name in the zone" : undefined,
  );
}

function tellLifted(sink: LineSink, { owner, by }: LiftedBlock): void {
  const what =
    owner === by ? "an exception of the same name" : `the exception of ${quoted(by)} with all in it`;
  sink.diagnose(
    "lists/rpz-lifted",
    `${quoted(owner)} is blocked by the zone; here ${what} takes it out`,
    1,
    "an exception wins over every entry here; what the zone passes, rewrites or leaves open is one",
  );
}

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

function refusedTrigger(owner: string): (typeof REFUSED_TRIGGERS)[number] | undefined {
  return REFUSED_TRIGGERS.find(([kind]) => owner.endsWith(`.rpz-${kind}`));
}

function readTrigger(sink: LineSink, name: string, as: Exclude<RpzAction, "other">): void {
  const refused = refusedTrigger(name);
  if (refused !== undefined) return sink.diagnose(`lists/rpz-${refused[0]}`, `${refused[1]}; left out`);
  if (isAddress(name)) return sink.cidr(prefixOf(name), 1, as);
  if (name.startsWith("*.")) sink.domain(name.slice(2), "subdomains", 3, as);
  else sink.domain(name, "exact", 1, as);
}

function isAddress(owner: string): boolean {
  return owner.endsWith(".rpz-ip");
}

// `24.0.2.0.192` is 192.0.2.0/24; in IPv6 `zz` stands for `::`.
function prefixOf(owner: string): string {
  const [length = "", ...parts] = owner.slice(0, -".rpz-ip".length).split(".");
  const reversed = parts.toReversed();
  const address =
    reversed.length === 4 && !reversed.includes("zz")
      ? reversed.join(".")
      : reversed.join(":").replace(/(^|:)zz(:|$)/, "::");
  return `${address}/${length}`;
}

function actionOf(target: string, owner: string): RpzAction {
  if (target === "rpz-passthru." || target === `${owner}.`) return "exception";
  return target === "." || target === "*." || target === "rpz-drop." ? "entry" : "other";
}
