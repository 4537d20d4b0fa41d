import { Effect } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { writeWhole } from "../files.ts";
import { formatFinding, json, line, plural } from "../print.ts";
import { readSite } from "../read-site.ts";

/**
 * `demarc compile SITE --out FILE`: the image, with its digest. The same site gives the same bytes on any machine.
 *
 * JSON: `{ file, digest, set: { id, version, digest }, stats: { rules, listEntries, names, urls, prefixes, bytes }, issues }`.
 * Exit codes: 3 when the site can not be used, or the file can not be written.
 */
export const compileCommand = Command.make(
  "compile",
  {
    site: Argument.Path("site").pipe(Argument.withDescription("Folder with policy-set.yaml")),
    out: Flag.String("out").pipe(
      Flag.withAlias("o"),
      Flag.withDescription("File to write; policy.image if left out"),
      Flag.withDefault("policy.image"),
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the result as JSON"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("demarc.compile")(function* (input) {
    const { site, image } = yield* readSite(input.site);
    yield* writeWhole(input.out, site.imageBytes);
    const { id, version, digest } = image.set;
    if (input.json)
      return yield* json({
        file: input.out,
        digest: image.digest,
        set: { id, version, digest },
        stats: site.stats,
        issues: site.issues,
      });
    for (const issue of site.issues) yield* line(formatFinding(issue));
    const { rules, listEntries, bytes } = site.stats;
    yield* line(
      `${input.out}: ${id} ${version}, ${plural(rules, "rule")}, ${listEntries} list entries, ${bytes} bytes`,
    );
    yield* line(`image ${image.digest}`);
  }),
).pipe(
  Command.withDescription("Compile a site to an image: bytes that decide, named by their digest"),
  Command.withExamples([
    {
      command: "demarc compile examples/site --out policy.image",
      description: "Then: demarc explain NAME --image policy.image",
    },
  ]),
);
