import { civilDay, type When } from "@demarc/jurisdiction";
import { Effect, Option } from "effect";
import { UsageFault } from "./exit.ts";

/** The instant of `--at` in milliseconds UTC, now if it was left out. A day alone is its start in UTC. */
export const readInstant = Effect.fnUntraced(function* (
  given: Option.Option<string>,
): Effect.fn.Return<number, UsageFault> {
  if (Option.isNone(given)) return Date.now();
  const at = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/.test(given.value)
    ? Date.parse(given.value)
    : Number.NaN;
  // A day that does not exist would be read as another.
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(given.value.slice(0, 10))) return at;
  return yield* new UsageFault({
    message: `\`${given.value}\` is no instant`,
    help: "write a day or an instant in UTC, as 2020-01-31 or 2020-01-31T23:30:00Z",
  });
});

/** The same, but a day alone is that day as a whole, in the legal time of whoever it is about. */
export const readWhen = Effect.fnUntraced(function* (
  given: Option.Option<string>,
): Effect.fn.Return<When, UsageFault> {
  const day = Option.isSome(given) ? civilDay(given.value) : null;
  return day ?? (yield* readInstant(given));
});

/** `2020-01-31T23:00:00Z`, or the day. */
export const whenText = (at: When): string =>
  typeof at === "number" ? instantText(at) : instantText(at.day * 86_400_000).slice(0, 10);

/** `2020-01-31T23:00:00Z`. */
export const instantText = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");
