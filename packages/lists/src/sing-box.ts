import { ApexNames } from "./internal/apex-names.ts";
import { type JsonEvents, type JsonPlace, type JsonScalar, JsonText } from "./internal/json-text.ts";
import { readText, type TextHandler } from "./internal/read-text.ts";
import type { RecordPump } from "./internal/record-pump.ts";
import { isNameField, type NameField, RuleReader, type RuleValue } from "./internal/sing-box-rule.ts";
import type { ListReading } from "./list-reading.ts";

/** Most names, prefixes, keywords and expressions of one rule-set. */
export const MAX_SING_BOX_VALUES = 2_000_000;

/** Most characters of all of them together: what the reader may hold. */
export const MAX_SING_BOX_CHARS = 67_108_864;

// 5 came with sing-box 1.14; a version that is not known may give a field that is here another meaning.
const LAST_VERSION = 5;

/**
 * Reads a sing-box rule-set in its source format (JSON): `domain` (the name alone), `domain_suffix` (the name and all below
 * it; with a leading dot only what is below it) and `ip_cidr` of each rule, of which any that matches is enough. With a
 * leading dot the name itself becomes an exception, unless the list has it otherwise.
 *
 * A keyword or regular expression beside them is left out alone. A rule that something else narrows (`port`, `network`, `source_ip_cidr` ...),
 * that is inverted or that is made of other rules is left out as a whole, and so is one with a field that is not known: the names
 * alone would match more than it says. Comments are read over, as sing-box does.
 *
 * A rule is held until its end, since what narrows it may stand last; all values, until `version` was read.
 *
 * Errors: never fails; `lists/sing-box-json` (what follows is not read, and the rule in which it stands is left out), `-version`,
 * `-form`, `-condition`, `-invert`, `-logical`, `-keyword`, `-regexp`, `-too-many`, `net/name-...`, `net/prefix-...`. `line` is that of
 * the text; the counts are of values and of rules left out.
 * Source: sing-box.sagernet.org, configuration/rule-set (source format, headless rule); `domain_suffix` as of 1.9.
 */
export function readSingBox(text: string): ListReading {
  return readText(text, (pump) => singBoxText(pump));
}

/** How much of a rule-set is taken; what comes after is refused, value by value. */
interface SingBoxLimits {
  readonly values: number;
  readonly chars: number;
}

const LIMITS: SingBoxLimits = { values: MAX_SING_BOX_VALUES, chars: MAX_SING_BOX_CHARS };

/** The reader of `readSingBox`, piece by piece. */
export function singBoxText(pump: RecordPump, limits: SingBoxLimits = LIMITS): TextHandler {
  const reader = new RuleSetReader(pump, limits);
  const text = new JsonText(reader);
  return {
    push: (piece) => text.push(piece),
    end: () => {
      text.end();
      reader.end();
    },
  };
}

// Where in the text the reader is: what is open, from the outside in.
type Frame = "top" | "rules" | "rule" | "values" | "skipped";

class RuleSetReader implements JsonEvents {
  readonly #pump: RecordPump;
  readonly #limits: SingBoxLimits;
  readonly #names = new ApexNames();
  readonly #frames: Frame[] = [];
  // Values and refusals that wait for the version.
  #waiting: RuleValue[] = [];
  #version: "unread" | "known" | "refused" = "unread";
  #hasRules = false;
  #isBroken = false;
  #key = "";
  #keyPlace: JsonPlace = { line: 1, column: 1 };
  #rule = new RuleReader(this.#keyPlace);
  #values = 0;
  #chars = 0;

  constructor(pump: RecordPump, limits: SingBoxLimits) {
    this.#pump = pump;
    this.#limits = limits;
  }

  readonly open = (kind: "{" | "[", place: JsonPlace): void => {
    this.#frames.push(this.#frameOf(kind, place));
  };

