// States: to which one a territory belongs, which one administers it, and where states disagree about that.
import { byTerritory } from "./internal/by-territory.ts";
import type { DisputeRow, StateRow } from "./internal/table-types.ts";
import { DISPUTES, STATES } from "./states.generated.ts";
import { canonicalTerritory, isTerritory, parentTerritory } from "./territory.ts";

/**
 * To which state disputed territories belong: as ISO 3166 codes them, as the United Nations list them, or as an operator
 * says under a name of its own. `territories` maps a code to its state, or to null where it is one itself; what it leaves out
 * is as in `iso`.
 */
export type View =
  | "iso"
  | "un"
  | { readonly name: string; readonly territories: Readonly<Record<string, string | null>> };

/** A territory about which states disagree. */
export interface Dispute {
  readonly territory: string;
  /** The state it belongs to in each public view; null where it is one itself, or none. */
  readonly views: { readonly iso: string | null; readonly un: string | null };
  /** States that claim it otherwise. */
  readonly claims: readonly string[];
  /** In whose control it is, where that is known and not the view's. */
  readonly heldBy: string | null;
  readonly source: string;
}

/** What is disputed about a territory or the subdivision it is in, or null. */
export function disputeOf(territory: string): Dispute | null {
  return BY_DISPUTE.get(territory) ?? null;
}

/** Every dispute that the tables know, in the order of the data. */
export function disputes(): readonly Dispute[] {
  return DISPUTES;
}

/** The name of a view as it is recorded: `iso`, `un`, or the operator's own. */
export function viewName(view: View): string {
  return typeof view === "string" ? view : view.name;
}

/** The territory that a code is part of under a view, or null. Undisputed codes are as in `parentTerritory`. */
export function parentUnder(code: string, view: View): string | null {
  if (view === "iso") return parentTerritory(code);
  if (typeof view === "object") {
    const said = Object.hasOwn(view.territories, code) ? view.territories[code] : undefined;
    return said === undefined ? parentTerritory(code) : said;
  }
  const dispute = BY_DISPUTE.get(code);
  return dispute === undefined ? parentTerritory(code) : dispute.views.un;
}

/**
 * The state that a territory belongs to at an instant, by the view: `FO` is of `DK`, `ES-CN` of `ES`, `DE` of itself. Null
 * for what is no territory.
 */
export function sovereignOf(territory: string, at: number, view: View = "iso"): string | null {
  return stateOf(territory, at, view, "sovereign");
}

/** The state that administers it: `MO` was `PT` to 1999-12-19. Who only holds it in fact is in `disputeOf`. */
export function administratorOf(territory: string, at: number, view: View = "iso"): string | null {
  return stateOf(territory, at, view, "administrator");
}

function stateOf(
  territory: string,
  at: number,
  view: View,
  role: "sovereign" | "administrator",
): string | null {
  if (!isTerritory(territory)) return null;
  let each = canonicalTerritory(territory);
  for (let steps = 0; steps < MAX_PARENTS; steps += 1) {
    const row = rowAt(BY_TERRITORY.get(each), at);
    const parent: string | null = parentUnder(each, view) ?? row?.[role] ?? null;
    const own = row !== undefined && parentTerritory(each) !== null ? row[role] : parent;
    if (own === null || own === each) return each;
    each = own;
  }
  return each;
}

function rowAt(rows: readonly StateRow[] | undefined, at: number): StateRow | undefined {
  if (rows !== undefined)
    for (const row of rows)
      if ((row.from ?? Number.NEGATIVE_INFINITY) <= at && at < (row.until ?? Number.POSITIVE_INFINITY))
        return row;
  return undefined;
}

const MAX_PARENTS = 8;
const BY_DISPUTE: ReadonlyMap<string, DisputeRow> = new Map(DISPUTES.map((row) => [row.territory, row]));
const BY_TERRITORY: ReadonlyMap<string, readonly StateRow[]> = byTerritory(STATES);
