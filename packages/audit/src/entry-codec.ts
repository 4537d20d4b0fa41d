import { fromUtf8, utf8 } from "./bytes.ts";
import { type CanonicalWriter, canonicalWriter } from "./canonical-writer.ts";
import type { Entry } from "./entry.ts";
import { MAX_ENTRY_LENGTH } from "./entry-bundle.ts";
import { entrySchemas } from "./entry-schema.ts";
import { type AuditResult, refuse, succeed } from "./result.ts";
import { checkValue } from "./schema-check.ts";

const writers = new Map<string, CanonicalWriter>(
  Object.entries(entrySchemas).map(([type, schema]) => [type, canonicalWriter(schema)]),
);

function writerOf(value: unknown): CanonicalWriter | null {
  if (typeof value !== "object" || value === null) return null;
  const { type } = value as { type?: unknown };
  return typeof type === "string" ? (writers.get(type) ?? null) : null;
}

function faultOf(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return "the entry is not an object";
  const { type } = value as { type?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(entrySchemas, type)) return "the entry has no known `type`";
  return checkValue(value, entrySchemas[type as Entry["type"]]) ?? "the entry has no canonical JSON form";
}

/** Getters of a value that is no plain data may throw. */
function canonicalText(value: unknown): string | null {
  try {
    return writerOf(value)?.(value) ?? null;
  } catch {
    return null;
  }
}

/**
 * An entry as the bytes that go into the log: canonical JSON (RFC 8785). Members that are undefined are left out.
 *
 * Errors: `audit/entry-invalid` when it does not fit the schema, `audit/entry-too-large` over 65,535 bytes.
 */
export function encodeEntry(entry: Entry): AuditResult<Uint8Array> {
  const text = canonicalText(entry);
  if (text === null) return refuse("audit/entry-invalid", faultOf(entry));
  const bytes = utf8(text);
  return bytes.length <= MAX_ENTRY_LENGTH
    ? succeed(bytes)
    : refuse(
        "audit/entry-too-large",
        `entry of ${bytes.length} bytes; at most ${MAX_ENTRY_LENGTH} are allowed`,
      );
}

/**
 * The entry that the bytes hold. Bytes that `encodeEntry` would not write the same way are refused.
 *
 * Errors: `audit/entry-too-large`, `audit/entry-malformed` (no JSON, or not canonical), `audit/entry-invalid`.
 */
export function decodeEntry(bytes: Uint8Array): AuditResult<Entry> {
  if (bytes.length > MAX_ENTRY_LENGTH)
    return refuse("audit/entry-too-large", `entry of ${bytes.length} bytes`);
  const text = fromUtf8(bytes);
  if (text === null) return refuse("audit/entry-malformed", "the entry is not UTF-8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("audit/entry-malformed", "the entry is not JSON");
  }
  const canonical = canonicalText(value);
  if (canonical === text) return succeed(value as Entry);
  return canonical === null
    ? refuse("audit/entry-invalid", faultOf(value))
    : refuse("audit/entry-malformed", "the entry is not in canonical form (RFC 8785)");
}
