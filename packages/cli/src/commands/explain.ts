import { type Explanation, explain, type Request } from "@demarc/matcher";
import { formatAddress, parseAddress } from "@demarc/net";
import { type QuestionFault, readQuestion } from "@demarc/runtime";
import { Effect, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { UsageFault } from "../exit.ts";
import { json } from "../print.ts";
import { printExplanation } from "../print-explanation.ts";
import { readWholeImage } from "../read-image.ts";
import { readSite } from "../read-site.ts";

const site = Flag.Path("site").pipe(
  Flag.withDescription("Folder with policy-set.yaml; examples/site if left out"),
  Flag.withDefault("examples/site"),
);

/**
 * `demarc explain TARGET --in CODE`: the decision with everything that applied, and what matched but did not.
 *
 * JSON: `{ request, explanation }` as the types Request and Explanation of @demarc/matcher, addresses as text.
 * Exit codes: 0 whatever the decision; 2 for a question that can not be read; 3 for a site or image that can not.
 */
export const explainCommand = Command.make(
  "explain",
  {
    target: Argument.String("target").pipe(Argument.withDescription("A name, an address, or a URL")),
    site,
    image: Flag.Path("image").pipe(
      Flag.withDescription("A compiled image instead of a site folder"),
      Flag.optional,
    ),
    territory: Flag.String("in").pipe(
      Flag.withDescription("Where the subject is: an ISO 3166 code; leave out for unknown"),
      Flag.optional,
    ),
    client: Flag.String("client").pipe(
      Flag.withDescription("A client's address, placed by the site's networks.yaml, instead of --in"),
      Flag.optional,
    ),
    host: Flag.String("host-in").pipe(
      Flag.withDescription("Where the destination is, for route rules"),
      Flag.optional,
    ),
    at: Flag.String("at").pipe(
      Flag.withDescription("Instant, as 2026-11-24T12:00:00Z; now if left out"),
      Flag.optional,
    ),
    port: Flag.Int("port").pipe(Flag.withDescription("Destination port"), Flag.optional),
    dataClass: Flag.String("data-class").pipe(
      Flag.withDescription("Label on the flow; may be repeated"),
      Flag.atLeast(0),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.explain")(function* (input) {
    if (Option.isSome(input.territory) && Option.isSome(input.client)) {
      return yield* new UsageFault({
        message: "--in and --client both say where the subject is",
        help: "give one of them",
      });
    }
    const loaded = Option.isSome(input.image) ? null : yield* readSite(input.site);
    const image = loaded?.image ?? (yield* readWholeImage(Option.getOrElse(input.image, () => ""))).image;
    const read = readQuestion(
      image,
      {
        target: input.target,
        territory: Option.getOrUndefined(input.territory),
        hostTerritory: Option.getOrUndefined(input.host),
        at: Option.getOrUndefined(input.at),
        port: Option.getOrUndefined(input.port),
        dataClasses: input.dataClass.length === 0 ? undefined : input.dataClass,
      },
      Date.now(),
    );
    if (!read.ok) return yield* questionFault(read.issue);
    let request = read.value;
    if (Option.isSome(input.client)) {
      const client = parseAddress(input.client.value);
      if (!client.ok) return yield* new UsageFault(client.issue);
      if (loaded === null)
        return yield* new UsageFault({
          message: "--client needs a site's networks.yaml",
          help: "give --site instead of --image",
        });
      request = { ...request, places: loaded.placesOf(client.value, request.address ?? null, request.at) };
    }
    const explanation = explain(image, request);
    if (input.json) return yield* json(asJson(request, explanation));
    yield* printExplanation(input.target, request, explanation);
  }),
).pipe(
  Command.withDescription(
    "Say what happens to a name, address or URL there and then, and everything that applied",
  ),
  Command.withExamples([
    { command: "demarc explain piracy.example --in DE", description: "In Germany, now" },
    {
      command: "demarc explain http://piracy.example/x --in FR --at 2027-03-01",
      description: "A URL, in France, on a day to come",
    },
    {
      command: "demarc explain 192.0.2.7 --client 127.0.0.1 --json",
      description: "As for that client, for a program to read",
    },
  ]),
);

function questionFault(fault: QuestionFault): UsageFault {
  return new UsageFault(fault.issue);
}

function asJson(request: Request, explanation: Explanation): unknown {
  const address = request.address === undefined ? {} : { address: formatAddress(request.address) };
  return { request: { ...request, at: new Date(request.at).toISOString(), ...address }, explanation };
}
