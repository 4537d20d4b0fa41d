import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type PointStatus, readStatus, type WitnessStatus } from "@demarc/runtime";
import { Effect } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { AnswerNo, InputFault } from "../exit.ts";
import { reasonOf } from "../files.ts";
import { json, line, styled } from "../print.ts";

const SILENT_AFTER_MS = 5000;

// A folder that is not there is one in which nobody has written yet.
const appsOf = (state: string): Effect.Effect<string[], InputFault> =>
  Effect.try({
    try: () => (existsSync(state) ? readdirSync(state).sort() : []),
    catch: (cause) =>
      new InputFault({
        code: "cli/unreadable",
        message: `\`${state}\` can not be read: ${reasonOf(cause)}`,
        help: "name the folder with the state of the enforcement points, as .demarc",
      }),
  });

/**
 * `demarc status [STATE]`: what each enforcement point enforces, what it refused, and how its log does.
 *
 * JSON: `{ points: [status.json of each, with `silent`] }`.
 * Exit codes: 1 when a point is silent, refuses a policy set, fails to log or is not witnessed; 3 when there is no point.
 */
export const statusCommand = Command.make(
  "status",
  {
    state: Argument.Path("state").pipe(
      Argument.withDescription("Folder with the state of the enforcement points; .demarc if left out"),
      Argument.withDefault(".demarc"),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.status")(function* (input) {
    const points = (yield* appsOf(input.state))
      .map((app) => readStatus(join(input.state, app, "status.json")))
      .filter((each) => each !== null);
    if (points.length === 0)
      return yield* new InputFault({
        code: "cli/no-state",
        message: `no enforcement point has written its state below \`${input.state}\``,
        help: "start one: npm start",
      });
    const silent = (point: PointStatus) => Date.now() - Date.parse(point.updatedAt) > SILENT_AFTER_MS;
    if (input.json) yield* json({ points: points.map((point) => ({ ...point, silent: silent(point) })) });
    else for (const point of points) yield* printPoint(point, silent(point));
    if (
      points.some(
        (point) =>
          silent(point) ||
          point.policy.refused !== null ||
          point.audit.state === "failing" ||
          point.witnesses?.state === "failing",
      )
    )
      return yield* new AnswerNo();
  }),
).pipe(
  Command.withDescription("Show what each enforcement point enforces, refused and logs"),
  Command.withExamples([{ command: "demarc status", description: "Of the apps that `npm start` runs" }]),
);

const printPoint = Effect.fnUntraced(function* (point: PointStatus, silent: boolean) {
  const { policy, decisions, audit, witnesses, release } = point;
  yield* line(
    `${styled("bold", point.app)} ${silent ? styled("red", `silent since ${point.updatedAt}`) : styled("green", "running")}${point.listen === null ? "" : ` on ${point.listen}`}`,
  );
  yield* line(
    `  policy set ${policy.set} ${policy.version}, ${policy.rules} rules, in force since ${policy.activatedAt}`,
  );
  yield* line(`  image ${policy.image}`);
  yield* line(`  ${decisions.refused} refused, ${decisions.passed} passed`);
  yield* line(
    `  log ${audit.origin}: ${audit.size} entries, ${audit.state === "ok" ? "writing" : styled("red", `failing: ${audit.message ?? ""}`)}${audit.dropped > 0 ? `, ${audit.dropped} counted as a gap` : ""}`,
  );
  if (witnesses !== undefined) yield* printWitnesses(witnesses);
  if (release !== undefined) yield* line(`  numbers published to ${release.until}: release ${release.id}`);
  if (policy.refused === null) return;
  yield* line(
    `  ${styled("red", "a newer policy set was refused")} at ${policy.refused.at}; the last good one stays in force:`,
  );
  for (const issue of policy.refused.issues)
    yield* line(
      `    ${issue.where}${issue.where === "" ? "" : ": "}${issue.message} (${issue.code})${issue.help === null ? "" : `\n      help: ${issue.help}`}`,
    );
});

const printWitnesses = Effect.fnUntraced(function* (witnesses: WitnessStatus) {
  const { state, message, size, at, evidence } = witnesses;
  const seen = size === null ? "nothing yet" : `${size} entries at ${at}`;
  if (state === "failing")
    yield* line(`  ${styled("red", "not witnessed")}: ${message ?? ""}; seen by the quorum: ${seen}`);
  else yield* line(`  seen by the quorum of witnesses: ${seen}`);
  for (const file of evidence) yield* line(`  ${styled("red", "two histories were signed")}: ${file}`);
});
