export type { Address, Prefix } from "./address.ts";
export type { Issue, Result } from "./result.ts";
