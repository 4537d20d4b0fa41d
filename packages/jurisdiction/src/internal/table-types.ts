/** Codes as the generated table holds them. */
export interface CodeTables {
  /** English names of assigned codes, and of user-assigned ones in general use. */
  readonly names: Readonly<Record<string, string>>;
  readonly exceptionallyReserved: readonly string[];
  readonly transitionallyReserved: readonly string[];
  readonly indeterminatelyReserved: readonly string[];
  readonly userAssignedInUse: readonly string[];
  /** Formerly used code to its successors. */
  readonly former: Readonly<Record<string, readonly string[]>>;
  /** Zones without an ISO code. */
  readonly zones: Readonly<Record<string, string>>;
  readonly ambiguous: Readonly<Record<string, readonly string[]>>;
}

/** Territory, from and until in milliseconds UTC (null: open), inside, regime, source. */
export type IntervalRow = readonly [string, number, number | null, boolean, string | null, string];

/** One group with its dated rows. */
export interface GroupTable {
  readonly group: string;
  readonly title: string;
  readonly intervals: readonly IntervalRow[];
}
