// Selectors and lists of the linked rules to the maps that an image is made of.
import type { ListDiagnostic, ListEntry } from "@demarc/lists";
import {
  type AtomPart,
  type ImageParts,
  KeyCollector,
  type PatternPart,
  type PatternRefusal,
  type PlacedPatterns,
  type Posting,
  PrefixCollector,
  placePatterns,
  sha256Hex,
} from "@demarc/matcher/format";
import { parseName, parsePrefix, parseUrl, parseUrlPrefix, type Result } from "@demarc/net";
import type { Selector } from "@demarc/policy";
import type { CompileInput, Diagnostic } from "./compile-input.ts";
import type { LinkedRule } from "./link-rules.ts";
import { isLifting } from "./placed-patterns.ts";
import { isReadable, streamSelectedList } from "./read-selected-list.ts";

type Report = (diagnostic: Diagnostic) => void;
type ListSelector = Extract<Selector, { readonly type: "list" }>;

/** The selector part of an image, and how many entries came from lists. */
export type CollectedSelectors = Pick<
  ImageParts,
  "atoms" | "names" | "urls" | "patterns" | "prefixes" | "ports" | "asns" | "classes" | "any"
> & { readonly listEntries: number };

/** Collects every selector of every rule. */
export function collectSelectors(
  rules: readonly LinkedRule[],
  input: CompileInput,
  report: Report,
): CollectedSelectors {
  const collector = new Collector(input, report);
  for (const [index, rule] of rules.entries()) collector.add(index, rule);
  return collector.result();
}

const REFUSALS: Readonly<Record<PatternRefusal, string>> = {
  "no-token": "has no run of three letters or digits to look it up by",
  "token-shared": "has only words that as many others have as may be",
  wildcards: "has wildcards, as more others have than one URL may be searched for",
};

interface OfList<T> {
  readonly atom: number;
  readonly patterns: readonly T[];
  readonly count: string;
  readonly first: T;
}

const COLUMN_OF_NAME = { exact: 0, subdomains: 1, wildcard: 2 } as const;

class Collector {
  readonly #input: CompileInput;
  readonly #report: Report;
  readonly #atoms: AtomPart[] = [];
  readonly #names = new KeyCollector();
  readonly #urls = new KeyCollector();
  readonly #patterns = new Map<string, Posting[]>();
  readonly #prefixes = new PrefixCollector();
  readonly #ports = new Map<
    string,
    { from: number; to: number; protocol: "tcp" | "udp" | null; postings: Posting[] }
  >();
  readonly #asns = new Map<number, Posting[]>();
  readonly #classes = new Map<string, Posting[]>();
  readonly #any: Posting[] = [];
  readonly #rules: LinkedRule[] = [];
  #listEntries = 0;
  #patternPostings = 0;

  constructor(input: CompileInput, report: Report) {
    this.#input = input;
    this.#report = report;
  }

  add(index: number, linked: LinkedRule): void {
    this.#rules[index] = linked;
    for (const [role, selectors] of [
      ["selector", linked.rule.selectors],
      ["exception", linked.rule.exceptions ?? []],
    ] as const) {
      // One atom for what the rule says itself; one for each list, since a list's own exceptions concern that list only.
      const own = selectors.some((selector) => selector.type !== "list") ? this.#atom(index, role, null) : -1;
      for (const selector of selectors) {
        if (selector.type === "list") this.#addList(this.#atom(index, role, selector.ref), selector, linked);
        else this.#addSelector(own, selector, linked);
      }
    }
  }

