// A picture with two logarithmic axes, without a library: lines, their names, and a description in words.

/** One line of the picture. */
export interface Series {
  readonly name: string;
  readonly isOurs: boolean;
  readonly points: readonly { readonly rules: number; readonly nanoseconds: number }[];
}

const WIDTH = 1000;
const HEIGHT = 560;
const LEFT = 80;
const RIGHT = 250;
const TOP = 56;
const BOTTOM = 52;
const COLOURS = [
  "#2f6f5e",
  "#a05a16",
  "#3b5fa8",
  "#8a3f7a",
  "#6b6f1d",
  "#7a4a3a",
  "#44525c",
  "#1d7a8a",
  "#b03a4a",
];
const LOW = 100;
const HIGH = 100_000_000;
const MOST = 1_000_000;

const x = (rules: number): number =>
  LEFT + (Math.log10(rules / 10) / Math.log10(MOST / 10)) * (WIDTH - LEFT - RIGHT);
const y = (cost: number): number =>
  HEIGHT -
  BOTTOM -
  (Math.log10(Math.max(cost, LOW) / LOW) / Math.log10(HIGH / LOW)) * (HEIGHT - TOP - BOTTOM);

/** The SVG (1000 by 560) of costs in nanoseconds against numbers of rules. */
export function drawCosts(series: readonly Series[]): string {
  const lines = series.map((each, index) => lineOf(each, COLOURS[index % COLOURS.length] ?? "#000"));
  const ends = spread(series.map(({ points }) => y(points.at(-1)?.nanoseconds ?? LOW)));
  const names = series.map(({ name, isOurs }, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? "#000";
    return `<text x="${WIDTH - RIGHT + 16}" y="${(ends[index] ?? 0) + 4}" fill="${colour}"${isOurs ? ' font-weight="700"' : ""}>${name}</text>`;
  });
  const words = series
    .map(
      ({ name, points }) =>
        `${name}: ${points.map((each) => `${unit(each.nanoseconds)} at ${each.rules.toLocaleString("en")}`).join(", ")}`,
    )
    .join(". ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13">
<title id="title">Cost of one answer against the number of rules</title>
<desc id="desc">${words}.</desc>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fbfaf7"/>
<text x="${LEFT}" y="28" font-size="16" font-weight="600" fill="#1c2a33">Processor time of one answer against the number of rules</text>
${axes()}
${lines.join("\n")}
${names.join("\n")}
</svg>
`;
}

function lineOf({ isOurs, points }: Series, colour: string): string {
  const path = points.map(
    ({ rules, nanoseconds }, index) =>
      `${index === 0 ? "M" : "L"}${x(rules).toFixed(1)} ${y(nanoseconds).toFixed(1)}`,
  );
  const dots = points.map(
    ({ rules, nanoseconds }) =>
      `<circle cx="${x(rules).toFixed(1)}" cy="${y(nanoseconds).toFixed(1)}" r="3.5" fill="${colour}"/>`,
  );
  return `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="${isOurs ? 3 : 1.6}"/>${dots.join("")}`;
}

function axes(): string {
  const parts: string[] = [];
  for (let rules = 10; rules <= MOST; rules *= 10)
    parts.push(
      `<line x1="${x(rules).toFixed(1)}" x2="${x(rules).toFixed(1)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#e3e1da"/>`,
      `<text x="${x(rules).toFixed(1)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#44525c">${rules.toLocaleString("en")}</text>`,
    );
  for (let cost = LOW; cost <= HIGH; cost *= 10)
    parts.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(cost).toFixed(1)}" y2="${y(cost).toFixed(1)}" stroke="#e3e1da"/>`,
      `<text x="${LEFT - 8}" y="${(y(cost) + 4).toFixed(1)}" text-anchor="end" fill="#44525c">${unit(cost)}</text>`,
    );
  parts.push(
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle" fill="#44525c">rules</text>`,
  );
  return parts.join("\n");
}

function unit(nanoseconds: number): string {
  if (nanoseconds >= 1e6) return `${Number((nanoseconds / 1e6).toPrecision(2))} ms`;
  return nanoseconds >= 1e3
    ? `${Number((nanoseconds / 1e3).toPrecision(2))} µs`
    : `${Number(nanoseconds.toPrecision(2))} ns`;
}

// Names at the lines' ends, moved apart where they would lie on each other.
function spread(wanted: readonly number[]): readonly number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const out = [...wanted];
  let last = TOP - 18;
  for (const index of order) {
    out[index] = Math.max(out[index] ?? 0, last + 18);
    last = out[index] ?? 0;
  }
  return out;
}
