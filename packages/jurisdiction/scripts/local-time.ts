// Civil dates to instants: midnight in a zone of the IANA time zone database, as the host's ICU has it.

/** An instant with the legal local time that it stands for. */
export interface LocalInstant {
  /** Milliseconds UTC. */
  readonly at: number;
  /** Minutes by which local time is ahead of UTC at that instant. */
  readonly offset: number;
  readonly zone: string;
}

/** `2013-07-01` (midnight in `zone`) or `2020-02-01T00:00[Europe/Brussels]` (that time in that zone). */
export function readLocal(text: string, zone: string): LocalInstant {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)\[([\w/]+)\])?$/.exec(text);
  if (match === null) throw new Error(`\`${text}\` is no date and no time with its zone`);
  const [, day, time = "00:00", own = zone] = match;
  const local = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(`${day}T`))
    throw new Error(`there is no day \`${text}\``);
  // The zone's offset there and then is found by formatting the guess in the zone, twice, for dates near a change of clocks.
  let at = local;
  for (let round = 0; round < 2; round += 1) at = local - offsetAt(own, at);
  return { at, offset: offsetAt(own, at) / 60_000, zone: own };
}

function offsetAt(timeZone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return (
    Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) -
    instant
  );
}
