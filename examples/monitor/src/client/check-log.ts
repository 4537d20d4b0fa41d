// A log checked in the page itself, from its public files: the server that shows it need not be believed. What was seen
// is kept in this browser, so that a key that changes, a log that shrinks and a history that is rewritten are noticed.
import { type Checkpoint, httpFiles, openStaticLog, type StaticLog } from "@demarc/audit/browser";
import type { EntryState, PointState } from "../state.ts";

/** What came of it, in a line. `unable`: nothing could be checked, which says nothing about the log. */
export interface LogCheck {
  readonly outcome: "holds" | "fails" | "unable";
  readonly text: string;
}

interface Seen {
  readonly verifierKey: string;
  /** The signed checkpoint's text, so that it stays evidence. */
  readonly checkpoint: string;
}

const UNABLE = new Set(["audit/no-webcrypto", "audit/no-ed25519"]);
const fails = (text: string): LogCheck => ({ outcome: "fails", text });

/** Checks signature, growth since the last visit, and that the decisions on the page are in the signed tree. */
export async function checkLog(point: PointState): Promise<LogCheck> {
  const { origin, verifierKey, latest } = point.log;
  if (origin === null || verifierKey === null) return { outcome: "unable", text: "no log yet" };
  const storageKey = `demarc-monitor ${origin}`;
  const seen = readSeen(storageKey);
  if (seen !== null && seen.verifierKey !== verifierKey)
    return fails(`the key is not the one of your first visit, ${seen.verifierKey}`);
  let text = "";
  const files = httpFiles(`/log/${encodeURIComponent(point.app)}/`);
  const log = openStaticLog(async (path) => {
    const bytes = await files(path);
    if (path === "checkpoint" && bytes !== null) text = new TextDecoder().decode(bytes);
    return bytes;
  }, verifierKey);
  const checkpoint = await log.checkpoint();
  if (!checkpoint.ok) {
    const { code, message } = checkpoint.issue;
    return UNABLE.has(code) ? { outcome: "unable", text: message } : fails(message);
  }
  const added = await addedSince(log, seen, verifierKey, checkpoint.value);
  if (!added.ok) return fails(added.issue.message);
  for (const entry of latest) {
    const fault = await faultOf(log, entry, checkpoint.value);
    if (fault !== null) return fails(fault);
  }
  localStorage.setItem(storageKey, JSON.stringify({ verifierKey, checkpoint: text } satisfies Seen));
  const grown = seen === null ? "first visit" : `${added.value} added since your last look`;
  return {
    outcome: "holds",
    text: `holds: signed, ${checkpoint.value.size} entries, ${grown}, ${latest.length} of ${latest.length} decisions below proven`,
  };
}

function readSeen(storageKey: string): Seen | null {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? "null") as Partial<Seen> | null;
    return typeof kept?.verifierKey === "string" && typeof kept.checkpoint === "string"
      ? { verifierKey: kept.verifierKey, checkpoint: kept.checkpoint }
      : null;
  } catch {
    return null;
  }
}

async function addedSince(log: StaticLog, seen: Seen | null, verifierKey: string, newer: Checkpoint) {
  if (seen === null) return { ok: true, value: newer.size } as const;
  const bytes = new TextEncoder().encode(seen.checkpoint);
  const older = await openStaticLog(async () => bytes, verifierKey).checkpoint();
  return older.ok ? log.extends(older.value, newer) : older;
}

async function faultOf(log: StaticLog, shown: EntryState, checkpoint: Checkpoint): Promise<string | null> {
  // Newer than the checkpoint that was read: the next look will prove it.
  if (shown.index >= checkpoint.size) return null;
  const entry = await log.entry(shown.index, checkpoint);
  if (!entry.ok) return entry.issue.message;
  const { id } = JSON.parse(new TextDecoder().decode(entry.value)) as { readonly id?: unknown };
  return id === shown.ref ? null : `entry ${shown.index} is not the decision ${shown.ref} that is shown`;
}
