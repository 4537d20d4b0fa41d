import { AuditError } from "./audit-error.ts";
import { type LogReader, readerFrom } from "./log-reader.ts";

/** How a log is read over HTTP: `timeoutMs` of one file, default 30,000; `fetch` of the runtime unless given. */
export interface HttpLogOptions {
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

const TIMEOUT_MS = 30_000;

/** The longest file that a log may have: a bundle of 256 entries of 65,535 bytes; objects may be as long as an image. */
const MAX_BYTES = { tile: 256 * (65_535 + 2), objects: 512 * 1024 * 1024, other: 1_000_000 } as const;

const limitOf = (path: string): number => {
  const [folder] = path.split("/");
  return folder === "tile" || folder === "objects" ? MAX_BYTES[folder] : MAX_BYTES.other;
};

async function readBody(response: Response, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > limit) throw new Error(`more than ${limit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * A reader of the log at an http(s) address, as any static file server gives it out (C2SP tlog-tiles). Nothing is kept.
 *
 * Its methods reject as those of `openReader` do: `audit/read-failed` where the server fails or sends too much,
 * `audit/entry-missing` on 404 and 410.
 *
 * Errors: `audit/not-a-log` when the address is no http(s) URL.
 */
export function httpReader(url: string, options: HttpLogOptions = {}): LogReader {
  const get = options.fetch ?? fetch;
  let base: URL;
  try {
    base = new URL(url.endsWith("/") ? url : `${url}/`);
  } catch (error) {
    throw new AuditError("audit/not-a-log", `\`${url}\` is no URL`, { cause: error });
  }
  if (!/^https?:$/.test(base.protocol))
    throw new AuditError("audit/not-a-log", `\`${url}\` is no http or https address`);
  return readerFrom(base.href, async (path) => {
    const response = await get(new URL(path, base), {
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
      cache: path === "checkpoint" ? "no-store" : "default",
    });
    if (response.status === 200) return readBody(response, limitOf(path));
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) return null;
    throw new Error(`HTTP ${response.status} from ${base.host}`);
  });
}
