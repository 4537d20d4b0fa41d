import { parseAddress } from "@demarc/net";
import { firstInk, type LineHandler, type LineSink, readLines } from "./internal/line-reader.ts";
import type { PlainForm } from "./internal/plain-lines.ts";
import type { ListReading } from "./list-reading.ts";

// Names that hosts files carry for the machine itself; they are no selectors.
const OWN_NAMES: ReadonlySet<string> = new Set([
  "localhost",
  "localhost.localdomain",
  "local",
  "broadcasthost",
  "ip6-localhost",
  "ip6-loopback",
  "ip6-localnet",
  "ip6-mcastprefix",
  "ip6-allnodes",
  "ip6-allrouters",
  "ip6-allhosts",
  "0.0.0.0",
]);

const PLAIN: readonly PlainForm[] = ["0.0.0.0 ", "127.0.0.1 "].map((before) => ({
  before,
  after: "",
  match: "exact",
  unless: ["local", "broadcasthost", "ip6-"],
}));

/**
 * Reads a hosts file (hosts(5)): an address and the names that it is given. Each name is an exact entry, since a hosts
 * file says nothing about names below. Lines for the machine itself (`localhost` ...) are passed over.
 *
 * Errors: never fails; `lists/hosts-address` when a line does not start with an address, `lists/hosts-name` when no name
 * follows, `net/name-...`.
 */
export function readHosts(text: string): ListReading {
  return readLines(text, hostsLines());
}

/** The reader of `readHosts`, line by line. */
export function hostsLines(): LineHandler {
  return { line: hostsLine, plain: PLAIN };
}

function hostsLine(line: string, sink: LineSink): void {
  const start = firstInk(line);
  if (start < 0 || line[start] === "#" || line[start] === "!") return;
  const comment = line.indexOf("#", start);
  const content = comment < 0 ? line : line.slice(0, comment);
  const fields = [...content.matchAll(/\S+/g)];
  const address = fields[0]?.[0] ?? "";
  if (!parseAddress(address.replace(/%.*$/, "")).ok) {
    sink.diagnose(
      "lists/hosts-address",
      "a hosts line starts with an address",
      start + 1,
      "read a plain list of names with the format `domains`",
    );
    return;
  }
  if (fields.length === 1)
    return sink.diagnose("lists/hosts-name", "a name is expected after the address", content.length);
  for (const field of fields.slice(1)) {
    if (!OWN_NAMES.has(field[0].toLowerCase())) sink.domain(field[0], "exact", field.index + 1);
  }
}
