// Bytes to an image that can be asked. Everything is checked here, so that no later read can go wrong.
import type { ImageIssue } from "./image-issue.ts";
import { hex, sha256Bytes } from "./internal/digest.ts";
import { ImageFault, orIssue } from "./internal/image-fault.ts";
import { NumberMap } from "./internal/number-map.ts";
import type { OpenedImage, Scratch } from "./internal/opened-image.ts";
import { readPatterns } from "./internal/pattern-table.ts";
import { PerRule } from "./internal/per-rule.ts";
import { defaultDecision, recordOf } from "./internal/prebuilt-decisions.ts";
import { readRecords } from "./internal/read-records.ts";
import { readRules } from "./internal/read-rules.ts";
import { readSections, type Sections } from "./internal/read-sections.ts";
import {
  readAny,
  readAsns,
  readAtoms,
  readClasses,
  readPorts,
  readPostings,
} from "./internal/read-selectors.ts";
import { readChains, readKeySet, readRanges } from "./internal/read-tables.ts";
import { SET_SHAPE } from "./internal/record-shape.ts";
import { agreesInTime } from "./internal/records.ts";
import { Teller } from "./internal/tell.ts";
import { readTerritories } from "./internal/territory.ts";
import { Texts } from "./internal/texts.ts";
import * as RULE from "./layout/rule.ts";
import { FORMAT_VERSION, SECTION } from "./layout.ts";
import type { PolicyImage, RuleRecord } from "./types.ts";

/** How much is checked when opening. */
export interface OpenOptions {
  /**
   * `verify` (the default) computes the content's digest; `trust` takes the one in the header, for bytes whose digest was
   * checked when they were stored. Nothing else is taken on trust: damaged bytes may give other answers then, and never
   * a fault.
   */
  readonly digest?: "verify" | "trust" | undefined;
  /** SHA-256 of the machine, where it has one; several times faster than the one in this package. */
  readonly sha256?: ((content: Uint8Array) => Uint8Array) | undefined;
}

/**
 * Opens an image: checks its form and its digest, and prepares it for decisions.
 *
 * Input: the bytes that `@demarc/compiler` made; they are not copied and must not change afterwards.
 * Errors: see ImageIssue; never throws, whatever the bytes.
 * Cost: that of SHA-256 over the bytes; without it, or besides, under a microsecond a rule and nothing a name.
 * No rule is made an object before it decides or is asked for.
 */
export function openImage(
  bytes: Uint8Array,
  options: OpenOptions = {},
): { readonly ok: true; readonly value: PolicyImage } | { readonly ok: false; readonly issue: ImageIssue } {
  return orIssue(() => {
    const digestOf = options.digest === "trust" ? null : (options.sha256 ?? sha256Bytes);
    const { sections, digest } = readSections(bytes, digestOf);
    return read(bytes, sections, hex(digest));
  });
}

function read(bytes: Uint8Array, sections: Sections, digest: string): PolicyImage {
  const texts = new Texts(sections);
  const ruleCount = sections.rows(SECTION.rules, RULE.bytes).length / (RULE.bytes / 4);
  const teller = new Teller(readRecords(sections, ruleCount, texts), texts);
  const set = teller.tell(SET_SHAPE, teller.words[0] as number) as PolicyImage["set"];
  const territories = readTerritories(sections, texts);
  const table = readRules(sections, set.layers.length, territories.scopes);
  for (let rule = 0; rule < ruleCount; rule += 1)
    if (!agreesInTime(teller, table, rule))
      throw new ImageFault(
        "image/value",
        sections.offset(SECTION.rules) + rule * RULE.bytes,
        `rule ${rule} is described otherwise than its row says`,
      );
  const atoms = readAtoms(sections, ruleCount, texts);
  const { starts, postings } = readPostings(sections, atoms.length / 3);
  const listCount = starts.length - 1;
  const chains = readChains(sections, SECTION.chains, listCount);
  return new Opened(bytes.length, {
    digest,
    set,
    teller,
    table,
    territories,
    records: new PerRule(),
    decisions: new PerRule(),
    routes: new PerRule(),
    byDefault: defaultDecision(set.default, "default", digest),
    malformed: defaultDecision(set.default, "request-malformed", digest),
    atoms,
    postingStarts: starts,
    postings,
    names: readKeySet(sections, SECTION.names),
    urls: readKeySet(sections, SECTION.urls),
    patterns: readPatterns(sections),
    ranges4: readRanges(sections, SECTION.prefixes4, 4, chains),
    ranges6: readRanges(sections, SECTION.prefixes6, 16, chains),
    chains,
    ports: readPorts(sections, listCount),
    asns: readAsns(sections, listCount),
    classes: readClasses(sections, texts, listCount),
    any: readAny(sections, listCount),
    scratch: newScratch(),
  });
}

// What a program sees of an image. The inside is an object of its own: one with many fields and an accessor is slow to read.
class Opened implements PolicyImage {
  readonly formatVersion = FORMAT_VERSION;
  readonly digest: string;
  readonly byteLength: number;
  readonly set: PolicyImage["set"];
  readonly ruleCount: number;
  readonly selectorCount: number;
  readonly inside: OpenedImage;
  #rules: readonly RuleRecord[] | undefined;

  constructor(byteLength: number, inside: OpenedImage) {
    this.digest = inside.digest;
    this.byteLength = byteLength;
    this.set = inside.set;
    this.ruleCount = inside.table.count;
    this.selectorCount = inside.postings.length;
    this.inside = inside;
  }

  get rules(): readonly RuleRecord[] {
    this.#rules ??= Object.freeze(
      Array.from({ length: this.ruleCount }, (_, rule) => recordOf(this.inside, rule)),
    );
    return this.#rules;
  }
}

function newScratch(): Scratch {
  return {
    hitCount: 0,
    hitAtoms: new Uint32Array(FEW),
    hitRanks: new Int32Array(FEW),
    struck: new NumberMap(),
    matchCount: 0,
    matchOfRule: new NumberMap(),
    matchRules: new Uint32Array(FEW),
    matchRanks: new Int32Array(FEW),
    matchDetails: new Int32Array(FEW),
    matchMarks: new Uint8Array(FEW),
    competing: new Uint32Array(FEW),
  };
}

// As many hits and matches as nearly every request has.
const FEW = 64;
