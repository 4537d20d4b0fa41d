// The layout of an image, the only place where offsets and codes are written down. docs/image-format.md explains it
// for other languages; a test ties FORMAT_VERSION to the bytes of a known image.
//
//   0   8  magic "DMRCIMG" and a zero byte
//   8   4  format version
//   12  4  number of sections
//   16 32  SHA-256 of everything after this field: the content digest
//   48     section table: kind, offset, length, reserved (zero), 4 bytes each, kinds ascending
//   ...    sections, each at a multiple of 32, zeros between
//
// All numbers are little-endian; instants are float64 milliseconds since 1970-01-01T00:00:00Z.

/** Integer that changes whenever the bytes of an image mean something else. */
export const FORMAT_VERSION = 4;

/** First eight bytes of every image. */
export const MAGIC: Uint8Array = new Uint8Array([0x44, 0x4d, 0x52, 0x43, 0x49, 0x4d, 0x47, 0x00]);

/** Byte offsets within the header. */
export const HEADER = { version: 8, sectionCount: 12, digest: 16, table: 48, tableEntryBytes: 16 } as const;

/** Section kinds. Every image has each exactly once. */
export const SECTION = {
  /** What is only told and never decides: uint32 words of the policy set and of every rule, see record-shape.ts. */
  records: 1,
  /** Fixed-size rule rows, see RULE. */
  rules: 2,
  /** uint32 rule indices, pointed at by rule rows. */
  overrides: 3,
  /** Territory items of scopes, see ITEM. */
  items: 4,
  /** Membership intervals of the groups in use, see INTERVAL; sorted by group, then territory. */
  intervals: 5,
  /** All texts, each once: uint32 count, uint32 ends, UTF-8 bytes. */
  texts: 6,
  /** Why a rule is about something: see ATOM. */
  atoms: 7,
  /** Posting lists: uint32 count, uint32 starts (count + 1), uint32 postings (atom * 2 + excluded). */
  postings: 8,
  /** Names: a key set; a group has the posting lists of exact names, suffixes and wildcards. */
  names: 9,
  /** URLs: a key set; a group has the posting lists of exact URLs and prefixes, and list 0. */
  urls: 10,
  /** Ranges of IPv4, see RANGES. */
  prefixes4: 11,
  /** Ranges of IPv6, likewise. */
  prefixes6: 12,
  /** Ports, see PORT; sorted by port, then protocol. */
  ports: 13,
  /** Data classes, see CLASS; sorted by code. */
  classes: 14,
  /** One uint32: the posting list of rules about anything. */
  any: 15,
  /** Autonomous systems, see ASN; sorted by number. */
  asns: 16,
  /** States of rules over time, see STATE; those of one rule sorted by instant. */
  states: 17,
  /** Schedules, see SCHEDULE. */
  schedules: 18,
  /** Windows of schedules, see WINDOW. */
  windows: 19,
  /** Offsets of time zones, see OFFSET; those of one zone sorted by instant. */
  offsets: 20,
  /** Chains of nested prefixes, see CHAIN. */
  chains: 21,
  /** Territories that rules share, see SCOPE. */
  scopes: 22,
  /** Tokens of URL patterns: a key set; a group has the first of its patterns, how many there are, and 0. */
  tokens: 23,
  /** Patterns of URLs, see PATTERN; those of one token follow each other. */
  patterns: 24,
} as const;

/** Sections start at multiples of this, in bytes: rows of key sets do not lie across two cache lines then. */
export const SECTION_ALIGN = 64;

/** Number of section kinds. */
export const SECTION_COUNT = 24;

/**
 * Columns of a rule row (byte offsets): one cache line. Connectors to onFailure are a byte each. `overrides` and `states` are
 * uint32 start and count; those of one rule follow those of the rule before it.
 */
export const RULE = {
  bytes: 64,
  effective: 0,
  expires: 8,
  minConfidence: 16,
  connectors: 24,
  status: 25,
  effect: 26,
  whenUnknown: 27,
  onFailure: 28,
  layer: 32,
  scope: 36,
  egress: 40,
  schedule: 44,
  overrides: 48,
  states: 56,
} as const;

/** Bytes of a row, by section: all that a reader by columns needs of the rows below. */
export const ROW_BYTES = {
  scopes: 8,
  items: 8,
  intervals: 32,
  atoms: 12,
  /** A chain: uint32 length in bits, uint32 posting list, uint32 chain that holds it plus 1 (0 for none; always an earlier one). */
  chains: 12,
  ports: 12,
  asns: 8,
  states: 16,
  schedules: 16,
  windows: 8,
  offsets: 16,
  classes: 8,
} as const;

/**
 * A scope: uint32 end of its items, uint32 end of those that it excepts, which follow; its items start where the scope before
 * it ends.
 */
export const SCOPE = { items: 0, except: 4 } as const;

/** A territory item: uint32 text, and 1 when it is a group, else 0. */
export const ITEM = { text: 0, isGroup: 4 } as const;

/** A membership: uint32 text of the group, uint32 text of the territory, float64 from and until, uint32 inside (1) or carved out (0). */
export const INTERVAL = {
  group: 0,
  territory: 4,
  from: 8,
  until: 16,
  inside: 24,
} as const;

