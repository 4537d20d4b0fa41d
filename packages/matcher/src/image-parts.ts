// The parts of an image as the compiler hands them over.
import type { KeyCollector } from "./key-collector.ts";
import type { PlacedPattern } from "./place-patterns.ts";
import type { PrefixCollector } from "./prefix-collector.ts";
import type { PolicyImage, RuleRecord, ScheduleRecord, Status } from "./types.ts";

/** Territory or group named by a scope. */
export interface ScopeItem {
  readonly code: string;
  readonly isGroup: boolean;
}

/** One rule as the image holds it; `overrides` are positions in `rules`. */
export interface RulePart {
  readonly record: Omit<RuleRecord, "index">;
  readonly effective: number;
  /** `Infinity` for a rule without an end. */
  readonly expires: number;
  readonly overrides: readonly number[];
  readonly territories: readonly ScopeItem[];
  readonly except: readonly ScopeItem[];
  readonly egress: readonly ScopeItem[];
  /** States over time, oldest first. */
  readonly states?: readonly { readonly from: number; readonly state: Status }[] | undefined;
  /** Position in `schedules`; the record says the windows. */
  readonly schedule?: number | undefined;
}

/** When a rule with a schedule applies, with the offsets from UTC of its zone. */
export interface SchedulePart {
  readonly windows: ScheduleRecord["windows"];
  /** Oldest first, one at least; the first holds before itself too. */
  readonly offsets: readonly ZoneOffset[];
}

/** From when on (milliseconds) a zone is how many seconds east of UTC. */
export interface ZoneOffset {
  readonly from: number;
  readonly seconds: number;
}

/** From when to when (milliseconds, half-open) a territory is in a group, or carved out of it. */
export interface GroupInterval {
  readonly group: string;
  readonly territory: string;
  readonly from: number;
  readonly until: number;
  readonly inside: boolean;
}

/** Why a rule is about something: one of its selectors or exceptions; a list is one atom. */
export interface AtomPart {
  readonly rule: number;
  readonly role: "selector" | "exception";
  /** Reference of the list, or null for what the rule says itself. */
  readonly list: string | null;
}

/** A reference from a key to an atom; `excluded` when the key is an exception within a list. */
export interface Posting {
  readonly atom: number;
  readonly excluded: boolean;
}

/** Everything in an image. Maps go from the canonical key to the atoms that name it. */
export interface ImageParts {
  readonly set: PolicyImage["set"];
  readonly rules: readonly RulePart[];
  readonly intervals: readonly GroupInterval[];
  readonly atoms: readonly AtomPart[];
  /** Columns: exact names, suffixes, and wildcards by the name after the `*`. */
  readonly names: KeyCollector;
  /** Columns: exact URLs and prefixes. */
  readonly urls: KeyCollector;
  /** Patterns of URLs, as `placePatterns` placed them. */
  readonly patterns: readonly PlacedPattern[];
  readonly prefixes: PrefixCollector;
  readonly ports: readonly {
    readonly from: number;
    readonly to: number;
    readonly protocol: "tcp" | "udp" | null;
    readonly postings: readonly Posting[];
  }[];
  readonly asns: ReadonlyMap<number, readonly Posting[]>;
  readonly schedules: readonly SchedulePart[];
  readonly classes: ReadonlyMap<string, readonly Posting[]>;
  readonly any: readonly Posting[];
}
