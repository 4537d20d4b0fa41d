import { parseName } from "@demarc/net";
import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import { NearestNames } from "./internal/nearest-names.ts";
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

const NAMES = /^((address|server|local)\s*=\s*\/)(.*)\/([^/]*)$/;

/**
 * Reads the lines of a dnsmasq configuration that name domains to answer for: `address=/name/...`, `server=/name/`
 * and `local=/name/`, several names per line allowed. Each stands for itself and everything below it; `*.name` for what is
 * below it alone, and `*name`, which ends other names too, is left out (`lists/dnsmasq-wildcard`).
 * `server=/name/#` is an exception (forward as usual). A server for a domain (`lists/dnsmasq-option`) or an address that leads
 * somewhere (`lists/dnsmasq-address`) is no block, and an exception where a name around it is blocked. `host-record` (likewise,
 * for the name alone) and all other options are left out (`lists/dnsmasq-option`).
 *
 * In dnsmasq the longest name decides, here an exception: where the two differ `lists/dnsmasq-nearest` says so.
 *
 * Errors: never fails; `lists/dnsmasq-syntax`, `net/name-...`. Source: dnsmasq(8), --address, --server, --local.
 */
export function readDnsmasq(text: string): ListReading {
  return readLines(text, dnsmasqLines());
}

/** The reader of `readDnsmasq`, line by line. It keeps the names until its end, packed. */
export function dnsmasqLines(): LineHandler {
  const names = new NearestNames("lists/dnsmasq-nearest");
  return {
    line: (line, sink) => dnsmasqLine(line, sink, names),
    plain: PLAIN,
    plainName: (bytes, from, to) => names.blockBytes(bytes, from, to),
    end: (sink) => names.settle(sink),
  };
}

function dnsmasqLine(line: string, sink: LineSink, names: NearestNames): void {
  const start = firstInk(line);
  if (start < 0 || line[start] === "#") return;
  // After a blank `#` starts a comment; `127.0.0.1#53` has a port.
  const comment = line.search(/[ \t]#/);
  const content = line.slice(start, comment < start ? undefined : comment).trimEnd();
  const match = NAMES.exec(content);
  if (match === null) return readOther(content, start, sink, names);
  const [, before = "", keyword = "", list = "", target = ""] = match;
  const isNull = keyword === "address" ? NULL_TARGETS.has(target) : target === "";
  const isPassed = keyword !== "address" && target === "#";
  if (!isNull && !isPassed) {
    if (keyword === "address")
      sink.diagnose(
        "lists/dnsmasq-address",
        "an address that leads somewhere is a host record, no block; an exception where a name around it is blocked",
        start + 1,
      );
    else
      sink.diagnose(
        "lists/dnsmasq-option",
        "a server for a domain is no block; an exception where a name around it is blocked",
        start + 1,
      );
  }
  let column = start + before.length + 1;
  for (const name of list.split("/")) {
    if (isNull) readBlock(name, column, sink, names);
    else readLift(name, column, sink, names, isPassed);
    column += name.length + 1;
  }
}

function readBlock(text: string, column: number, sink: LineSink, names: NearestNames): void {
  if (isEnding(text)) {
    return sink.diagnose(
      "lists/dnsmasq-wildcard",
      `\`${text}\` matches every name that ends so, also within a label; left out`,
      column,
    );
  }
  const bare = bareName(text);
  sink.domain(bare, "subdomains", column);
  const name = parseName(bare);
  if (!name.ok) return;
  if (text.startsWith("*.")) names.blockBelow(name.value);
  else names.block(name.value);
}

function readLift(
  text: string,
  column: number,
  sink: LineSink,
  names: NearestNames,
  isPassed: boolean,
): void {
  if (isEnding(text)) {
    return sink.diagnose(
      "lists/dnsmasq-wildcard",
      `\`${text}\` lifts every name that ends so, also within a label; left out, so that more may be blocked than the list says`,
      column,
    );
  }
  const bare = bareName(text);
  const name = parseName(bare);
  // Tells what is wrong with it.
  if (!name.ok) return sink.domain(bare, "subdomains", column, "exception");
  if (isPassed) sink.accept();
  names.lift(name.value, isPassed ? "passed" : "answered");
}

function readOther(content: string, start: number, sink: LineSink, names: NearestNames): void {
  const option = /^([a-z0-9-]+)\s*(?:=|$)/.exec(content)?.[1];
  if (option === undefined || option === "address" || option === "server" || option === "local") {
    return sink.diagnose(
      "lists/dnsmasq-syntax",
      "`address=/name/` or `server=/name/` is expected",
      start + 1,
    );
  }
  sink.diagnose("lists/dnsmasq-option", "an option that names no domain to answer for; left out", start + 1);
  if (option !== "host-record") return;
  // host-record=name[,name...],[address],[address][,seconds]
  const words = content.slice(content.indexOf("=") + 1).split(",");
  const addresses = words.map((word) => word.trim()).filter((word) => /^\d+(?:\.\d+){3}$|:/.test(word));
  if (addresses.every((address) => NULL_TARGETS.has(address))) return;
  for (const word of words) {
    const name = parseName(word.trim());
    if (name.ok) names.data(name.value);
  }
}

// `*name` without a dot; `*` alone.
function isEnding(text: string): boolean {
  return text.startsWith("*") && !text.startsWith("*.");
}

function bareName(text: string): string {
  return text.replace(/^\*?\./, "");
}
