import { createResolver, type ResolvedPlace } from "@demarc/jurisdiction";
import type { PolicyImage } from "@demarc/matcher";
import type { Address } from "@demarc/net";
import { loadSite, type Site } from "@demarc/runtime";
import { Effect } from "effect";
import { InputFault } from "./exit.ts";

/** A site with what places its clients. */
export interface LoadedSite {
  readonly site: Site;
  readonly image: PolicyImage;
  readonly placesOf: (client: Address | null, host: Address | null, at: number) => readonly ResolvedPlace[];
}

/** Loads a site; what is wrong with it is the findings of an input fault. Failing golden tests are left to `demarc test`. */
export const readSite = Effect.fnUntraced(function* (
  directory: string,
): Effect.fn.Return<LoadedSite, InputFault> {
  const loaded = yield* Effect.result(loadSite(directory, { skipGoldenTests: true }));
  if (loaded._tag === "Failure") {
    return yield* new InputFault({
      code: "cli/site-refused",
      message: `the site \`${directory}\` can not be used`,
      help: "mend what is listed above; `demarc check` says more",
      findings: loaded.failure.issues,
    });
  }
  const site = loaded.success;
  const resolver = createResolver({
    operator: site.image.set.operator.jurisdiction,
    networks: site.networks ?? undefined,
  });
  return { site, image: site.image, placesOf: resolver.placesOf };
});
