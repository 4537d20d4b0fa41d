// Prefixes of one family, by where they start: uint32 bytes of a value (2 or 4), number of `direct` (0 or 65,537), of rows of
// `fine`, of starts, of whole addresses; then direct, fine (257 uint32 a row), lows (uint16 for IPv4, uint32 for IPv6), values,
// chains of the whole addresses, the whole addresses. Each part starts at a multiple of 4. Tables with fewer than `large`
// starts have whole addresses only.
// Imported as `* as RANGES`: a bundler then puts the numbers where they are used.
export const direct = 20;
export const large = 4096;
