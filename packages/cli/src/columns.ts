/** Rows as lines with aligned columns, two spaces between them; the last column is as long as it is. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** Numbers for texts in the order in which they are first asked for: `[1]`, and what stands behind each at the end. */
export class Footnotes {
  readonly #texts: string[] = [];

  mark(text: string): string {
    let at = this.#texts.indexOf(text);
    if (at < 0) at = this.#texts.push(text) - 1;
    return `[${at + 1}]`;
  }

  lines(): readonly string[] {
    return columns(this.#texts.map((text, at) => [`[${at + 1}]`, text]));
  }
}
