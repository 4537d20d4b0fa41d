// The message codec alone: pure TypeScript over Uint8Array, no Node, no Effect.
export { decodeHeader, decodeMessage } from "./codec/decode.ts";
export { type ExtendedError, encodeExtendedError, extendedErrorsOf } from "./codec/ede-option.ts";
export { encodeMessage } from "./codec/encode.ts";
export type { DnsIssue } from "./codec/issue.ts";
export {
  type Edns,
  type EdnsOption,
  type Header,
  type Message,
  OPTION,
  type Question,
  RCODE,
  type ResourceRecord,
  TYPE,
} from "./codec/message.ts";
export { MAX_NAME_BYTES, type ReadName, readName } from "./codec/name.ts";
