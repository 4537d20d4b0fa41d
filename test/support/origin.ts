// A real HTTP origin (nginx) on a loopback port.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programPath } from "./programs.ts";
import { accepts, freePort, type Server, startServer, waitFor } from "./servers.ts";

/** Starts nginx serving `pages` (path to body) from `folder`. */
export async function startOrigin(
  folder: string,
  pages: Readonly<Record<string, string>>,
): Promise<Server & { readonly port: number }> {
  const port = await freePort();
  const rootFolder = join(folder, "html");
  mkdirSync(rootFolder, { recursive: true });
  for (const temporary of ["body", "proxy", "fastcgi", "uwsgi", "scgi"])
    mkdirSync(join(folder, temporary), { recursive: true });
  for (const [path, body] of Object.entries(pages)) {
    const file = join(rootFolder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, body);
  }
  const config = join(folder, "nginx.conf");
  writeFileSync(
    config,
    `daemon off;
master_process off;
pid ${join(folder, "nginx.pid")};
error_log ${join(folder, "error.log")};
events { worker_connections 1024; }
http {
  access_log off;
  default_type text/plain;
  client_body_temp_path ${join(folder, "body")};
  proxy_temp_path ${join(folder, "proxy")};
  fastcgi_temp_path ${join(folder, "fastcgi")};
  uwsgi_temp_path ${join(folder, "uwsgi")};
  scgi_temp_path ${join(folder, "scgi")};
  keepalive_requests 1000000;
  server { listen 127.0.0.1:${port}; root ${rootFolder}; }
}
`,
  );
  const server = startServer(programPath("nginx") ?? "nginx", [
    "-c",
    config,
    "-p",
    folder,
    "-e",
    join(folder, "error.log"),
  ]);
  await waitFor("nginx accepts", () => accepts(port), { server });
  return { ...server, port };
}
