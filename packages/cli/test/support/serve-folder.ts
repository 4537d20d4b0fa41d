// Serves a folder on loopback: `serve-folder.ts FOLDER PORT_FILE`. PORT_FILE holds the port once it listens; it ends by itself after
// a minute.
import { createReadStream, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

const [folder = ".", portFile = "port"] = process.argv.slice(2);
const server = createServer(({ url = "/" }, response) => {
  const file = createReadStream(join(folder, normalize(new URL(url, "http://localhost").pathname)));
  file.on("error", () => response.writeHead(404).end());
  file.pipe(response);
});
server.listen(0, "127.0.0.1", () => {
  writeFileSync(`${portFile}.new`, String((server.address() as AddressInfo).port));
  renameSync(`${portFile}.new`, portFile);
});
setTimeout(() => process.exit(0), 60_000);