/** An atom: uint32 rule, uint8 role (0 selector, 1 exception), uint8 zero twice, uint32 text of the list's reference plus 1 (0: no list). */
export const ATOM = { rule: 0, role: 4, list: 8 } as const;

/**
 * Prefixes of one family, by where they start: uint32 bytes of a value (2 or 4), number of `direct` (0 or 65,537), of rows of
 * `fine`, of starts, of whole addresses; then direct, fine (257 uint32 a row), lows (uint16 for IPv4, uint32 for IPv6), values,
 * chains of the whole addresses, the whole addresses. Each part starts at a multiple of 4. Tables with fewer than `large`
 * starts have whole addresses only.
 */
export const RANGES = { direct: 20, large: 4096 } as const;

/**
 * A range of ports: uint16 first and last port, uint16 highest last port of this and all earlier rows, uint16 protocol
 * (0 any, 1 tcp, 2 udp), uint32 posting list.
 */
export const PORT = { from: 0, to: 2, reach: 4, protocol: 6, posting: 8 } as const;

/** An autonomous system: uint32 number, uint32 posting list. */
export const ASN = { number: 0, posting: 4 } as const;

/** A state: float64 instant from which it holds, uint32 position in STATUSES, uint32 zero. */
export const STATE = { from: 0, state: 8 } as const;

/** A schedule: start and count of its windows, start and count of its zone's offsets, all uint32. */
export const SCHEDULE = { windows: 0, offsets: 8 } as const;

/** A window: uint16 days (bit 0 Monday), uint16 first minute, uint16 minute after the last (1440: midnight), zero. */
export const WINDOW = { days: 0, from: 2, to: 4 } as const;

/** An offset from UTC: float64 instant from which it holds, int32 seconds east, uint32 zero. */
export const OFFSET = { from: 0, seconds: 8 } as const;

/** A data class: uint32 text, uint32 posting list. */
export const CLASS = { text: 0, posting: 4 } as const;

/**
 * A key set: uint32 number of keys, seed, units of the longest key, number of blocks, groups, bytes of records, pieces, and bytes of
 * a group in a record (0 to 3), then zeros up to `head`; blocks (KEY_BLOCK), filters (`filterWords` uint32 for each block but the last:
 * of the hash of each key that is the block's own, bit 8 says which word and bits 9 to 13 which of its bits is set), units (bit n where
 * some key has n, up to the longest),
 * pieces (8 bytes of text and uint32 how many of them each), groups (three uint32 posting lists each), records. Each part starts at a
 * multiple of 4.
 */
export const KEY_SET = { head: 64, filterWords: 2 } as const;

/**
 * A block of a key set, four buckets with `mostKeys` keys at most: uint32 where its records start; for each bucket uint8 how many
 * keys of the block are before its end, the last with `goesOn` where keys are in the next block since this one is full; for each
 * key uint8 its print, and for each key uint8 the bytes of its record. A set has a block for `fullKeys` keys, at least; what the
 * last of these is too full for is in one more. No key is further than `mostSteps` blocks from its own.
 */
export const KEY_BLOCK = {
  bytes: 64,
  words: 16,
  buckets: 4,
  fullKeys: 20,
  mostKeys: 28,
  mostSteps: 8,
  records: 0,
  ends: 4,
  goesOn: 0x80,
  prints: 8,
  lengths: 36,
} as const;

/**
 * Patterns: uint32 how many, rows, then their texts. A row: uint32 posting list, uint32 where its text starts, uint8 length of
 * the text, uint8 start and end of the segment with the token, uint8 start of the token, uint8 anchor at the start (0 none, 1
 * the URL's, 2 a label's of its host), uint8 1 for an anchor at the end, uint16 zero. `urlBytes` of a URL are looked at;
 * `mostOfToken` patterns have one token at most.
 */
export const PATTERN = {
  bytes: 16,
  posting: 0,
  text: 4,
  length: 8,
  segment: 9,
  segmentEnd: 10,
  token: 11,
  start: 12,
  isEnd: 13,
  mostBytes: 255,
  mostOfToken: 255,
  urlBytes: 1024,
} as const;

/** Posting list 0 is the empty one. */
export const NO_POSTING = 0;

/** Codes of the enumerations, by position. */
export const EFFECTS = ["allow", "gate", "route", "block", "observe"] as const;
export const STATUSES = ["in-force", "stayed", "quashed", "repealed", "lapsed"] as const;
export const WHEN_UNKNOWN = ["skip", "apply", "report"] as const;
export const ON_FAILURE = ["allow", "refuse"] as const;
export const CONNECTORS = [
  "subject-location",
  "host-location",
  "operator-establishment",
  "service-establishment",
  "data-location",
  "registrant",
  "business-in",
  "nationality",
] as const;

export const DISCRETIONS = ["mandatory", "permitted", "voluntary"] as const;
export const DEFAULTS = ["allow", "refuse"] as const;
export const STRATEGIES = ["strictest", "subject-first", "operator-first", "report"] as const;
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Ranks of selector kinds, by position: a later one is more specific (architecture, "Decision semantics" step 3). */
export const KINDS = [
  "any",
  "data-class",
  "list",
  "port",
  "asn",
  "address-prefix",
  "name-suffix",
  "name-exact",
  "url-prefix",
  "url-exact",
] as const;
