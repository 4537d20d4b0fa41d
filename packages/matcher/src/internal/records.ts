// The records of rules, made when somebody asks: what is told about a rule, and what its row decides by, in the words of types.ts.
import { CONNECTORS, EFFECTS, ON_FAILURE, STATUSES, WHEN_UNKNOWN } from "../layout.ts";
import type { PolicyImage, RuleRecord, ScheduleRecord, StateRecord } from "../types.ts";
import { RULE_SHAPE } from "./record-shape.ts";
import {
  connectorsOf,
  effectOf,
  egressIn,
  layerOf,
  minConfidenceOf,
  onFailureOf,
  type RuleTable,
  scheduleIn,
  scopeIn,
  statesCount,
  statesStart,
  statusOf,
  whenUnknownOf,
} from "./rule-table.ts";
import type { Teller } from "./tell.ts";
import { itemsOf, type Territories } from "./territory.ts";
import { daysOf, timeOf } from "./week-times.ts";

/** What the words of a rule tell. */
type Told = Omit<
  RuleRecord,
  "index" | "status" | "history" | "effect" | "scope" | "schedule" | "layer" | "layerIndex"
> &
  Pick<RuleRecord["effect"], "notice" | "condition" | "minimumAge"> & {
    readonly history: readonly Omit<StateRecord, "state">[];
    readonly zone?: string | undefined;
  };

/** What records are made of. */
export interface RecordSource {
  readonly teller: Teller;
  readonly table: RuleTable;
  readonly territories: Territories;
  readonly set: PolicyImage["set"];
}

/** The record of a rule. */
export function makeRecord(source: RecordSource, rule: number): RuleRecord {
  const { teller, table, set } = source;
  const { history, notice, condition, minimumAge, zone, ...told } = teller.tell(
    RULE_SHAPE,
    teller.words[rule + 1] as number,
  ) as Told;
  const layerIndex = layerOf(table, rule);
  const action = EFFECTS[effectOf(table, rule)] ?? "observe";
  const egress = egressIn(table, rule);
  return Object.freeze<RuleRecord>({
    ...told,
    index: rule,
    status: STATUSES[statusOf(table, rule)] ?? "in-force",
    ...(history.length === 0 ? {} : { history: statesOf(source, rule, history) }),
    effect: Object.freeze({
      action,
      ...(notice === undefined ? {} : { notice }),
      ...(condition === undefined ? {} : { condition }),
      ...(minimumAge === undefined ? {} : { minimumAge }),
      ...(egress === 0
        ? {}
        : { egress: codesOf(source, egress - 1, false), onFailure: ON_FAILURE[onFailureOf(table, rule)] }),
    }),
    scope: recordOfScope(source, rule),
    ...(zone === undefined ? {} : { schedule: scheduleOf(source, rule, zone) }),
    layer: set.layers[layerIndex] ?? "",
    layerIndex,
  });
}

function recordOfScope(source: RecordSource, rule: number): RuleRecord["scope"] {
  const { table } = source;
  const scope = scopeIn(table, rule);
  const connectors = connectorsOf(table, rule);
  const except = codesOf(source, scope, true);
  return Object.freeze({
    territories: codesOf(source, scope, false),
    ...(except.length === 0 ? {} : { except }),
    connectors: Object.freeze(CONNECTORS.filter((_, bit) => (connectors & (1 << bit)) !== 0).toSorted()),
    minConfidence: minConfidenceOf(table, rule),
    whenUnknown: WHEN_UNKNOWN[whenUnknownOf(table, rule)] ?? "skip",
  });
}

function codesOf({ teller, territories }: RecordSource, scope: number, excepted: boolean): readonly string[] {
  return Object.freeze(Array.from(itemsOf(territories, scope, excepted), (text) => teller.text(text)));
}

function statesOf({ table }: RecordSource, rule: number, history: Told["history"]): readonly StateRecord[] {
  const start = statesStart(table, rule);
  return Object.freeze(
    history.map((told, index) =>
      Object.freeze({
        state: STATUSES[table.states[(start + index) * 4 + 2] as number] ?? "lapsed",
        ...told,
      }),
    ),
  );
}

function scheduleOf({ table }: RecordSource, rule: number, zone: string): ScheduleRecord {
  const row = scheduleIn(table, rule) * 4 - 4;
  const start = table.schedules[row] as number;
  const windows = Array.from({ length: table.schedules[row + 1] as number }, (_, index) => {
    const [days = 0, from = 0, to = 0] = table.windows.subarray((start + index) * 4);
    return Object.freeze({ days: Object.freeze(daysOf(days)), from: timeOf(from), to: timeOf(to) });
  });
  return Object.freeze({ zone, windows: Object.freeze(windows) });
}

const FIELDS = RULE_SHAPE.kind === "record" ? RULE_SHAPE.fields.map(({ name }) => name) : [];
const HISTORY = FIELDS.indexOf("history");
const ZONE = FIELDS.indexOf("zone");

// RFC 3339. What else Date.parse takes for an instant is not the same everywhere.
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Whether what is told of a rule fits its row in time: as many states, from the same instants, and a zone where there is a
 * schedule. Everything else is said in one place only.
 */
export function agreesInTime(teller: Teller, table: RuleTable, rule: number): boolean {
  const { words } = teller;
  const start = words[rule + 1] as number;
  if ((words[start + ZONE] === 0) !== (scheduleIn(table, rule) === 0)) return false;
  const history = words[start + HISTORY] as number;
  const count = words[history] as number;
  if (count !== statesCount(table, rule)) return false;
  const first = statesStart(table, rule);
  for (let state = 0; state < count; state += 1) {
    // The first field of a state is the text of its instant.
    const from = teller.text(words[words[history + 1 + state] as number] as number);
    if (!INSTANT.test(from) || Date.parse(from) !== table.stateTimes[(first + state) * 2]) return false;
  }
  return true;
}
