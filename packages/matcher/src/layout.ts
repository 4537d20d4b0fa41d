// The layout of an image: this file and those in layout/ are the only place where offsets and codes are written down.
// docs/image-format.md explains it for other languages; a test ties FORMAT_VERSION to the bytes of a known image.
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
