import { parseName } from "@demarc/net";
import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import { NearestNames } from "./internal/nearest-names.ts";
import type { ListReading } from "./list-reading.ts";

// Zone types that answer nothing, or that nothing is here, for the name and all below it; but with data of the zone where there is
// any: `open` ones. In the others it says nothing.
const BLOCKING: ReadonlyMap<string, "open" | "closed"> = new Map([
  ["deny", "open"],
  ["refuse", "open"],
  ["static", "open"],
  ["inform_deny", "open"],
  ["always_deny", "closed"],
  ["always_refuse", "closed"],
  ["always_nxdomain", "closed"],
  ["always_nodata", "closed"],
  ["always_null", "closed"],
]);
const PASSING: ReadonlySet<string> = new Set([
  "transparent",
  "always_transparent",
  "typetransparent",
  "inform",
]);
// Refuse a part of what is asked, or none, so that a zone around them does not refuse it all.
const HALF: ReadonlySet<string> = new Set(["block_a", "ipset", "noview"]);
const REDIRECTING: ReadonlySet<string> = new Set(["redirect", "inform_redirect"]);

const ZONE = /^local-zone:\s*(?:"([^"]*)"|(\S+))\s+(?:"([^"]*)"|(\S+))\s*$/d;
const TAGGED = /^local-zone-tag:\s*(?:"([^"]*)"|(\S+))/d;
const DATA = /^local-data:\s*["']?\s*([^\s"']+)\s+(.*?)["']?$/;
const NULL_DATA = /(?:^|\s)(?:A\s+(?:0\.0\.0\.0|127\.0\.0\.1)|AAAA\s+(?:::|::1))\s*$/i;

// A view's clause lasts until the next one.
const CLAUSE =
  /^(?:server|view|stub-zone|forward-zone|auth-zone|rpz|remote-control|python|dynlib|dnscrypt|cachedb|dnstap|ipset):(?:\s|$)/;

/**
 * Reads the `local-zone:` lines of an Unbound configuration: a name, and all below it, that is refused
 * (`always_nxdomain`, `always_refuse`, `static` ...) is an entry, one that is passed (`transparent` ...) an exception.
 * Zones that redirect (`redirect` with `local-data:`) are rewrites and left out (`lists/unbound-type`), and exceptions where a zone
 * around them refuses; so are `local-data:` for the name alone, where a zone such as `static` answers with it, and all other options
 * (`lists/unbound-option`). Zones of a view (`lists/unbound-view`) and zones with tags (`lists/unbound-tag`) are for some clients
 * only, and left out. `server:` and comments say nothing.
 *
 * In Unbound the nearest zone decides, here an exception: where the two differ `lists/unbound-nearest` says so.
 *
 * Errors: never fails; `lists/unbound-syntax`, `lists/unbound-type`, `lists/unbound-option`, `net/name-...`.
 * Source: unbound.conf(5), local-zone.
 */
export function readUnbound(text: string): ListReading {
  return readLines(text, unboundLines());
}

/** The reader of `readUnbound`, line by line. It keeps the names until its end, packed. */
export function unboundLines(): LineHandler {
  const reader = new UnboundReader();
  return { line: (line, sink) => reader.line(line, sink), end: (sink) => reader.end(sink) };
}

class UnboundReader {
  readonly #names = new NearestNames("lists/unbound-nearest");
  readonly #tagged = new Set<string>();
  // Whether they answer with anything is known when all data is.
  readonly #redirects = new Set<string>();
  #inView = false;

  line(line: string, sink: LineSink): void {
    const start = firstInk(line);
    if (start < 0 || line[start] === "#") return;
    const comment = line.search(/\s#/);
    const content = line.slice(start, comment < start ? undefined : comment).trimEnd();
    if (CLAUSE.test(content)) this.#inView = content.startsWith("view:");
    if (content === "server:" || content === "") return;
    if (content.startsWith("local-zone:")) return this.#zone(content, start, sink);
    if (content.startsWith("local-zone-tag:")) return this.#tag(content, start, sink);
    if (!/^[a-z][a-z0-9-]*:/.test(content))
      return sink.diagnose("lists/unbound-syntax", "`local-zone: name type` is expected", start + 1);
    const isData = content.startsWith("local-data:") && !this.#inView;
    const what = isData
      ? "data refuses no zone; an exception where a zone around it refuses and answers with it"
      : "an option that refuses no zone; left out";
    sink.diagnose("lists/unbound-option", what, start + 1);
    if (isData) this.#data(content);
  }

  end(sink: LineSink): void {
    for (const name of this.#redirects)
      if (this.#names.hasData(name) && !this.#tagged.has(name)) this.#names.lift(name, "answered");
    this.#names.settle(sink);
  }

  #zone(content: string, start: number, sink: LineSink): void {
    const match = ZONE.exec(content);
    if (match === null)
      return sink.diagnose("lists/unbound-syntax", "`local-zone: name type` is expected", start + 1);
    const text = match[1] ?? match[2] ?? "";
    const type = match[3] ?? match[4] ?? "";
    const column = start + 1 + (match.indices?.[1] ?? match.indices?.[2] ?? [0])[0];
    if (this.#inView)
      return sink.diagnose(
        "lists/unbound-view",
        "a zone of a view is for the clients of the view only; left out",
        start + 1,
      );
    const name = parseName(text);
    if (name.ok && this.#tagged.has(name.value))
      return sink.diagnose(
        "lists/unbound-tag",
        "a zone with tags is for clients that have one only; left out",
        start + 1,
      );
    const blocking = BLOCKING.get(type);
    if (blocking === undefined && !PASSING.has(type)) {
      sink.diagnose(
        "lists/unbound-type",
        `a zone of type \`${type}\` does not refuse a name and all below it; left out`,
        start + 1,
      );
      if (name.ok && REDIRECTING.has(type)) this.#redirects.add(name.value);
      else if (name.ok && HALF.has(type)) this.#names.lift(name.value, "answered");
      return;
    }
    if (!name.ok || blocking !== undefined)
      sink.domain(text, "subdomains", column, blocking === undefined ? "exception" : "entry");
    if (!name.ok) return;
    if (blocking !== undefined) return this.#names.block(name.value, blocking);
    sink.accept();
    this.#names.lift(name.value, "passed");
  }

  // What the zone said before is withdrawn, what it says later is left out.
  #tag(content: string, start: number, sink: LineSink): void {
    const match = TAGGED.exec(content);
    const name = parseName(match?.[1] ?? match?.[2] ?? "");
    if (match === null || !name.ok || this.#inView)
      return sink.diagnose("lists/unbound-option", "an option that refuses no zone; left out", start + 1);
    sink.diagnose(
      "lists/unbound-tag",
      `the zone \`${name.value}\` has tags, and so is for clients that have one only; left out`,
      start + 1,
    );
    this.#tagged.add(name.value);
    this.#names.lift(name.value, "withdrawn");
  }

  #data(content: string): void {
    const match = DATA.exec(content);
    if (match === null || NULL_DATA.test(match[2] ?? "")) return;
    const name = parseName(match[1] ?? "");
    if (name.ok) this.#names.data(name.value);
  }
}
