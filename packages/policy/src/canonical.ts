// One byte form of a document, and its name.
import { sha256 } from "@noble/hashes/sha2.js";
import canonicalizeValue from "canonicalize";
import { encodeUtf8 } from "./internal/globals.ts";

/** Canonical JSON (RFC 8785): the same for YAML, JSON and any order of fields. Values that JSON lacks are a caller's fault. */
export function canonicalize(value: unknown): string {
  const text = canonicalizeValue(value);
  if (text === undefined) throw new TypeError("the value has no JSON form");
  return text;
}

/** SHA-256 (FIPS 180-4) of the canonical form, lower-case hex. */
export function digestOf(document: unknown): string {
  return Array.from(sha256(encodeUtf8(canonicalize(document))), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
