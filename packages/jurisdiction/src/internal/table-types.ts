/** Codes as the generated table holds them. */
export interface CodeTables {
  /** English names of assigned codes, and of user-assigned ones in general use. */
  readonly names: Readonly<Record<string, string>>;
  /** Three-letter and numeric codes to two-letter ones. */
  readonly alpha3: Readonly<Record<string, string>>;
  readonly numeric: Readonly<Record<string, string>>;
  readonly userAssignedInUse: readonly string[];
  readonly exceptionallyReserved: readonly string[];
  readonly transitionallyReserved: readonly string[];
  readonly indeterminatelyReserved: readonly string[];
  readonly formerlyAssigned: readonly string[];
  /** A code that is not, or no longer, assigned to the codes that stand for the place now (CLDR territoryAlias). */
  readonly successors: Readonly<Record<string, readonly string[]>>;
  /** ISO 3166-3: four-letter code, the two-letter one, name, first and last year, the codes that stand for the place now. */
  readonly former: readonly (readonly [string, string, string, number, number, readonly string[]])[];
  /** English names of subdivisions that law or dispute sets apart. */
  readonly parts: Readonly<Record<string, string>>;
  /** Reserved codes of parts of countries to the codes of these parts. */
  readonly partsOf: Readonly<Record<string, readonly string[]>>;
  /** Zones without an ISO code. */
  readonly zones: Readonly<Record<string, string>>;
  readonly ambiguous: Readonly<Record<string, readonly string[]>>;
  /** Territories with a code of their own to the other codes of the same place. */
  readonly alsoCoded: Readonly<Record<string, readonly string[]>>;
  /** Country-code top-level domains, in ASCII, to territories; null where of no one. */
  readonly ccTlds: Readonly<Record<string, string | null>>;
  /** Second halves of ISO 3166-2 codes, by country. */
  readonly subdivisions: Readonly<Record<string, string>>;
}

/** Milliseconds UTC, minutes that local time was ahead of UTC, index of the zone. */
export type Moment = readonly [number, number, number];

/** Territory, from, until (null: open), inside, regime, index of the source, index of the note. */
export type IntervalRow = readonly [
  string,
  Moment,
  Moment | null,
  boolean,
  string | null,
  number,
  number | null,
];

/** One group with its dated rows. */
export interface GroupTable {
  readonly group: string;
  readonly title: string;
  readonly sources: readonly string[];
  readonly zones: readonly string[];
  readonly notes: readonly string[];
  readonly intervals: readonly IntervalRow[];
}

/** To which state a territory belongs, and which one administers it; milliseconds UTC. */
export interface StateRow {
  readonly territory: string;
  readonly sovereign: string;
  readonly administrator: string;
  readonly from: number | null;
  readonly until: number | null;
  readonly source: string;
}

/** A territory about which states disagree. */
export interface DisputeRow {
  readonly territory: string;
  readonly views: { readonly iso: string | null; readonly un: string | null };
  readonly claims: readonly string[];
  readonly heldBy: string | null;
  readonly source: string;
}
