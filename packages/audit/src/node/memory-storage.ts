import { decodeBundle } from "../entry-bundle.ts";
import { AuditError } from "./audit-error.ts";
import type { Storage } from "./storage.ts";
import { readFrame } from "./wal-frame.ts";

/** A log in memory, for tests and for trying things out: it outlives its writers, and ends with the process. */
export function memoryStorage(name: string = "memory"): Storage {
  const files = new Map<string, Uint8Array>();
  let frames: { readonly first: number; readonly bytes: Buffer }[] = [];
  let holder: symbol | null = null;

  return {
    name,
    lock: async () => {
      if (holder !== null) throw new AuditError("audit/locked", "the log is in use by this process");
      const mine = Symbol("lease");
      holder = mine;
      return {
        isHeld: () => holder === mine,
        release: async () => {
          if (holder === mine) holder = null;
        },
      };
    },
    read: async (path) => files.get(path) ?? null,
    write: async (written) => {
      for (const { path, bytes } of written) files.set(path, Uint8Array.from(bytes));
    },
    replace: async (path, bytes) => void files.set(path, Uint8Array.from(bytes)),
    remove: async (path) => {
      for (const each of files.keys()) if (each === path || each.startsWith(`${path}/`)) files.delete(each);
    },
    openJournal: async (from, onEntry) => {
      let next = frames[0]?.first ?? 0;
      if (next > from)
        throw new AuditError("audit/behind-signed", `the journal lacks entries before ${from}`);
      for (const { bytes } of frames) {
        const reading = readFrame(bytes, 0);
        if (reading.kind !== "frame" || reading.frame.first !== next)
          throw new AuditError("audit/log-corrupt", `the journal is damaged at entry ${next}`);
        const entries = decodeBundle(reading.frame.body, reading.frame.count);
        if (!entries.ok) throw new AuditError("audit/log-corrupt", `the journal is damaged at entry ${next}`);
        for (const entry of entries.value) {
          if (next >= from) onEntry(entry);
          next += 1;
        }
      }
      if (next < from)
        throw new AuditError("audit/behind-signed", `the journal ends at entry ${next}, not ${from}`);
      return {
        append: async (first, frame) => void frames.push({ first, bytes: Buffer.from(frame) }),
        dropBefore: async (size) => {
          frames = frames.filter((_, at) => (frames[at + 1]?.first ?? Number.POSITIVE_INFINITY) > size);
        },
        close: async () => undefined,
      };
    },
  };
}