  result(): CollectedSelectors {
    const { placed, refused, widened } = placePatterns(
      [...this.#patterns].map(([pattern, postings]) => ({ pattern, postings })),
      (posting) => this.#isLifting(posting),
    );
    this.#reportRefused(refused);
    this.#reportWidened(widened);
    return {
      atoms: this.#atoms,
      names: this.#names,
      urls: this.#urls,
      patterns: placed,
      prefixes: this.#prefixes,
      ports: [...this.#ports.values()],
      asns: this.#asns,
      classes: this.#classes,
      any: this.#any,
      listEntries: this.#listEntries,
    };
  }

  #atom(rule: number, role: "selector" | "exception", list: string | null): number {
    return this.#atoms.push({ rule, role, list }) - 1;
  }

  #addSelector(atom: number, selector: Exclude<Selector, ListSelector>, linked: LinkedRule): void {
    const posting = { atom, excluded: false };
    switch (selector.type) {
      case "domain": {
        const { value, match } = selector;
        return this.#with(parseName(match === "wildcard" ? value.slice(2) : value), linked, (name) =>
          this.#names.add(name, COLUMN_OF_NAME[match], posting),
        );
      }
      case "url":
        return this.#with(
          selector.match === "exact" ? parseUrl(selector.value) : parseUrlPrefix(selector.value),
          linked,
          (url) => this.#urls.add(url.href, selector.match === "exact" ? 0 : 1, posting),
        );
      case "cidr":
        return this.#with(parsePrefix(selector.value), linked, (prefix) =>
          this.#prefixes.add(prefix, posting),
        );
      case "port": {
        const { value } = selector;
        const { from, to } = typeof value === "number" ? { from: value, to: value } : value;
        const protocol = selector.protocol ?? null;
        const key = `${from} ${to} ${protocol}`;
        const port = this.#ports.get(key) ?? { from, to, protocol, postings: [] };
        this.#ports.set(key, port);
        port.postings.push(posting);
        return;
      }
      case "data-class":
        push(this.#classes, selector.value, posting);
        return;
      case "any":
        this.#any.push(posting);
        return;
      case "asn":
        push(this.#asns, selector.value, posting);
    }
  }

  #addList(atom: number, selector: ListSelector, { rule, file }: LinkedRule): void {
    const fault = (code: string, message: string, help: string): void =>
      this.#report({ code: `compiler/${code}`, severity: "error", file, rule: rule.id, message, help });
    const list = this.#input.lists.find((each) => each.ref === selector.ref);
    if (list === undefined) {
      return fault(
        "list-missing",
        `the list \`${selector.ref}\` is not to be had; the rule \`${rule.id}\` matches nothing through it`,
        "add it under `lists` in the policy set, with the path of the operator's copy",
      );
    }
    const digest = sha256Hex(list.bytes);
    if (digest !== selector.sha256) {
      return fault(
        "list-digest",
        `the list \`${selector.ref}\` has the digest ${digest}; the rule \`${rule.id}\` names ${selector.sha256}, so the list is left out`,
        "review the new list, then write its digest into the rule",
      );
    }
    if (!isReadable(selector, list.bytes))
      return fault("list-encoding", `the list \`${selector.ref}\` is no UTF-8 text`, "convert it");
    const entry = { atom, excluded: false };
    const exception = { atom, excluded: true };
    let first: ListDiagnostic | null = null;
    const before = this.#postingCount();
    const counts = streamSelectedList(selector, list.bytes, {
      onEntry: (each) => this.#addEntry(each, entry),
      onNameBytes: (bytes, from, to, match) =>
        this.#names.addBytes(bytes, from, to, COLUMN_OF_NAME[match], entry),
      onPrefix: (address, length) => this.#prefixes.add({ address, length }, entry),
      onException: (each) => this.#addEntry(each, exception),
      onDiagnostic: (diagnostic) => {
        // A category that is not there comes after everything else and is what matters.
        if (first === null || diagnostic.code === "lists/dat-code") first = diagnostic;
      },
    });
    this.#listEntries += this.#postingCount() - before;
    const diagnosed = first as ListDiagnostic | null;
    if (diagnosed?.code === "lists/dat-code")
      return fault(
        "list-category",
        `\`${selector.ref}\`: ${diagnosed.message}; the rule \`${rule.id}\` matches nothing through it`,
        "write the name of one of its lists as `category`",
      );
    if (diagnosed !== null) {
      const where = `first at ${diagnosed.offset === undefined ? "line" : "item"} ${diagnosed.line}: ${diagnosed.message}`;
      this.#report({
        code: "compiler/list-lines",
        severity: "warning",
        file,
        rule: rule.id,
        message: `${counts.diagnostics} of ${counts.lines} lines of \`${selector.ref}\` say nothing that can be used; ${where}`,
        help: diagnosed.help,
      });
    }
  }

  #addEntry(entry: ListEntry, posting: Posting): void {
    if (entry.type === "domain") this.#names.add(entry.value, COLUMN_OF_NAME[entry.match], posting);
    else if (entry.type === "url-pattern")
      this.#patternPostings += push(this.#patterns, entry.value, posting) ? 1 : 0;
    else if (entry.type === "url") this.#urls.add(entry.value, entry.match === "exact" ? 0 : 1, posting);
    else {
      const prefix = parsePrefix(entry.value);
      if (prefix.ok) this.#prefixes.add(prefix.value, posting);
    }
  }

  #postingCount(): number {
    return (
      this.#names.postingCount + this.#urls.postingCount + this.#patternPostings + this.#prefixes.postingCount
    );
  }

  #isLifting({ atom, excluded }: Posting): boolean {
    const { rule, role } = this.#atoms[atom] as AtomPart;
    const linked = this.#rules[rule];
    return linked !== undefined && isLifting(linked.rule, role, excluded);
  }

  #reportRefused(refused: PlacedPatterns["refused"]): void {
    for (const { atom, patterns, count, first } of this.#byList(refused)) {
      const isLost = patterns.some(({ postings }) =>
        postings.some((each) => each.atom === atom && this.#isLifting(each)),
      );
      this.#listEntries -= patterns.length;
      this.#warn(atom, "list-patterns", {
        message: (list) =>
          `${count} of \`${list}\` would make some requests too slow; the first left out, \`${first.pattern}\`, ${REFUSALS[first.why]}`,
        help: isLost
          ? "exceptions are among them, so the list blocks more than it says: write patterns with longer, rarer words"
          : "write patterns with longer, rarer words, and fewer wildcards",
      });
    }
  }

  #reportWidened(widened: PlacedPatterns["widened"]): void {
    for (const { atom, count, first } of this.#byList(widened))
      this.#warn(atom, "list-widened", {
        message: (list) =>
          `${count} of \`${list}\` that except something would make some requests too slow and are widened, so less is blocked; the first, \`${first.pattern}\`, is kept as \`${first.as}\``,
        help: "write exceptions with longer, rarer words, and fewer wildcards",
      });
  }

  // What concerns each list of a rule, in the order of the rules.
  #byList<T extends PatternPart>(parts: readonly T[]): readonly OfList<T>[] {
    const byAtom = new Map<number, T[]>();
    for (const each of parts) for (const { atom } of each.postings) pushTo(byAtom, atom, each);
    return [...byAtom]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([atom, patterns]) => {
        const [first] = patterns;
        const count = `${patterns.length} URL pattern${patterns.length === 1 ? "" : "s"}`;
        return first === undefined ? [] : [{ atom, patterns, count, first }];
      });
  }

  #warn(
    atom: number,
    code: string,
    { message, help }: { readonly message: (list: string | null) => string; readonly help: string },
  ): void {
    const { list, rule } = this.#atoms[atom] as AtomPart;
    const linked = this.#rules[rule];
    this.#report({
      code: `compiler/${code}`,
      severity: "warning",
      file: linked?.file,
      rule: linked?.rule.id,
      message: message(list),
      help,
    });
  }

  #with<T>(
    result: Result<T>,
    { rule, file }: Pick<LinkedRule, "rule" | "file">,
    use: (value: T) => unknown,
  ): void {
    if (result.ok) {
      use(result.value);
      return;
    }
    this.#report({
      code: "compiler/selector",
      severity: "error",
      file,
      rule: rule.id,
      message: `a selector of \`${rule.id}\` can not be used: ${result.issue.message}`,
      help: result.issue.help,
    });
  }
}

// False where it has the posting already.
function push<K>(map: Map<K, Posting[]>, key: K, posting: Posting): boolean {
  const list = map.get(key);
  if (list?.some((each) => each.atom === posting.atom && each.excluded === posting.excluded)) return false;
  pushTo(map, key, posting);
  return true;
}

function pushTo<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
