import { isTerritory, suggestTerritory } from "@demarc/jurisdiction";
import { decide, openImage, type PolicyImage, type Request } from "@demarc/matcher";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { questionsOf } from "../bench-questions.ts";
import { columns } from "../columns.ts";
import { UsageFault } from "../exit.ts";
import { json, line, plural } from "../print.ts";
import { readInstant } from "../read-instant.ts";
import { readSite } from "../read-site.ts";

const COUNT = 20_000;
const ROUNDS = 9;

/** Nanoseconds of processor time per decision. */
interface Cost {
  readonly kind: string;
  readonly asked: number;
  readonly median: number;
  readonly best: number;
  /** Of the questions, how many were refused. */
  readonly refused: number;
}

/**
 * `demarc bench SITE`: what decisions of this very policy set cost on this machine.
 *
 * JSON: `{ set, digest, loadMilliseconds, openMilliseconds, imageBytes, rules, listEntries, bytesPerEntry, decisions: [{ kind, asked, median, best, refused }] }`;
 * times of decisions in nanoseconds. Exit code 3 when the site can not be used.
 */
export const benchCommand = Command.make(
  "bench",
  {
    site: Argument.Path("site").pipe(Argument.withDescription("Folder with policy-set.yaml")),
    territory: Flag.String("in").pipe(
      Flag.withDescription("Where the subject is: an ISO 3166 code; the operator's state if left out"),
      Flag.optional,
    ),
    at: Flag.String("at").pipe(
      Flag.withDescription("Instant, as 2026-11-24T12:00:00Z; now if left out"),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.bench")(function* (input) {
    const at = yield* readInstant(input.at);
    const start = performance.now();
    const { site, image } = yield* readSite(input.site);
    const loadMilliseconds = performance.now() - start;
    const territory = Option.getOrElse(input.territory, () => image.set.operator.jurisdiction);
    if (!isTerritory(territory)) {
      const guess = suggestTerritory(territory);
      return yield* new UsageFault({
        message: `\`${territory}\` is no territory`,
        help: guess === null ? "write an ISO 3166 code, as DE or US-CA" : `did you mean \`${guess}\`?`,
      });
    }
    const places: Request["places"] = [
      { connector: "subject-location", territory, confidence: 1 },
      { connector: "operator-establishment", territory: image.set.operator.jurisdiction, confidence: 1 },
    ];
    const openMilliseconds = median(
      Array.from({ length: 5 }, () => {
        const from = performance.now();
        openImage(site.imageBytes, { digest: "trust" });
        return performance.now() - from;
      }),
    );
    const decisions = questionsOf(site, COUNT, at, places).map(({ kind, requests }) =>
      costOf(kind, image, requests),
    );
    const { rules, listEntries, bytes } = site.stats;
    const bytesPerEntry = listEntries === 0 ? null : bytes / listEntries;
    if (input.json)
      return yield* json({
        set: image.set.id,
        digest: image.digest,
        loadMilliseconds,
        openMilliseconds,
        imageBytes: bytes,
        rules,
        listEntries,
        bytesPerEntry,
        decisions,
      });
    yield* line(
      `${image.set.id}: ${plural(rules, "rule")}, ${plural(listEntries, "list entry", "list entries")}`,
    );
    yield* line(
      `read, checked and compiled in ${loadMilliseconds.toFixed(0)} ms; opened in ${openMilliseconds.toFixed(2)} ms`,
    );
    // Of a short list, most bytes are those of the rules.
    const each =
      bytesPerEntry === null || listEntries < 1_000 ? "" : `, ${bytesPerEntry.toFixed(1)} a list entry`;
    yield* line(`image: ${bytes} bytes${each}`);
    const rows = decisions.map((cost) => [
      `  ${cost.kind}`,
      `${cost.median.toFixed(0)} ns`,
      `best ${cost.best.toFixed(0)} ns`,
      `${((100 * cost.refused) / cost.asked).toFixed(1)} % refused`,
    ]);
    yield* line(
      `one decision for a subject in ${territory}, processor time, median of ${ROUNDS} rounds of ${COUNT}:`,
    );
    for (const row of columns(rows)) yield* line(row);
  }),
).pipe(
  Command.withDescription("Measure what decisions of a site cost on this machine"),
  Command.withExamples([
    { command: "demarc bench examples/site", description: "Your own policies, your own machine" },
    { command: "demarc bench examples/site --in FR --json", description: "For a program to read" },
  ]),
);

// Rounds of all questions; the first are not counted, the code is not compiled yet.
function costOf(kind: string, image: PolicyImage, requests: readonly Request[]): Cost {
  const times: number[] = [];
  let refused = 0;
  for (let round = -2; round < ROUNDS; round += 1) {
    refused = 0;
    const start = process.cpuUsage().user;
    for (const request of requests) if (decide(image, request).verdict === "refuse") refused += 1;
    if (round >= 0) times.push(((process.cpuUsage().user - start) * 1_000) / requests.length);
  }
  return { kind, asked: requests.length, median: median(times), best: Math.min(...times), refused };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
