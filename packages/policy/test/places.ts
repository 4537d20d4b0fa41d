// The places that the tests of this package know; the real ones are those of @demarc/jurisdiction.
const TERRITORIES = new Set("AT CH DE FR GB GL JP KR NO RE US".split(" "));
const GROUPS = new Set(["group:EU", "group:EEA"]);

export const knowledge = {
  isTerritory: (code: string): boolean => TERRITORIES.has(code),
  isGroup: (code: string): boolean => GROUPS.has(code),
  suggestTerritory: (text: string): string | null => (text === "DD" ? "DE" : null),
};

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  "group:EU": ["AT", "DE", "FR", "RE"],
  "group:EEA": ["AT", "DE", "FR", "NO", "RE"],
};

/** Whether all of `inner` is in `outer`, with the members above at any time; RE is French. */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || (outer === "FR" && inner === "RE")) return true;
  const members = MEMBERS[outer] ?? [];
  return (MEMBERS[inner] ?? [inner]).every((place) => members.includes(place));
}
