// Addresses and prefixes
export {
  type Address,
  formatAddress,
  type Prefix,
  parseAddress,
  readAddress,
  unmapAddress,
} from "./address.ts";
export { type AddressKind, addressKind, embeddedAddress } from "./address-kind.ts";
// Names
export { MAX_LABEL_BYTES, MAX_NAME_BYTES, parentName, parseName } from "./name.ts";
export { formatPrefix, parsePrefix, prefixContains } from "./prefix.ts";
export {
  type AddressBits,
  type AddressRange,
  addressOfNumber,
  joinRanges,
  prefixesOfRange,
  rangeOfPrefix,
} from "./range.ts";
// Results
export type { Issue, Result } from "./result.ts";
// What a person types
export { parseTarget, type Target } from "./target.ts";
// URLs
export {
  MAX_URL_CHARS,
  parseUrl,
  parseUrlPrefix,
  type RequestUrl,
  type UrlPrefix,
  urlMatchesPrefix,
} from "./url.ts";
