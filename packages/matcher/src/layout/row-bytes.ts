// Bytes of a row, by section: all that a reader by columns needs of them.
// Imported as `* as ROW_BYTES`: a bundler then puts the numbers where they are used.
export const scopes = 8;
export const items = 8;
export const intervals = 32;
export const atoms = 12;
/** A chain: uint32 length in bits, uint32 posting list, uint32 chain that holds it plus 1 (0 for none; always an earlier one). */
export const chains = 12;
export const ports = 12;
export const asns = 8;
export const states = 16;
export const schedules = 16;
export const windows = 8;
export const offsets = 16;
export const classes = 8;
