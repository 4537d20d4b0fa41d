// A small internet on loopback: an authoritative server, an origin, the DNS filter and the proxy in front of them.
import { join } from "node:path";
import { type App, startApp } from "./apps.ts";
import { startAuthority } from "./authority.ts";
import { startOrigin } from "./origin.ts";
import { missingPrograms } from "./programs.ts";
import { copyExampleSite, type Scratch, scratchFolder } from "./sites.ts";

/** What the tests talk to. */
export interface Network {
  readonly scratch: Scratch;
  readonly site: string;
  readonly state: string;
  readonly originPort: number;
  readonly authorityPort: number;
  readonly dns: App;
  readonly proxy: App;
  readonly stop: () => Promise<void>;
}

/** Why the network can not be built here, or null. */
export function networkHindrance(): string | null {
  const missing = missingPrograms("nsd", "nginx", "dig", "curl");
  return missing.length === 0 ? null : `needs ${missing.join(", ")}`;
}

const ZONES = {
  example: `piracy A 127.0.0.1
*.piracy A 127.0.0.1
archive.piracy A 127.0.0.1
forum A 127.0.0.1
crm A 127.0.0.1
adult A 127.0.0.1
broadcaster A 127.0.0.1
malware A 127.0.0.1
free A 127.0.0.1
free AAAA 2001:db8::1
*.free A 127.0.0.1
alias CNAME www.piracy
listed-network A 203.0.113.7
rented A 203.0.113.200
inside A 192.0.2.1
private A 10.0.0.1
big TXT ${Array.from({ length: 12 }, (_, index) => `"${String(index % 10).repeat(200)}"`).join(" ")}`,
  test: "parked A 127.0.0.1\nwww.parked A 127.0.0.1",
};

/** Starts all of it; `edit` may change the site before it is read. */
export async function startNetwork(edit: (site: string) => void = () => undefined): Promise<Network> {
  const scratch = scratchFolder();
  const authority = await startAuthority(join(scratch.path, "nsd"), ZONES);
  const origin = await startOrigin(join(scratch.path, "origin"), {
    "index.html": "the origin\n",
    "thread/7": "discussion seven\n",
    "thread/70": "discussion seventy\n",
    "big.bin": "x".repeat(3_000_000),
  });
  const site = copyExampleSite(join(scratch.path, "site"));
  edit(site);
  const state = join(scratch.path, "state");
  const dns = await startApp("dns-filter", {
    site,
    state,
    env: { DEMARC_DNS_UPSTREAMS: `127.0.0.1:${authority.port}` },
  });
  const proxy = await startApp("forward-proxy", {
    site,
    state,
    env: {
      DEMARC_PROXY_ALLOW_PREFIXES: "127.0.0.0/8,203.0.113.0/24",
      DEMARC_PROXY_RESOLVERS: `127.0.0.1:${authority.port}`,
    },
  });
  return {
    scratch,
    site,
    state,
    originPort: origin.port,
    authorityPort: authority.port,
    dns,
    proxy,
    stop: async () => {
      await Promise.all([dns.stop(), proxy.stop()]);
      await Promise.all([authority.stop(), origin.stop()]);
      scratch.remove();
    },
  };
}