  readonly close = (): void => {
    if (this.#frames.pop() !== "rule") return;
    if (this.#version === "refused") return;
    // A spread of so many values would be too many arguments.
    for (const value of this.#rule.end()) this.#waiting.push(value);
    if (this.#version === "known") this.#flush();
  };

  readonly key = (text: string, place: JsonPlace): void => {
    const frame = this.#frames.at(-1);
    if (frame === "skipped") return;
    this.#key = text;
    this.#keyPlace = place;
    if (frame === "rule") this.#rule.field(text, place);
  };

  readonly value = (value: JsonScalar, place: JsonPlace, isCut: boolean): void => {
    switch (this.#frames.at(-1)) {
      case undefined:
      case "rules":
        return this.#form("an object is expected", place);
      case "top":
        return this.#topValue(value, place);
      case "rule":
        return this.#take(value, place, isCut, false);
      case "values":
        return this.#take(value, place, isCut, true);
      case "skipped":
    }
  };

  readonly fault = (message: string, place: JsonPlace): void => {
    this.#isBroken = true;
    this.#tell("lists/sing-box-json", `${message}; what follows is not read`, place, "fetch the file again");
  };

  end(): void {
    if (this.#version === "unread" && !this.#isBroken)
      this.#tell(
        "lists/sing-box-version",
        "the rule-set does not say its version, so nothing of it is read",
        { line: 1, column: 1 },
        'a rule-set has `"version": 1` and the list `rules`',
      );
    for (const name of this.#names.exceptions())
      this.#pump.aside(name, (sink) => sink.domain(name, "exact", 1, "exception"), {});
  }

  #frameOf(kind: "{" | "[", place: JsonPlace): Frame {
    switch (this.#frames.at(-1)) {
      case undefined:
        if (kind === "{") return "top";
        this.#form("an object with `version` and `rules` is expected", place);
        return "skipped";
      case "top":
        if (this.#key === "rules" && kind === "[" && !this.#hasRules) {
          this.#hasRules = true;
          return "rules";
        }
        this.#topFault(place);
        return "skipped";
      case "rules":
        if (kind === "{") {
          this.#rule = new RuleReader(place);
          return "rule";
        }
        this.#form("a rule is an object", place);
        return "skipped";
      case "rule":
        if (kind === "[" && this.#key !== "rules") return "values";
        this.#rule.nested(this.#key, this.#keyPlace);
        return "skipped";
      case "values":
        this.#rule.nested(this.#key, this.#keyPlace);
        return "skipped";
      case "skipped":
        return "skipped";
    }
  }

  #topValue(value: JsonScalar, place: JsonPlace): void {
    if (this.#key !== "version") {
      if (this.#key !== "rules" || value !== null) this.#topFault(place);
      return;
    }
    if (this.#version === "unread" && typeof value === "number" && VERSIONS.has(value)) {
      this.#version = "known";
      return this.#flush();
    }
    this.#version = "refused";
    this.#waiting = [];
    this.#tell(
      "lists/sing-box-version",
      `the version is one of 1 to ${LAST_VERSION}; nothing that follows is read`,
      place,
    );
  }

  #topFault(place: JsonPlace): void {
    const known = this.#key === "rules" || this.#key === "version";
    const shown = this.#key.slice(0, 40);
    this.#form(
      known
        ? `\`${shown}\` is there twice, or is no ${shown === "rules" ? "list" : "number"}; left out`
        : `\`${shown}\` is no field of a rule-set; left out`,
      place,
    );
  }

  #take(value: JsonScalar, place: JsonPlace, isCut: boolean, isListed: boolean): void {
    if (this.#version === "refused") return;
    if (typeof value === "string" && isNameField(this.#key) && !this.#rule.isRefused) {
      this.#values += 1;
      this.#chars += value.length;
      const { values, chars } = this.#limits;
      if (this.#values > values || this.#chars > chars) return this.#tooMany(place);
    }
    this.#rule.value(this.#key, value, place, { isCut, isListed });
  }

  #tooMany({ line, column }: JsonPlace): void {
    const { values, chars } = this.#limits;
    const message = `a rule-set has ${values} values at most, and ${chars} characters in them; left out`;
    this.#pump.record("", (sink) => sink.diagnose("lists/sing-box-too-many", message, column), { line });
  }

  #flush(): void {
    for (const { field, text, place, refusal } of this.#waiting) {
      const { line, column } = place;
      this.#pump.record(
        text,
        (sink) => {
          if (refusal !== undefined) sink.diagnose(refusal.code, refusal.message, column, refusal.help);
          else if (field === "ip_cidr") sink.cidr(text, column + 1);
          else if (field === "domain") sink.domain(text, "exact", column + 1);
          else if (text.startsWith(".")) sink.domain(text.slice(1), "subdomains", column + 2);
          else sink.domain(text, "subdomains", column + 1);
        },
        { line },
      );
      if (refusal === undefined) this.#remember(field, text);
    }
    this.#waiting = [];
  }

  #remember(field: NameField, text: string): void {
    if (field === "domain") this.#names.add(text, "exact");
    else if (field === "domain_suffix" && text.startsWith(".")) this.#names.add(text.slice(1), "below");
    else if (field === "domain_suffix") this.#names.add(text, "whole");
  }

  #form(message: string, place: JsonPlace): void {
    this.#tell("lists/sing-box-form", message, place);
  }

  #tell(code: string, message: string, { line, column }: JsonPlace, help?: string): void {
    this.#pump.aside("", (sink) => sink.diagnose(code, message, column, help), { line });
  }
}

const VERSIONS: ReadonlySet<number> = new Set(Array.from({ length: LAST_VERSION }, (_, index) => index + 1));
