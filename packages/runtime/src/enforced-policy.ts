// What is in force: one mutable cell that the hot path reads and an Effect fiber replaces. Everything in it belongs
// together, so a decision never sees the image of one site with the networks of another.
import { createResolver, type Resolver } from "@demarc/jurisdiction";
import type { PolicyImage } from "@demarc/matcher";
import { dataOf } from "./activation.ts";
import type { Evidence } from "./load-evidence.ts";
import type { ReadySite } from "./ready-site.ts";
import type { SiteIssue } from "./site-refused.ts";

/** The policy set in force with what its requests are resolved by. */
export interface EnforcedPolicy {
  readonly image: PolicyImage;
  /** SHA-256 of the image's bytes, the name of its object in the log. */
  readonly object: string;
  /** SHA-256 of the manifest of the data that the resolver reads. */
  readonly data: string;
  readonly resolver: Resolver;
  /** What it was made from, so that evidence can change without compiling again. */
  readonly site: ReadySite;
  readonly evidence: Evidence;
  /** Milliseconds since 1970. */
  readonly activatedAt: number;
}

/** A site that was refused, and when. */
export interface RefusedPolicy {
  readonly at: number;
  readonly issues: readonly SiteIssue[];
}

/** The cell. */
export interface PolicyCell {
  current: EnforcedPolicy;
  refused: RefusedPolicy | null;
}

/** Puts a site's image and network map together with the evidence. Names and digests are of the very bytes given. */
export function enforcedPolicy(site: ReadySite, evidence: Evidence, activatedAt: number): EnforcedPolicy {
  const { image, object, networks } = site;
  const resolver = createResolver({
    operator: image.set.operator.jurisdiction,
    networks: [...(networks === null ? [] : [networks]), ...evidence.maps.map(({ map }) => map)],
    sources: evidence.sources.map(({ source }) => source),
    staleAfterDays: evidence.config.staleAfterDays,
    view: evidence.config.view,
  });
  return {
    image,
    object,
    data: dataOf(site.lists, dataFiles(evidence)).digest,
    resolver,
    site,
    evidence,
    activatedAt,
  };
}

/** The files of evidence as a manifest names them. */
export function dataFiles({
  sources,
  maps,
}: Evidence): readonly { readonly name: string; readonly digest: string }[] {
  return [...sources, ...maps].map(({ name, digest }) => ({ name, digest }));
}
