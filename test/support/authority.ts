// A real authoritative DNS server (NSD) on a loopback port, for names that only exist in tests.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programPath } from "./programs.ts";
import { accepts, freePort, type Server, startServer, waitFor } from "./servers.ts";

/** Zone texts by zone name; `@` records need no SOA, one is added. */
export type Zones = Readonly<Record<string, string>>;

/** Starts NSD with the zones in `folder`. */
export async function startAuthority(
  folder: string,
  zones: Zones,
): Promise<Server & { readonly port: number }> {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const stanzas = Object.entries(zones).map(([zone, records]) => {
    const file = join(folder, `${zone === "." ? "root" : zone}.zone`);
    const origin = zone === "." ? "." : `${zone}.`;
    writeFileSync(
      file,
      `$ORIGIN ${origin}\n$TTL 300\n@ SOA ns.authority.test. host.authority.test. 1 3600 600 86400 60\n@ NS ns.authority.test.\n${records}\n`,
    );
    return `zone:\n  name: "${zone}"\n  zonefile: "${file}"\n`;
  });
  const config = join(folder, "nsd.conf");
  writeFileSync(
    config,
    `server:
  ip-address: 127.0.0.1@${port}
  username: ""
  chroot: ""
  pidfile: "${join(folder, "nsd.pid")}"
  xfrdfile: ""
  xfrdir: "${folder}"
  zonelistfile: "${join(folder, "zone.list")}"
  database: ""
  server-count: 1
  rrl-ratelimit: 0
  verbosity: 1
remote-control:
  control-enable: no
${stanzas.join("")}`,
  );
  const server = startServer(programPath("nsd") ?? "nsd", ["-d", "-c", config]);
  await waitFor("nsd answers", () => accepts(port), { server });
  return { ...server, port };
}
