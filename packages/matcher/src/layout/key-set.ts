// A key set: uint32 number of keys, seed, units of the longest key, number of blocks, groups, bytes of records, pieces, and bytes of
// a group in a record (0 to 3), then zeros up to `head`; blocks (KEY_BLOCK), filters (`filterWords` uint32 for each block but the last:
// of the hash of each key that is the block's own, bits 8 and 9 say which word, and bits 0 to 4 and 10 to 14 which two of its bits are
// set), units (bit n where some key has n, up to the longest), pieces (8 bytes of text and uint32 how many of them each), groups (three
// uint32 posting lists each), records. Each part starts at a multiple of 4.
// Imported as `* as KEY_SET`: a bundler then puts the numbers where they are used.
export const head = 64;
export const filterWords = 4;
