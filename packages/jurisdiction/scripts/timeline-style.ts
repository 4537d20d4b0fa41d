// How timelines look: the picture has a ground of its own, so that it reads on any page, and follows the reader's scheme.

// A mark beside each fill, so that no two kinds differ by colour alone.
const INSIDE = [
  { light: "#2f6f5e", dark: "#5fb39c", mark: "" },
  { light: "#a05a16", dark: "#e0a35f", mark: "M0 8L8 0" },
  { light: "#3b5fa8", dark: "#86a8ec", mark: "M4 0V8" },
  { light: "#8a3f7a", dark: "#d38cc3", mark: "M0 4H8" },
  { light: "#6b6f1d", dark: "#c3c85e", mark: "M0 0L8 8" },
] as const;
const OUTSIDE = [
  { light: "#b3bac0", dark: "#4d565e", mark: "M0 8L8 0M0 0L8 8" },
  { light: "#c4bac0", dark: "#5f545b", mark: "M2 0V8M6 0V8" },
  { light: "#b6c5be", dark: "#4a5a53", mark: "M0 2H8M0 6H8" },
  { light: "#c9c6a8", dark: "#5a583f", mark: "M0 0L8 8" },
] as const;
const FILLS = [...INSIDE, ...OUTSIDE];

export const STYLE = `.bg{fill:#fbfaf7}.h{font-size:16px;font-weight:600;fill:#1c2a33}.c{font:12px ui-monospace,monospace;text-anchor:end;fill:#1c2a33}.l,.y{font-size:12px;fill:#44525c}.y{text-anchor:middle}.g{stroke:#d9d7d0}.b{stroke:#fbfaf7;stroke-width:.6}.r{font-size:10.5px;fill:#fff;font-weight:600}.r.o{fill:#1c2a33}.m{stroke:#fff;stroke-opacity:.45;fill:none}${FILLS.map(({ light }, index) => `.k${index}{fill:${light}}`).join("")}@media(prefers-color-scheme:dark){.bg{fill:#14191d}.h,.c{fill:#e8ecee}.l,.y{fill:#b4bec5}.g{stroke:#2b343a}.b{stroke:#14191d}.r,.r.o{fill:#0d1113}.m{stroke:#14191d}${FILLS.map(({ dark }, index) => `.k${index}{fill:${dark}}`).join("")}.r.o{fill:#fff}}`;

/** One pattern per kind, by its position: `p0`, `p1` ... */
export function patternsText(kinds: readonly string[]): string {
  const outside = (kind: string): boolean => kind.startsWith("outside");
  return kinds
    .map((kind, index) => {
      const same = kinds.filter((each) => outside(each) === outside(kind)).indexOf(kind);
      const fill = outside(kind) ? INSIDE.length + (same % OUTSIDE.length) : same % INSIDE.length;
      const mark = FILLS[fill]?.mark ?? "";
      return `<pattern id="p${index}" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="k${fill}" width="8" height="8"/>${mark === "" ? "" : `<path class="m" d="${mark}"/>`}</pattern>`;
    })
    .join("");
}

export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
