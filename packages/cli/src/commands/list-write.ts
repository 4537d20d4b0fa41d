import { isTerritory, suggestTerritory } from "@demarc/jurisdiction";
import { formatList } from "@demarc/lists";
import { Console, Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { blockedList, type LeftOut } from "../blocked/blocked-list.ts";
import { mentionsOf } from "../blocked/mentions.ts";
import { readSubject } from "../blocked/read-subject.ts";
import { AnswerNo, UsageFault } from "../exit.ts";
import { shownPath, writeWhole } from "../files.ts";
import { serialFlag, serialOf, WRITABLE, writableOf } from "../list-output.ts";
import { json, line, plural } from "../print.ts";
import { instantText, readInstant } from "../read-instant.ts";

const MAX_SHOWN = 20;

/**
 * `demarc list write POLICY... --territory DE --at INSTANT --to FORMAT`: what is blocked there and then, as a list. Law, territory and
 * end do not fit into a list, so the place and the instant are asked for, and what no list can say (exceptions that the format has no
 * words for, hours, ports, URLs, gates, reports) is refused.
 *
 * JSON (with --out): `{ territory, at, until, image, to, out, written, rules, leftOut: [{ what, rules, why }] }`; `until` is when the first of
 * those rules ends, or null. Exit codes: 1 when something is left out and --leave-out was not given; nothing is written then. 3 when a
 * policy can not be used.
 */
export const listWriteCommand = Command.make(
  "write",
  {
    policies: Argument.Path("policy").pipe(
      Argument.withDescription("A site's folder, or policies, which are taken as one layer"),
      Argument.atLeast(1),
    ),
    territory: Flag.String("territory").pipe(
      Flag.withDescription("Where those are who are to be blocked: an ISO 3166 code, as DE"),
    ),
    at: Flag.String("at").pipe(
      Flag.withDescription(
        "The instant for which the list is, as 2026-07-01T00:00:00Z; a day is its start in UTC",
      ),
    ),
    to: Flag.String("to").pipe(Flag.withDescription(`One of ${WRITABLE.join(", ")}`)),
    out: Flag.Path("out").pipe(
      Flag.withAlias("o"),
      Flag.withDescription("Write here instead of stdout"),
      Flag.optional,
    ),
    leaveOut: Flag.Boolean("leave-out").pipe(
      Flag.withDescription("Write the rest; a block is left out whole, with what is excepted under it"),
      Flag.withDefault(false),
    ),
    serial: serialFlag,
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print what was done as JSON; needs --out"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.list.write")(function* (input) {
    if (input.json && Option.isNone(input.out))
      return yield* new UsageFault({
        message: "--json says what was written, and the list itself goes to stdout",
        help: "add --out FILE",
      });
    const to = yield* writableOf(input.to);
    const serial = yield* serialOf(input.serial);
    const at = yield* readInstant(Option.some(input.at));
    const { territory } = input;
    if (!isTerritory(territory)) {
      const guess = suggestTerritory(territory);
      return yield* new UsageFault({
        message: `\`${territory}\` is no territory`,
        help: guess === null ? "write an ISO 3166 code, as DE or ES-CN" : `did you mean \`${guess}\`?`,
      });
    }
    const { image, policies, listOf, missing } = yield* readSubject(input.policies);
    const places = [
      { connector: "subject-location", territory, confidence: 1 },
      { connector: "operator-establishment", territory: image.set.operator.jurisdiction, confidence: 1 },
    ] as const;
    const blocked = blockedList(image, mentionsOf(policies, listOf), { at, places }, to);
    const { entries, exceptions, rules } = blocked;
    const leftOut = [...missing, ...blocked.leftOut];
    const written = formatList(to, entries, { exceptions, serial });
    const done = written.ok && (leftOut.length === 0 || input.leaveOut);
    if (leftOut.length > 0) yield* tellLeftOut(leftOut, input.leaveOut);
    if (done)
      yield* Option.isSome(input.out)
        ? writeWhole(input.out.value, written.text)
        : Effect.sync(() => process.stdout.write(written.text));
    const out = Option.isSome(input.out) ? shownPath(input.out.value) : null;
    const count = done ? entries.length + exceptions.length : 0;
    const until = blocked.until === null ? null : instantText(blocked.until);
    const when = { territory, at: instantText(at), until };
    if (input.json)
      yield* json({
        ...when,
        image: image.digest,
        to,
        out: done ? out : null,
        written: count,
        rules,
        leftOut,
      });
    else if (done && out !== null) {
      yield* line(
        `${out}: ${plural(count, "entry", "entries")} in ${to}, of ${plural(rules.length, "rule")}, for ${territory} at ${when.at}`,
      );
      if (until !== null)
        yield* line(`the first of these rules ends at ${until}: write the list again by then`);
    }
    if (!done) return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription(
    "Write what policies block in a territory at an instant as a list; what a list can not say is refused",
  ),
  Command.withExamples([
    {
      command:
        "demarc list write examples/site --territory DE --at 2026-07-01 --to rpz --serial 7 --out db.rpz",
      description:
        "A response policy zone for resolvers in Germany; exit code 1 where something does not fit",
    },
    {
      command: "demarc list write court.yaml --territory DE --at 2026-07-01 --to hosts --leave-out",
      description: "The names alone that a court order blocks, without what a hosts file can not say",
    },
  ]),
);

const tellLeftOut = Effect.fnUntraced(function* (leftOut: readonly LeftOut[], goesOn: boolean) {
  for (const { what, rules, why } of leftOut.slice(0, MAX_SHOWN))
    yield* Console.error(`left out: ${what}${rules.length === 0 ? "" : ` (${rules.join(", ")})`}: ${why}`);
  if (leftOut.length > MAX_SHOWN)
    yield* Console.error(`and ${leftOut.length - MAX_SHOWN} more; --json with --leave-out has them all`);
  if (!goesOn) yield* Console.error("nothing was written; --leave-out writes the rest");
});
