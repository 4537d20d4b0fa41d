// Byte offsets within the header.
// Imported as `* as HEADER`: a bundler then puts the numbers where they are used.
export const version = 8;
export const sectionCount = 12;
export const digest = 16;
export const table = 48;
export const tableEntryBytes = 16;
