// One rule of a sing-box rule-set: its names and prefixes are held until it is known that nothing narrows it.
import type { JsonPlace, JsonScalar } from "./json-text.ts";

/** The fields of which one that matches is enough. */
export type NameField = "domain" | "domain_suffix" | "domain_keyword" | "domain_regex" | "ip_cidr";

/** A value of a rule, or why it, or the rule, is left out. */
export interface RuleValue {
  readonly field: NameField;
  readonly text: string;
  readonly place: JsonPlace;
  readonly refusal?: Refusal | undefined;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly help?: string | undefined;
}

const NAME_FIELDS: ReadonlySet<string> = new Set<NameField>([
  "domain",
  "domain_suffix",
  "domain_keyword",
  "domain_regex",
  "ip_cidr",
]);

/** Whether a field holds what a rule is about. */
export function isNameField(field: string): field is NameField {
  return NAME_FIELDS.has(field);
}

// Shown in place of what can not be used.
const MAX_SHOWN_CHARS = 200;

/** Takes the fields of one rule. */
export class RuleReader {
  readonly #start: JsonPlace;
  readonly #fields = new Set<string>();
  #values: RuleValue[] = [];
  #count = 0;
  #why: { readonly refusal: Refusal; readonly place: JsonPlace } | null = null;

  constructor(start: JsonPlace) {
    this.#start = start;
  }

  /** Whether the rule is left out, whatever follows. */
  get isRefused(): boolean {
    return this.#why !== null;
  }

  /** A field begins. */
  field(name: string, place: JsonPlace): void {
    if (!KNOWN_TWICE.has(name) && !isNameField(name)) return;
    // sing-box takes the last one; which of them was meant nobody knows.
    if (this.#fields.has(name)) this.#refuse("form", `\`${name}\` is there twice`, place);
    this.#fields.add(name);
  }

  /** A value of the field, alone or in a list. */
  value(
    field: string,
    value: JsonScalar,
    place: JsonPlace,
    { isCut, isListed }: { readonly isCut: boolean; readonly isListed: boolean },
  ): void {
    // What JSON leaves empty is as if it were not there.
    if (value === null && !isListed) return;
    if (isNameField(field)) return this.#nameValue(field, value, place, isCut);
    if (field === "invert") {
      if (value === true) this.#refuse("invert", "the rule is about everything but what it names", place);
      else if (value !== false) this.#refuse("form", "`invert` is true or false", place);
    } else if (field === "type") {
      if (value === "logical") this.#refuse("logical", LOGICAL, place);
      else if (value !== "default" && value !== "")
        this.#refuse("form", "the type of a rule is `default` or `logical`", place);
    } else if (field === "mode" || field === "rules") this.#refuse("logical", LOGICAL, place);
    else if (value !== false) this.#narrowed(field, place);
  }

  /** A field holds an object, or a list something other than values. */
  nested(field: string, place: JsonPlace): void {
    if (field === "rules") this.#refuse("logical", LOGICAL, place);
    else if (isNameField(field)) this.#refuse("form", `\`${field}\` is a text or a list of texts`, place);
    else this.#narrowed(field, place);
  }

  /** The rule is whole: what it says, value by value, or why it is left out. */
  end(): readonly RuleValue[] {
    if (this.#count === 0 && this.#why === null)
      this.#refuse("form", "the rule has no names and no prefixes", this.#start);
    if (this.#why === null) return this.#values;
    const { refusal, place } = this.#why;
    const values = this.#count === 1 ? "its one value" : `its ${this.#count} values`;
    const message = `${refusal.message}; the rule is left out with ${values}`;
    return [{ field: "domain", text: "", place, refusal: { ...refusal, message } }];
  }

  #nameValue(field: NameField, value: JsonScalar, place: JsonPlace, isCut: boolean): void {
    if (typeof value !== "string")
      return this.#refuse("form", `\`${field}\` is a text or a list of texts`, place);
    this.#count += 1;
    if (this.#why !== null) return;
    const refusal = isCut ? TOO_LONG : FIELD_REFUSALS[field];
    const text = refusal === undefined ? value : value.slice(0, MAX_SHOWN_CHARS);
    this.#values.push({ field, text, place, refusal });
  }

  #narrowed(field: string, place: JsonPlace): void {
    const shown = field.slice(0, 40);
    const who = field.startsWith("source_ip")
      ? "who asks, for which there is no selector here"
      : "more than that";
    this.#refuse("condition", `\`${shown}\` asks for ${who}, which names and prefixes can not say`, place);
  }

  // The first reason stands; what was held is let go.
  #refuse(code: string, message: string, place: JsonPlace): void {
    this.#values = [];
    this.#why ??= { refusal: { code: `lists/sing-box-${code}`, message }, place };
  }
}

const LOGICAL = "a rule made of other rules matches in ways that single names can not say";

// Beside the name fields, those of which a second one would change what the rule means.
const KNOWN_TWICE: ReadonlySet<string> = new Set(["invert", "type"]);

const TOO_LONG: Refusal = {
  code: "lists/sing-box-form",
  message: "no name and no prefix is as long; left out",
};

const FIELD_REFUSALS: Readonly<Partial<Record<NameField, Refusal>>> = {
  domain_keyword: {
    code: "lists/sing-box-keyword",
    message: "a keyword matches parts of other names too; left out",
  },
  domain_regex: {
    code: "lists/sing-box-regexp",
    message: "a regular expression can not be matched exactly by name; left out",
  },
};
