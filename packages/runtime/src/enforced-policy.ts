// What is in force: one mutable cell that the hot path reads and an Effect fiber replaces. Everything in it belongs
// together, so a decision never sees the image of one site with the networks of another.
import { createResolver, type DatabaseSource, type NetworkMap, type Resolver } from "@demarc/jurisdiction";
import type { PolicyImage } from "@demarc/matcher";
import type { SiteIssue } from "./site-refused.ts";

/** The policy set in force with what its requests are resolved by. */
export interface EnforcedPolicy {
  readonly image: PolicyImage;
  /** SHA-256 of the image's bytes, the name of its object in the log. */
  readonly object: string;
  readonly resolver: Resolver;
  /** Milliseconds since 1970. */
  readonly activatedAt: number;
  readonly warnings: number;
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

/** Puts an image and a network map together. */
export function enforcedPolicy(
  image: PolicyImage,
  object: string,
  networks: NetworkMap | null,
  databases: readonly DatabaseSource[],
  activatedAt: number,
  warnings: number,
): EnforcedPolicy {
  const resolver = createResolver({
    operator: image.set.operator.jurisdiction,
    networks: networks ?? undefined,
    databases,
  });
  return { image, object, resolver, activatedAt, warnings };
}
