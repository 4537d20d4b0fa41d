// No client's address and no name that passed is in any public byte: searched in all that the apps wrote and said while
// real programs asked them, with everything on that an operator may keep.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, startApp } from "../support/apps.ts";
import { type Network, networkHindrance, startNetwork } from "../support/network.ts";
import { run } from "../support/run.ts";
import { waitFor } from "../support/servers.ts";

const CLIENT = "127.83.91.77";
const PASSED = "kept-private-7391.free.example";
const REFUSED = "www.piracy.example";
const AUDIT = `clients: pseudonym
allowedNames: { keepDays: 1 }
releases: { every: hour, dimensions: [rule, territory, response], threshold: 1 }
`;

const hindrance = networkHindrance();
let network: Network;
let monitor: App;
const said: string[] = [];

/** All files below a folder, by path. */
const filesBelow = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path))]),
  );

const octets = CLIENT.split(".").map(Number);
const bytes = Buffer.from(octets);
const sha256 = (content: string | Buffer): Buffer => createHash("sha256").update(content).digest();
const wire = Buffer.concat(
  PASSED.split(".").map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, "latin1")),
);

/** The forms in which an address or a name could be told: as text, reversed, packed, mapped, or hashed without a key. */
const FORMS: Readonly<Record<string, string | Buffer>> = {
  "the address": CLIENT,
  "the address in reverse": octets.toReversed().join("."),
  "its bytes": bytes,
  "its bytes in hex": bytes.toString("hex"),
  "its bytes in hex, capital": bytes.toString("hex").toUpperCase(),
  "its bytes in base64": bytes.toString("base64").replaceAll("=", ""),
  "its number": String(bytes.readUInt32BE()),
  "mapped to IPv6": `${bytes.toString("hex").slice(0, 4)}:${bytes.toString("hex").slice(4)}`,
  "its hash": sha256(CLIENT),
  "its hash in hex": sha256(CLIENT).toString("hex"),
  "the hash of its bytes": sha256(bytes),
  "the hash of its bytes in hex": sha256(bytes).toString("hex"),
  "the name": PASSED,
  "its first label": PASSED.split(".")[0] as string,
  "the name on the wire": wire,
  "the name in base64": Buffer.from(PASSED).toString("base64").slice(0, -4),
  "the hash of the name": sha256(PASSED),
  "the hash of the name in hex": sha256(PASSED).toString("hex"),
};

const found = (content: Buffer): readonly string[] =>
  Object.entries(FORMS)
    .filter(([, form]) => content.includes(form))
    .map(([what]) => what);

/** Asks the filter, over UDP and TCP, and the proxy, for a page and for a tunnel. */
async function askFor(name: string): Promise<void> {
  const at = ["@127.0.0.1", "-p", String(network.dns.port), "-b", CLIENT, "+tries=1"];
  said.push((await run("dig", [...at, name])).stdout, (await run("dig", [...at, "+tcp", name])).stdout);
  const through = [
    "-s",
    "-i",
    "-m",
    "10",
    "--interface",
    CLIENT,
    "-x",
    `http://127.0.0.1:${network.proxy.port}`,
  ];
  for (const scheme of ["http", "https"])
    said.push((await run("curl", [...through, `${scheme}://${name}:${network.originPort}/`])).stdout);
}

describe.skipIf(hindrance !== null)(`taint${hindrance === null ? "" : ` (skipped: ${hindrance})`}`, () => {
  beforeAll(async () => {
    network = await startNetwork((site) => {
      writeFileSync(join(site, "audit.yaml"), AUDIT);
      const networks = join(site, "networks.yaml");
      const text = readFileSync(networks, "utf8");
      writeFileSync(
        networks,
        text.replace("clients:\n", `clients:\n  - { prefix: ${CLIENT}/32, territory: DE }\n`),
      );
    });
    monitor = await startApp("monitor", { site: network.site, state: network.state });
    await askFor(PASSED);
    await askFor(REFUSED);
    let shown = "";
    await waitFor("the monitor shows what was refused", async () => {
      shown = await (await fetch(`http://127.0.0.1:${monitor.port}/api/state`)).text();
      return shown.includes("de-court-2026-0115") && shown.includes('"forward-proxy":2');
    });
    said.push(shown);
    await Promise.all([network.dns.stop(), network.proxy.stop()]);
  });
  afterAll(async () => {
    await monitor.stop();
    await network.stop();
  });

  test("the programs were answered: one name passed, the other was refused, and both apps know the client's place", () => {
    const [udp, tcp, page] = said;
    expect(udp).toContain("status: NOERROR");
    expect(tcp).toContain("status: NOERROR");
    expect(page).toContain("the origin");
    for (const { state } of [network.dns, network.proxy]) {
      const status = JSON.parse(readFileSync(join(state, "status.json"), "utf8")) as {
        decisions: { passed: number; refused: number };
      };
      expect(status.decisions.passed).toBeGreaterThanOrEqual(2);
      expect(status.decisions.refused).toBeGreaterThanOrEqual(2);
    }
  });

  test("neither is in the log, the status, the output of the apps, or what the monitor shows", () => {
    for (const app of [network.dns, network.proxy]) {
      const files = filesBelow(join(app.state, "log"));
      // The search can find: the refused name is where it belongs.
      expect([...files.values()].some((content) => content.includes(REFUSED))).toBe(true);
      for (const [path, content] of files) expect([path, ...found(content)]).toEqual([path]);
      expect(found(readFileSync(join(app.state, "status.json")))).toEqual([]);
      expect(found(Buffer.from(app.output()))).toEqual([]);
    }
    expect(found(Buffer.from(monitor.output()))).toEqual([]);
    const shown = said.at(-1) ?? "";
    expect(found(Buffer.from(shown))).toEqual([]);
  });

  test("a refusal that is sent says nothing of the client's address", () => {
    for (const answer of said.slice(4, -1))
      expect(found(Buffer.from(answer.replaceAll(/^;.*$/gm, "")))).toEqual([]);
  });

  test("the operator finds the name, and only the name, in its own folder; nobody finds the address", () => {
    for (const { state } of [network.dns, network.proxy]) {
      const kept = [...filesBelow(join(state, "private"))];
      const names = kept.filter(([path]) => path.startsWith("allowed-names/"));
      expect(names.some(([, content]) => content.includes(PASSED))).toBe(true);
      for (const [path, content] of kept)
        expect([path, ...found(content)].filter((what) => what.includes("address"))).toEqual([]);
      expect(statSync(join(state, "private", "allowed-names")).mode & 0o077).toBe(0);
    }
  });
});
