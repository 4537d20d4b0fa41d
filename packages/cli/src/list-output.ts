// What the commands that write lists have in common.
import { LIST_FORMATS, type ListEntry, type WritableFormat } from "@demarc/lists";
import { Effect } from "effect";
import { Flag } from "effect/cli";
import { UsageFault } from "./exit.ts";
import { formatOf } from "./list-file.ts";

/** The formats that are written. */
export const WRITABLE: readonly WritableFormat[] = LIST_FORMATS.filter(
  (format): format is WritableFormat => !format.endsWith("-dat"),
);

/** A format that is written, or a fault that names them. */
export const writableOf = Effect.fnUntraced(function* (
  text: string,
): Effect.fn.Return<WritableFormat, UsageFault> {
  const format = yield* formatOf(text);
  const writable = WRITABLE.find((each) => each === format);
  if (writable !== undefined) return writable;
  return yield* new UsageFault({
    code: "cli/list-format",
    message: `demarc does not write ${format}`,
    help: `it writes ${WRITABLE.join(", ")}`,
  });
});

/** Of an RPZ zone. */
export const serialFlag = Flag.Int("serial").pipe(
  Flag.withDescription("Serial of an RPZ zone, 0 to 4294967295; it must grow"),
  Flag.withDefault(1),
);

/** A serial that a zone can have. */
export const serialOf = (serial: number): Effect.Effect<number, UsageFault> =>
  serial >= 0 && serial <= 0xffff_ffff
    ? Effect.succeed(serial)
    : Effect.fail(
        new UsageFault({
          message: `\`${serial}\` is no serial`,
          help: "write a number from 0 to 4294967295",
        }),
      );

/** What an entry is, in words. */
export function kindOf(entry: ListEntry): string {
  if (entry.type === "cidr") return "address prefix";
  if (entry.type === "domain") return entry.match === "exact" ? "one name alone" : "a name with all below it";
  if (entry.type === "url-pattern") return "a pattern of URLs";
  return entry.match === "exact" ? "one URL" : "all URLs below one";
}
