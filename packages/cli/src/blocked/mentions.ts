// What the selectors and lists of policies name. Between these names, prefixes and URLs a decision is the same everywhere, so that to
// ask about each of them is to ask about all.
import type { ListEntry } from "@demarc/lists";
import type { Request } from "@demarc/matcher";
import { type Prefix, parseName, parsePrefix, parseUrl, parseUrlPrefix } from "@demarc/net";
import type { PolicyDocument, Selector } from "@demarc/policy";
import { sampleUrl } from "./sample-url.ts";

/** The list that a selector names, read; null where it is not to be had. */
export type ListOf = (
  selector: Extract<Selector, { readonly type: "list" }>,
) => { readonly entries: readonly ListEntry[]; readonly exceptions: readonly ListEntry[] } | null;

/** Facts of a request beside a name or an address. */
export interface MentionedFacts {
  /** In words, as `port 443`. */
  readonly what: string;
  readonly facts: Partial<Request>;
  readonly standing: Standing;
}

/**
 * Where something is named: among selectors; among exceptions of a rule, where it may lift that rule's block and alone matches
 * nothing; or among what a list with entries of other kinds excepts of its own entries.
 */
export type Standing = "selector" | "exception" | "own exception";

/** A URL, and whether it stands for all below it too. */
export interface MentionedUrl {
  readonly href: string;
  readonly match: "exact" | "prefix";
  readonly host: string;
  readonly address: Uint8Array | null;
}

/** Everything that is named. */
export interface Mentions {
  /** Canonical names. */
  readonly names: ReadonlyMap<string, Standing>;
  readonly prefixes: ReadonlyMap<Prefix, Standing>;
  readonly urls: readonly MentionedUrl[];
  /** Ports, networks of operators, labels of flows, and for patterns of lists a URL like them. */
  readonly others: readonly MentionedFacts[];
  /** Ids of rules that except something. */
  readonly excepting: ReadonlySet<string>;
}

/** Everything that the rules of the policies name. */
export function mentionsOf(policies: readonly PolicyDocument[], listOf: ListOf): Mentions {
  const collector = new Collector(listOf);
  for (const { rules } of policies)
    for (const { id, selectors, exceptions = [] } of rules) {
      collector.begin(id, exceptions.length > 0);
      for (const selector of selectors) collector.add(selector, "selector");
      for (const selector of exceptions) collector.add(selector, "exception");
    }
  return collector.result();
}

const MAX_PORT = 65_535;

class Collector {
  readonly #listOf: ListOf;
  readonly #names = new Map<string, Standing>();
  readonly #prefixes = new Map<string, { readonly prefix: Prefix; readonly standing: Standing }>();
  readonly #urls = new Map<string, MentionedUrl>();
  readonly #others = new Map<string, MentionedFacts>();
  readonly #excepting = new Set<string>();
  #rule = "";

  constructor(listOf: ListOf) {
    this.#listOf = listOf;
  }

  begin(rule: string, excepts: boolean): void {
    this.#rule = rule;
    if (excepts) this.#excepting.add(rule);
  }

  add(selector: Selector, standing: Standing): void {
    switch (selector.type) {
      case "domain":
        return this.#name(selector.value.replace(/^\*\./, ""), standing);
      case "cidr":
        return this.#prefix(selector.value, standing);
      case "url":
        return this.#url(selector.value, selector.match);
      case "list": {
        const list = this.#listOf(selector);
        const kinds = new Set(list?.entries.map(({ type }) => type));
        for (const entry of list?.entries ?? []) this.#entry(entry, standing);
        // What a list excepts concerns its own entries, so of other kinds than the exception only where it has such.
        for (const entry of list?.exceptions ?? []) {
          const isMixed = kinds.size > 1 || !kinds.has(entry.type);
          this.#entry(entry, isMixed ? "own exception" : standing);
          if (isMixed) this.#excepting.add(this.#rule);
        }
        return;
      }
      case "port":
        return this.#ports(selector, standing);
      case "asn":
        return this.#other(`network AS${selector.value}`, { asn: selector.value }, standing);
      case "data-class":
        return this.#other(`label ${selector.value}`, { dataClasses: [selector.value] }, standing);
      case "any":
    }
  }

  result(): Mentions {
    return {
      names: this.#names,
      prefixes: new Map([...this.#prefixes.values()].map(({ prefix, standing }) => [prefix, standing])),
      urls: [...this.#urls.values()],
      others: this.#otherFacts(),
      excepting: this.#excepting,
    };
  }

  // An excepted range of ports has the ends of other ranges within it.
  #otherFacts(): readonly MentionedFacts[] {
    const all = [...this.#others.values()];
    const excepted = all.some(({ facts, standing }) => facts.port !== undefined && standing !== "selector");
    return all.map((each) =>
      excepted && each.facts.port !== undefined
        ? { ...each, standing: stronger("exception", each.standing) }
        : each,
    );
  }

  #entry(entry: ListEntry, standing: Standing): void {
    if (entry.type === "domain") this.#name(entry.value, standing);
    else if (entry.type === "cidr") this.#prefix(entry.value, standing);
    else if (entry.type === "url") this.#url(entry.value, entry.match);
    else this.#other(`URLs like ${entry.value}`, { url: sampleUrl(entry.value) }, standing);
  }

  #name(text: string, standing: Standing): void {
    const name = parseName(text);
    if (name.ok) this.#names.set(name.value, stronger(standing, this.#names.get(name.value)));
  }

  #prefix(text: string, standing: Standing): void {
    const prefix = parsePrefix(text);
    if (!prefix.ok) return;
    const known = this.#prefixes.get(text)?.standing;
    this.#prefixes.set(text, { prefix: prefix.value, standing: stronger(standing, known) });
  }

  #url(text: string, match: "exact" | "prefix"): void {
    const url = match === "exact" ? parseUrl(text) : parseUrlPrefix(text);
    if (!url.ok) return;
    const { href, host, address } = url.value;
    this.#urls.set(`${match} ${href}`, { href, match, host, address });
    // The host is asked about too, so that it is known whether it is blocked as a whole.
    if (address === null) this.#name(host, "selector");
    else this.#prefix(host.replaceAll(/^\[|\]$/g, ""), "selector");
  }

  // A range changes things at its ends only.
  #ports({ value, protocol }: Extract<Selector, { type: "port" }>, standing: Standing): void {
    const { from, to } = typeof value === "number" ? { from: value, to: value } : value;
    for (const port of [from, to, to + 1]) {
      if (port > MAX_PORT) continue;
      for (const each of protocol === undefined ? (["tcp", "udp"] as const) : [protocol])
        this.#other(`port ${port} (${each})`, { port, protocol: each }, standing);
    }
  }

  #other(what: string, facts: Partial<Request>, standing: Standing): void {
    this.#others.set(what, { what, facts, standing: stronger(standing, this.#others.get(what)?.standing) });
  }
}

const ORDER: readonly (Standing | undefined)[] = [undefined, "selector", "exception", "own exception"];

/** The one of two that makes more questions necessary. */
export function stronger(one: Standing, other: Standing | undefined): Standing {
  return other !== undefined && ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one;
}
