/** A principle that documents are held to. */
export interface Lint {
  readonly code: string;
  /** A warning can be set aside by a waiver with a reason; an error can not. */
  readonly severity: "error" | "warning";
  readonly principle: string;
  /** Where the principle comes from. */
  readonly source: string;
  /** What is said against. */
  readonly says: string;
}

const ICCPR = "ICCPR Article 19(3)";
const MANILA = (part: string): string => `Manila Principles on Intermediary Liability, ${part}`;

/** Every lint, in the order of docs/lints.md. Those of severity error are part of validation. */
export const LINTS = [
  {
    code: "policy/missing-law",
    severity: "error",
    principle: "A rule rests on law, or says that it does not.",
    source: `${ICCPR}, "provided by law"; ${MANILA("II")}`,
    says: "a rule without `legalBasis`",
  },
  {
    code: "policy/legal-basis-cited",
    severity: "warning",
    principle: "What the law demands can be looked up.",
    source: `${ICCPR}, "provided by law"; ${MANILA("II")}`,
    says: "a rule that law demands or permits and that cites documents only: no ELI, ECLI, CELEX, Akoma Ntoso or docket",
  },
  {
    code: "policy/aim-listed",
    severity: "warning",
    principle: "The aim is one that international law knows.",
    source: `${ICCPR}(a) and (b)`,
    says: "a rule that law demands or permits, whose aim is no term of the vocabulary of aims",
  },
  {
    code: "policy/necessity-stated",
    severity: "warning",
    principle: "Why it is necessary is said, and for this rule.",
    source: `${ICCPR}, necessity; ${MANILA("IV")}, proportionality`,
    says: "a stock phrase, fewer than three words, or the same text in more than five rules",
  },
  {
    code: "policy/least-restrictive",
    severity: "warning",
    principle: "What else is reached has been looked at.",
    source: `${MANILA("IV")}, least restrictive means`,
    says: "a block of everything below a name, a prefix or a URL, with `overblocking: unknown`",
  },
  {
    code: "policy/no-end",
    severity: "error",
    principle: "A rule ends, or is looked at again.",
    source: `${MANILA("IV")}, limited duration`,
    says: "a rule with neither `expires` nor `reviewBy`",
  },
  {
    code: "policy/far-end",
    severity: "warning",
    principle: "The end, or the next look, is not left to another generation.",
    source: `${MANILA("IV")}, periodic review`,
    says: "a rule that neither ends nor is looked at again within three years",
  },
  {
    code: "policy/ends-soon",
    severity: "warning",
    principle: "An end does not come as a surprise.",
    source: `${MANILA("IV")}, limited duration`,
    says: "a rule that ends within thirty days",
  },
  {
    code: "policy/expired",
    severity: "warning",
    principle: "What has ended is said to have ended.",
    source: `${MANILA("IV")}, limited duration`,
    says: "a rule in force whose end has passed; the engine no longer applies it",
  },
  {
    code: "policy/review-overdue",
    severity: "warning",
    principle: "A promised look is taken.",
    source: `${MANILA("IV")}, periodic review`,
    says: "a rule in force whose `reviewBy` has passed",
  },
  {
    code: "policy/authority-competent",
    severity: "warning",
    principle: "An authority binds where it has authority.",
    source: `${ICCPR}, "provided by law"; ${MANILA("II")}`,
    says: "a territory in scope that the authority's jurisdiction does not cover when the rule takes effect",
  },
  {
    code: "policy/ecli-country",
    severity: "error",
    principle: "A judgment is of the court that is named.",
    source: "ECLI, Council conclusions 2011/C 127/01",
    says: "a court whose state is not that of the ECLI it cites",
  },
  {
    code: "policy/citation-country",
    severity: "warning",
    principle: "An authority applies its own law, or says whose.",
    source: "Council conclusions 2012/C 325/02 (ELI); Akoma Ntoso Naming Convention 1.0, section 4",
    says: "a text of another state than the authority's, by its ELI or Akoma Ntoso identifier",
  },
  {
    code: "policy/missing-notice",
    severity: "error",
    principle: "Nothing is covert.",
    source: `${MANILA("VI")}, transparency; Santa Clara Principles, notice`,
    says: "an effect other than `allow` and `observe` without `notice`",
  },
  {
    code: "policy/secrecy-outlives-rule",
    severity: "warning",
    principle: "Secrecy ends before the rule does.",
    source: `${MANILA("VI")}, transparency; Santa Clara Principles, notice`,
    says: "a citation that is kept secret until the rule's end, or beyond it",
  },
  {
    code: "policy/right-code",
    severity: "warning",
    principle: "The answer says who wanted it.",
    source: "RFC 7725 section 3; RFC 8914 section 4",
    says: "451 or Censored (16) without a legal demand, or Blocked (15) with one",
  },
  {
    code: "policy/missing-field",
    severity: "error",
    principle: "Who is affected can turn to somebody.",
    source: `${MANILA("V")}, due process; Santa Clara Principles, appeal`,
    says: "a rule without `remedy`, as any other field that is required",
  },
  {
    code: "policy/scope-not-wider-than-basis",
    severity: "warning",
    principle: "A rule reaches as far as its law.",
    source: `${ICCPR}, "provided by law"; Article 355 TFEU; EEA Agreement`,
    says: "a restrictive measure of the Union scoped beyond the Union, or another act of it beyond the EEA",
  },
  {
    code: "policy/evidence-floor",
    severity: "warning",
    principle: "A block needs evidence of place.",
    source: `${MANILA("IV")}; ${ICCPR}, necessity`,
    says: "a block by law below confidence 0.8 that applies where the place is unknown",
  },
  {
    code: "policy/unknown-category",
    severity: "warning",
    principle: "Categories are counted alike everywhere.",
    source: "Regulation (EU) 2022/2065, Article 24(5); Lumen",
    says: "a category that no vocabulary has",
  },
  {
    code: "policy/golden-tests",
    severity: "warning",
    principle: "A rule shows where it applies, and where and when it does not.",
    source: "the practice of Catala and OPA, tests beside the rules",
    says: "a rule without a test that matches, one in its time that does not, or one after its end",
  },
  {
    code: "policy/yaml-norway",
    severity: "warning",
    principle: "A country code is text in every reader.",
    source: "YAML 1.1, https://yaml.org/type/bool.html; YAML 1.2.2 section 10.3",
    says: "`NO` without quotation marks, which older readers take for false",
  },
  {
    code: "policy/duplicate-selector",
    severity: "warning",
    principle: "What is said is said once.",
    source: `${MANILA("III")}, clear and unambiguous requests`,
    says: "a selector that is there twice in one rule, or that an exception takes back",
  },
  {
    code: "policy/covers-registry",
    severity: "warning",
    principle: "Nobody blocks a whole registry unknowingly.",
    source: `Public Suffix List, ICANN section; ${MANILA("IV")}`,
    says: "everything below a name under which a registry registers others",
  },
  {
    code: "policy/covers-shared-hosting",
    severity: "warning",
    principle: "Nobody blocks the neighbours unknowingly.",
    source: `Public Suffix List, private section; ${MANILA("IV")}`,
    says: "everything below a name whose holder hands out names to customers",
  },
  {
    code: "policy/above-public-suffix",
    severity: "warning",
    principle: "Nobody blocks the neighbours unknowingly.",
    source: `Public Suffix List; ${MANILA("IV")}`,
    says: "everything below a name that has public suffixes further down",
  },
  {
    code: "policy/list-too-old",
    severity: "warning",
    principle: "A list is as good as it is fresh.",
    source: `${MANILA("IV")}, periodic review`,
    says: "a list whose date is further back than its `maxAge`",
  },
  {
    code: "policy/in-no-layer",
    severity: "warning",
    principle: "What is written is enforced, or is not there.",
    source: `${MANILA("VI")}, transparency: what looks enforced is`,
    says: "a policy beside the policy set that no layer names",
  },
] as const satisfies readonly Lint[];

/** The code of a lint. */
export type LintCode = (typeof LINTS)[number]["code"];
