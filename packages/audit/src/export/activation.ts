// A rule that came into force with a policy set, as the exporters about activations take it; the shape is that of a rule in an
// image (`@demarc/matcher`), as far as they need it.

/** A text of law, as a rule cites it. */
export interface StatedCitation {
  readonly scheme: string;
  readonly id: string;
  readonly court?: string | undefined;
  readonly date?: string | undefined;
  readonly title?: string | undefined;
}

/** A rule, as far as a statement tells it. */
export interface StatedRule {
  readonly id: string;
  readonly title: Readonly<Record<string, string>>;
  readonly category: string;
  readonly effect: {
    readonly action: string;
    readonly notice?: { readonly page?: string | undefined } | undefined;
  };
  readonly scope: {
    readonly territories: readonly string[];
    readonly except?: readonly string[] | undefined;
  };
  readonly legalBasis: {
    readonly kind: string;
    readonly discretion: "mandatory" | "permitted" | "voluntary";
    readonly citations: readonly StatedCitation[];
    readonly authority: {
      readonly name: string;
      readonly type: string;
      readonly jurisdiction?: string | undefined;
    };
    readonly issued?: string | undefined;
  };
  readonly effective: string;
  readonly expires?: string | undefined;
  readonly justification: Readonly<Record<string, string>>;
  readonly remedy: { readonly url: string; readonly body: string };
  readonly policy: { readonly id: string; readonly version: string; readonly digest: string };
}

/** A rule and the entry with which it came into force at an enforcement point. */
export interface Activation {
  readonly origin: string;
  /** Index of the entry `policy.activated`. */
  readonly index: number;
  /** RFC 3339 instant of that entry. */
  readonly time: string;
  readonly operator: { readonly name: string; readonly jurisdiction: string };
  readonly rule: StatedRule;
  /** ISO 3166-1 codes where the rule holds, groups resolved as of `time`. */
  readonly territories: readonly string[];
}

/** The rule's title, in English where there is one. */
export function titleOf({ id, title }: StatedRule): string {
  return title["en"] ?? Object.values(title)[0] ?? id;
}

/** What the rule cites, in one line. */
export function citedBy({ legalBasis }: StatedRule): string {
  return legalBasis.citations
    .map(({ id, title, court, date }) =>
      [title ?? id, court, date].filter((part) => part !== undefined).join(", "),
    )
    .join("; ");
}

/** At most so many characters, with an ellipsis where some were cut; never half of a surrogate pair. */
export function cutTo(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
