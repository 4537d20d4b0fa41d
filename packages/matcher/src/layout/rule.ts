// Columns of a rule row (byte offsets): one cache line. Connectors to onFailure are a byte each. `overrides` and `states` are
// uint32 start and count; those of one rule follow those of the rule before it.
// Imported as `* as RULE`: a bundler then puts the numbers where they are used.
export const bytes = 64;
export const effective = 0;
export const expires = 8;
export const minConfidence = 16;
export const connectors = 24;
export const status = 25;
export const effect = 26;
export const whenUnknown = 27;
export const onFailure = 28;
export const layer = 32;
export const scope = 36;
export const egress = 40;
export const schedule = 44;
export const overrides = 48;
export const states = 56;
