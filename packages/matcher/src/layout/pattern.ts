// Patterns: uint32 how many, rows, then their texts. A row: uint32 posting list, uint32 where its text starts, uint8 length of
// the text, uint8 start and end of the segment with the token, uint8 start of the token, uint8 anchor at the start (0 none, 1
// the URL's, 2 a label's of its host), uint8 1 for an anchor at the end, uint16 zero. `urlBytes` of a URL are looked at;
// `mostOfToken` patterns have one token at most.
// Imported as `* as PATTERN`: a bundler then puts the numbers where they are used.
export const bytes = 16;
export const posting = 0;
export const text = 4;
export const length = 8;
export const start = 12;
export const mostBytes = 255;
export const mostOfToken = 255;
export const urlBytes = 1024;
