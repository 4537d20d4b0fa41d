// The example apps as a stranger runs them: from dist, with the pinned Node, on free ports, in a folder of their own.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { accepts, freePort, type Server, startServer, waitFor } from "./servers.ts";

/** The repository's root folder. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** Where an app runs. */
export interface Surroundings {
  readonly site: string;
  readonly state: string;
  readonly env?: Record<string, string>;
}

/** A running example app. */
export interface App extends Server {
  readonly port: number;
  /** Its own state directory: log/, status.json, key. */
  readonly state: string;
}

const LISTEN = {
  "dns-filter": "DEMARC_DNS_LISTEN",
  "forward-proxy": "DEMARC_PROXY_LISTEN",
  monitor: "DEMARC_MONITOR_LISTEN",
} as const;

/** Starts an example app and waits until it accepts connections. */
export async function startApp(name: keyof typeof LISTEN, at: Surroundings): Promise<App> {
  const port = await freePort();
  const server = launchApp(name, { ...at, env: { ...at.env, [LISTEN[name]]: `127.0.0.1:${port}` } });
  await waitFor(`${name} accepts`, () => accepts(port), { server });
  return { ...server, port, state: join(at.state, name) };
}

/** Starts an example app without waiting for anything, for the cases in which it must refuse to start. */
export function launchApp(name: keyof typeof LISTEN, at: Surroundings): Server {
  const main = join(root, "examples", name, "main.ts");
  if (!existsSync(join(root, "packages", "runtime", "dist", "index.js"))) {
    throw new Error("the packages are not built: `npm run build` first, or use `npm test`");
  }
  return startServer(process.execPath, [main], {
    cwd: root,
    env: { DEMARC_SITE: at.site, DEMARC_STATE: at.state, NODE_NO_WARNINGS: "1", NO_COLOR: "1", ...at.env },
  });
}
