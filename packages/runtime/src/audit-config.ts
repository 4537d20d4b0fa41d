// audit.yaml: what an operator keeps and publishes beyond the least. Without the file nothing of it is on.
import { RELEASE_DIMENSIONS, type ReleaseDimension, type ReleaseNoise } from "@demarc/audit";
import { ConfigFaults, type ConfigRead, isOneOf, isRecord, isText } from "./config-fields.ts";

/** Witnesses that are asked to cosign the log. */
export interface WitnessConfig {
  /** A trust policy (C2SP tlog-policy) in the site's folder. */
  readonly policy: string;
  /** Seconds between two rounds; 60 unless said. */
  readonly everySeconds?: number | undefined;
  /** Milliseconds that a witness has to answer; 5,000 unless said. */
  readonly timeoutMs?: number | undefined;
}

/** Numbers that are published in the log, one `release` for each hour or day (UTC). */
export interface ReleaseConfig {
  readonly every: "hour" | "day";
  readonly dimensions: readonly ReleaseDimension[];
  /** Smallest number that is shown; 10 unless said. */
  readonly threshold?: number | undefined;
  /** How the numbers are blurred; not at all unless said. */
  readonly noise?: ReleaseNoise | undefined;
}

/** Names that passed, with how often, in the operator's own `private/` folder; never in the log, never with a client. */
export interface AllowedNamesConfig {
  /** Days after which they are removed; 7 unless said. */
  readonly keepDays?: number | undefined;
}

/** The whole file; see PrivacyOptions for the first four. */
export interface AuditConfig {
  readonly clients?: "none" | "pseudonym" | undefined;
  readonly seal?: readonly ("name" | "address" | "url")[] | undefined;
  readonly epochDays?: number | undefined;
  readonly keepDays?: number | undefined;
  readonly witnesses?: WitnessConfig | undefined;
  readonly releases?: ReleaseConfig | undefined;
  readonly allowedNames?: AllowedNamesConfig | undefined;
}

const SEALABLE = ["name", "address", "url"] as const;
const DAYS: readonly [number, number] = [1, 3650];

/** Reads it from parsed YAML or JSON; all faults are told. */
export function parseAuditConfig(value: unknown): ConfigRead<AuditConfig> {
  const faults = new ConfigFaults("audit-config");
  // A file with nothing but comments.
  if (value === null) return faults.result({});
  if (!isRecord(value)) {
    faults.form("", "an object is expected, as `clients: pseudonym`");
    return { ok: false, issues: faults.issues };
  }
  const known = ["clients", "seal", "epochDays", "keepDays", "witnesses", "releases", "allowedNames"];
  faults.fields(value, known, "");
  const { clients, seal, witnesses, releases, allowedNames } = value;
  if (clients !== undefined && clients !== "none" && clients !== "pseudonym")
    faults.form("/clients", "`none` or `pseudonym` is expected", "addresses of clients are never kept");
  if (seal !== undefined && !isListOf(SEALABLE, seal))
    faults.form("/seal", `a list of ${SEALABLE.join(", ")} is expected`);
  faults.whole(value, "epochDays", "", DAYS);
  faults.whole(value, "keepDays", "", DAYS);
  if (witnesses !== undefined) checkWitnesses(witnesses, faults);
  if (releases !== undefined) checkReleases(releases, faults);
  if (allowedNames !== undefined) {
    if (isRecord(allowedNames)) {
      faults.fields(allowedNames, ["keepDays"], "/allowedNames");
      faults.whole(allowedNames, "keepDays", "/allowedNames", DAYS);
    } else faults.form("/allowedNames", "an object is expected, as `allowedNames: { keepDays: 7 }`");
  }
  return faults.result(value);
}

function checkWitnesses(value: unknown, faults: ConfigFaults): void {
  const at = "/witnesses";
  if (!isRecord(value)) {
    faults.form(at, "an object with `policy` is expected");
    return;
  }
  faults.fields(value, ["policy", "everySeconds", "timeoutMs"], at);
  if (!isText(value["policy"])) faults.form(`${at}/policy`, "the path of a trust policy is expected");
  faults.whole(value, "everySeconds", at, [1, 86_400]);
  faults.whole(value, "timeoutMs", at, [1, 60_000]);
}

function checkReleases(value: unknown, faults: ConfigFaults): void {
  const at = "/releases";
  if (!isRecord(value)) {
    faults.form(at, "an object with `every` and `dimensions` is expected");
    return;
  }
  faults.fields(value, ["every", "dimensions", "threshold", "noise"], at);
  if (value["every"] !== "hour" && value["every"] !== "day")
    faults.form(`${at}/every`, "`hour` or `day` is expected");
  const { dimensions, noise } = value;
  if (!isListOf(RELEASE_DIMENSIONS, dimensions) || dimensions.length === 0)
    faults.form(`${at}/dimensions`, `a list of ${RELEASE_DIMENSIONS.join(", ")} is expected`);
  faults.whole(value, "threshold", at, [1, Number.MAX_SAFE_INTEGER]);
  if (noise !== undefined) checkNoise(noise, `${at}/noise`, faults);
}

function checkNoise(value: unknown, at: string, faults: ConfigFaults): void {
  if (!isRecord(value) || !isOneOf(["none", "discrete-laplace"], value["mechanism"])) {
    faults.form(at, "an object is expected whose `mechanism` is `none` or `discrete-laplace`");
    return;
  }
  if (value["mechanism"] === "none") {
    faults.fields(value, ["mechanism"], at);
    return;
  }
  faults.fields(value, ["mechanism", "epsilon", "sensitivity"], at);
  const { epsilon, sensitivity } = value;
  if (typeof epsilon !== "number" || !(epsilon >= 1e-6 && epsilon <= 100))
    faults.form(`${at}/epsilon`, "a number from 0.000001 to 100 is expected");
  if (sensitivity === undefined)
    faults.form(`${at}/sensitivity`, "the most that one client can add to all numbers together is expected");
  faults.whole(value, "sensitivity", at, [1, 1_000_000]);
}

function isListOf<T extends string>(known: readonly T[], value: unknown): value is readonly T[] {
  return (
    Array.isArray(value) &&
    value.every((each) => isOneOf(known, each)) &&
    new Set(value).size === value.length
  );
}
