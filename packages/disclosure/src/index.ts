export { BLOCKED_PAGE_CSP, blockedPage } from "./blocked-page.ts";
export type { DisclosedCitation } from "./citation-link.ts";
export {
  type DisclosedBasis,
  type DisclosedEffect,
  type DiscloseOptions,
  type Disclosure,
  disclose,
} from "./disclose.ts";
export { type DecidedBy, edeOf } from "./ede.ts";
export { EXTRA_TEXT_BYTES, extraText } from "./extra-text.ts";
export {
  httpStatus,
  linkBlockedBy,
  PROBLEM_MEDIA_TYPE,
  type ProblemDetails,
  type ProxyStatusOptions,
  problemDetails,
  proxyStatus,
} from "./http.ts";
export { LANGUAGES, languageOf } from "./language-of.ts";
export { structuredError } from "./structured-error.ts";
