// A block of a key set, four buckets with `mostKeys` keys at most: uint32 where its records start; for each bucket uint8 how many
// keys of the block are before its end, the last with `goesOn` where keys are in the next block since this one is full; for each
// key uint8 its print, and for each key uint8 the bytes of its record. A set has a block for `fullKeys` keys, at least; what the
// last of these is too full for is in one more. No key is further than `mostSteps` blocks from its own.
// Imported as `* as KEY_BLOCK`: a bundler then puts the numbers where they are used.
export const bytes = 64;
export const words = 16;
export const buckets = 4;
export const fullKeys = 20;
export const mostKeys = 28;
export const mostSteps = 8;
export const records = 0;
export const ends = 4;
export const goesOn = 0x80;
export const prints = 8;
export const lengths = 36;
