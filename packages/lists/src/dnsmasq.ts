import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import type { PlainForm } from "./internal/plain-lines.ts";
import type { ListReading } from "./list-reading.ts";

// What a name that is to be had nowhere is answered with.
const NULL_TARGETS: ReadonlySet<string> = new Set(["", "#", "0.0.0.0", "::", "127.0.0.1", "::1"]);

const PLAIN: readonly PlainForm[] = [
  { before: "server=/", after: "/", match: "subdomains" },
  { before: "local=/", after: "/", match: "subdomains" },
  { before: "address=/", after: "/", match: "subdomains" },
  { before: "address=/", after: "/#", match: "subdomains" },
  { before: "address=/", after: "/0.0.0.0", match: "subdomains" },
];

/**
 * Reads the lines of a dnsmasq configuration that name domains to answer for: `address=/name/...`, `server=/name/`
 * and `local=/name/`, several names per line allowed. Each stands for itself and everything below it.
 * `server=/name/#` is an exception (forward as usual). An `address=` that gives a name a real address is a host record
 * and no block, and is left out (`lists/dnsmasq-address`), as are all other options (`lists/dnsmasq-option`).
 *
 * Errors: never fails; `lists/dnsmasq-syntax`, `net/name-...`. Source: dnsmasq(8), --address, --server, --local.
 */
export function readDnsmasq(text: string): ListReading {
  return readLines(text, dnsmasqLines());
}

/** The reader of `readDnsmasq`, line by line. */
export function dnsmasqLines(): LineHandler {
  return { line: dnsmasqLine, plain: PLAIN };
}

function dnsmasqLine(line: string, sink: LineSink): void {
  const start = firstInk(line);
  if (start < 0 || line[start] === "#") return;
  const match = /^(address|server|local)=\/(.*)\/([^/]*)$/.exec(line.slice(start).trimEnd());
  if (match === null) {
    if (/^[a-z-]+(?:=|$)/.test(line.slice(start)) && !/^(?:address|server|local)=/.test(line.slice(start))) {
      return sink.diagnose(
        "lists/dnsmasq-option",
        "an option that names no domain to answer for; left out",
        start + 1,
      );
    }
    return sink.diagnose(
      "lists/dnsmasq-syntax",
      "`address=/name/` or `server=/name/` is expected",
      start + 1,
    );
  }
  const keyword = match[1] ?? "";
  const target = match[3] ?? "";
  if (keyword === "server" && target !== "" && target !== "#") {
    return sink.diagnose("lists/dnsmasq-option", "a server for a domain is no block; left out", start + 1);
  }
  if (keyword === "address" && !NULL_TARGETS.has(target)) {
    return sink.diagnose(
      "lists/dnsmasq-address",
      "an address that leads somewhere is a host record, no block; left out",
      start + 1,
    );
  }
  let column = start + keyword.length + 3;
  for (const name of (match[2] ?? "").split("/")) {
    const bare = name.startsWith("*") ? name.replace(/^\*\.?/, "") : name.replace(/^\./, "");
    sink.domain(bare, "subdomains", column, target === "#" && keyword === "server" ? "exception" : "entry");
    column += name.length + 1;
  }
}
