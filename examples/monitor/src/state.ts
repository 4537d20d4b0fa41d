// What the monitor's server tells its page. Both sides import these types; /api/state is this as JSON.

/** Everything the page shows, as of `at`. */
export interface MonitorState {
  /** RFC 3339, when the server put this together. */
  readonly at: string;
  readonly points: readonly PointState[];
  readonly rules: readonly RuleState[];
}

/** One enforcement point, as its state directory shows it. */
export interface PointState {
  readonly app: string;
  /** `silent`: the status file is older than it should be; `missing`: there is none. */
  readonly state: "running" | "silent" | "missing";
  readonly updatedAt: string | null;
  readonly listen: string | null;
  readonly policy: PointPolicy | null;
  readonly passed: number;
  readonly refused: number;
  /** One item a minute, oldest first; `rules` counts decisions by rule id. */
  readonly series: readonly SeriesMinute[];
  readonly log: LogState;
}

/** The policy set an enforcement point enforces, and the newer one it refused, if it did. */
export interface PointPolicy {
  readonly set: string;
  readonly version: string;
  readonly digest: string;
  readonly image: string;
  readonly activatedAt: string;
  /** True while a broken policy set was refused and the last good one stays in force. */
  readonly lastGood: boolean;
  readonly refused: {
    readonly at: string;
    readonly issues: readonly {
      readonly where: string;
      readonly code: string;
      readonly message: string;
      readonly help: string | null;
    }[];
  } | null;
}

/** Decisions of one minute. */
export interface SeriesMinute {
  /** RFC 3339, start of the minute. */
  readonly minute: string;
  readonly passed: number;
  readonly refused: number;
  readonly rules: Readonly<Record<string, number>>;
}

/** Health of one log. */
export interface LogState {
  readonly origin: string | null;
  /** `name+hash+base64`; the page checks the log with it, and notices when it changes. */
  readonly verifierKey: string | null;
  /** Entries under the newest checkpoint. */
  readonly size: number;
  readonly checkpointAt: string | null;
  /** `failing`: the enforcement point can not write it. */
  readonly writing: "ok" | "failing" | "unknown";
  readonly dropped: number;
  readonly verification: {
    readonly at: string;
    readonly ok: boolean;
    readonly size: number;
    readonly findings: readonly string[];
  } | null;
  readonly latest: readonly EntryState[];
}

/** One listed decision of a log. */
export interface EntryState {
  readonly index: number;
  readonly time: string;
  readonly ref: string;
  readonly what: string;
  readonly effect: string;
  readonly rule: string | null;
  readonly response: string;
}

/** One rule of a policy set in force somewhere. */
export interface RuleState {
  readonly id: string;
  readonly title: string;
  readonly effect: string;
  readonly layer: string;
  /** Where it stands at `MonitorState.at`. */
  readonly phase: "in force" | "not yet" | "ended" | "stayed" | "quashed" | "repealed" | "lapsed";
  readonly territories: readonly string[];
  readonly except: readonly string[];
  readonly connectors: readonly string[];
  readonly authority: string;
  readonly authorityJurisdiction: string;
  readonly legalKind: string;
  readonly law: readonly { readonly text: string; readonly link: string | null }[];
  readonly effective: string;
  readonly expires: string | null;
  readonly reviewBy: string | null;
  readonly remedy: { readonly url: string; readonly body: string };
  /** App name to number of decisions since it started. */
  readonly decisions: Readonly<Record<string, number>>;
  /** Apps that enforce it. */
  readonly enforcedBy: readonly string[];
}

/** Answer of /api/why. */
export interface WhyAnswer {
  readonly question: { readonly target: string; readonly territory: string; readonly at: string };
  readonly verdict: "pass" | "refuse";
  readonly effect: string;
  readonly reason: string;
  readonly image: string;
  readonly applied: readonly WhyRule[];
  readonly notApplied: readonly WhyRule[];
}

/** One rule of the answer, with its fate in words. */
export interface WhyRule {
  readonly rule: string;
  readonly title: string;
  readonly effect: string;
  readonly authority: string;
  readonly specificity: string;
  readonly fate: string;
  readonly until: string | null;
}

/** A question that could not be answered, by field. */
export interface WhyFault {
  readonly field: "name" | "territory" | "at" | "point";
  readonly message: string;
}
