// A group's intervals as a picture: one lane per history, time from left to right. What is told by colour is told by words too.
import { codesFile, type GroupFile } from "./data-files.ts";
import { type GroupRow, rowsOf } from "./groups-table.ts";
import { escapeXml, patternsText, STYLE } from "./timeline-style.ts";

/** The last year drawn unless an interval ends later. What is open runs to the edge, with a point. */
const LAST_YEAR = 2027;
const LABEL_WIDTH = 250;
const LABEL_CHARACTERS = 34;
const PLOT_WIDTH = 700;
const PAD = 20;
const LINE = 17;

interface Bar {
  readonly from: number;
  readonly until: number | null;
  readonly kind: string;
  readonly row: GroupRow;
}

interface Lane {
  readonly codes: string[];
  readonly bars: readonly Bar[];
}

/** What a bar is called: its regime, or inside and outside. */
const kindOf = ({ inside, regime }: GroupRow): string =>
  inside ? (regime ?? "inside") : regime === null ? "outside" : `outside: ${regime}`;

/** The picture of a group. The same data give the same bytes. */
export function timelineSvg(file: GroupFile): string {
  const lanes = lanesOf(file);
  const kinds = [...new Set(lanes.flatMap(({ bars }) => bars.map(({ kind }) => kind)))].toSorted(
    (a, b) => Number(a.startsWith("outside")) - Number(b.startsWith("outside")) || (a < b ? -1 : 1),
  );
  const bars = lanes.flatMap((lane) => lane.bars);
  const first = yearOf(Math.min(...bars.map(({ from }) => from)));
  const last = Math.max(LAST_YEAR, ...bars.map(({ until }) => (until === null ? 0 : yearOf(until) + 1)));
  const left = PAD + LABEL_WIDTH;
  const xOf = (at: number): number => {
    const year = yearOf(at);
    const start = Date.UTC(year, 0, 1);
    const part = (at - start) / (Date.UTC(year + 1, 0, 1) - start);
    return left + ((year + part - first) / (last - first)) * PLOT_WIDTH;
  };
  const legend = legendText(kinds, PAD, 62);
  const top = legend.bottom + 34;
  const out: string[] = [];
  let y = top;
  for (const lane of lanes) {
    const lines = wrapped(lane.codes);
    const height = lines.length * LINE + 5;
    lines.forEach((line, index) => {
      out.push(`<text class="c" x="${left - 10}" y="${y + 13 + index * LINE}">${escapeXml(line)}</text>`);
    });
    for (const bar of lane.bars) out.push(barText(bar, lane.codes, xOf, y, left + PLOT_WIDTH, kinds));
    y += height;
  }
  const bottom = y + 4;
  const width = left + PLOT_WIDTH + PAD + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + PAD}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif">
<title id="title">${escapeXml(`group:${file.group}: ${file.title}, over time`)}</title>
<desc id="desc">${escapeXml(description(lanes, kinds, first))}</desc>
<style>${STYLE}</style>
<defs>${patternsText(kinds)}</defs>
<rect class="bg" width="${width}" height="${bottom + PAD}" rx="10"/>
<text class="h" x="${PAD}" y="36">${escapeXml(`group:${file.group} · ${file.title}`)}</text>
${legend.text}
${axisText(first, last, left, top, bottom)}
${out.join("\n")}
</svg>
`;
}

// Territories with the same history share a lane; lanes in the order in which they begin.
function lanesOf(file: GroupFile): readonly Lane[] {
  const other = new Set(Object.values(codesFile.alsoCoded).flat());
  const byTerritory = new Map<string, GroupRow[]>();
  for (const row of rowsOf(file))
    if (!other.has(row.territory))
      byTerritory.set(row.territory, [...(byTerritory.get(row.territory) ?? []), row]);
  const lanes = new Map<string, Lane>();
  for (const [territory, rows] of byTerritory) {
    const sorted = rows.toSorted((a, b) => a.from.at - b.from.at);
    // By civil dates: midnights differ by a few hours, which no picture shows.
    const key = sorted
      .map((row) => [dayOf(row.from), row.until && dayOf(row.until), kindOf(row)].join())
      .join("|");
    const lane = lanes.get(key);
    if (lane === undefined)
      lanes.set(key, {
        codes: [territory],
        bars: sorted.map((row) => ({
          from: row.from.at,
          until: row.until?.at ?? null,
          kind: kindOf(row),
          row,
        })),
      });
    else lane.codes.push(territory);
  }
  for (const { codes } of lanes.values()) codes.sort();
  const start = ({ bars }: Lane): string => dayOf(bars[0]?.row.from ?? { at: 0, offset: 0 });
  return [...lanes.values()].toSorted((a, b) => {
    const [one, two] = [`${start(a)} ${a.codes[0] ?? ""}`, `${start(b)} ${b.codes[0] ?? ""}`];
    return one < two ? -1 : 1;
  });
}

function barText(
  { from, until, kind, row }: Bar,
  codes: readonly string[],
  xOf: (at: number) => number,
  y: number,
  edge: number,
  kinds: readonly string[],
): string {
  const x = xOf(from);
  const end = until === null ? edge : xOf(until);
  const width = Math.max(1.5, end - x);
  const what = `${codes.join(" ")}: ${kind} from ${dayOf(row.from)}${row.until === null ? "" : ` until ${dayOf(row.until)}`}. ${row.source}`;
  const shape =
    until === null
      ? `<path class="b" fill="url(#p${kinds.indexOf(kind)})" d="M${n(x)} ${y + 2}H${n(edge)}l6 6.5l-6 6.5H${n(x)}z"/>`
      : `<rect class="b" fill="url(#p${kinds.indexOf(kind)})" x="${n(x)}" y="${y + 2}" width="${n(width)}" height="13"/>`;
  const label = kind.replace(/^outside: /, "");
  const named =
    kinds.length > 1 && width > label.length * 6.4 + 8
      ? `<text class="r${kind.startsWith("outside") ? " o" : ""}" x="${n(x + 4)}" y="${y + 12}">${escapeXml(label)}</text>`
      : "";
  return `<g><title>${escapeXml(what)}</title>${shape}${named}</g>`;
}

function legendText(
  kinds: readonly string[],
  x0: number,
  y0: number,
): { readonly text: string; readonly bottom: number } {
  const parts: string[] = [];
  let x = x0;
  let y = y0;
  kinds.forEach((kind, index) => {
    const width = 30 + kind.length * 6.6 + 18;
    if (x + width > x0 + LABEL_WIDTH + PLOT_WIDTH) {
      x = x0;
      y += 20;
    }
    parts.push(
      `<rect class="b" fill="url(#p${index})" x="${n(x)}" y="${y - 11}" width="22" height="13"/><text class="l" x="${n(x + 28)}" y="${y}">${escapeXml(kind)}</text>`,
    );
    x += width;
  });
  return { text: parts.join("\n"), bottom: y };
}

function axisText(first: number, last: number, left: number, top: number, bottom: number): string {
  const step = [1, 2, 5, 10].find((each) => (last - first) / each <= 14) ?? 20;
  const lines: string[] = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) {
    const x = n(left + ((year - first) / (last - first)) * PLOT_WIDTH);
    lines.push(
      `<path class="g" d="M${x} ${top - 6}V${bottom}"/><text class="y" x="${x}" y="${top - 10}">${year}</text>`,
    );
  }
  return lines.join("\n");
}

function description(lanes: readonly Lane[], kinds: readonly string[], first: number): string {
  const inside = lanes.filter(({ bars }) =>
    bars.some(({ until, kind }) => until === null && !kind.startsWith("outside")),
  );
  const codes = inside.flatMap((lane) => lane.codes).toSorted();
  const ended = lanes
    .filter((lane) => !inside.includes(lane) && lane.bars.some(({ kind }) => !kind.startsWith("outside")))
    .flatMap((lane) =>
      lane.codes.map((code) => `${code} until ${dayOf(lane.bars.at(-1)?.row.until ?? { at: 0, offset: 0 })}`),
    );
  return [
    `Time runs from ${first} at the left; each lane is one territory or several with the same dates, each bar one interval.`,
    kinds.length > 1 ? `Kinds of interval: ${kinds.join(", ")}.` : "",
    `Still running: ${codes.length === 0 ? "none" : codes.join(" ")}.`,
    ended.length === 0 ? "" : `Ended: ${ended.join(", ")}.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function wrapped(codes: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const code of codes) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + code.length <= LABEL_CHARACTERS)
      lines[lines.length - 1] = `${last} ${code}`;
    else lines.push(code);
  }
  return lines;
}

const n = (value: number): string => String(Number(value.toFixed(1)));
const yearOf = (at: number): number => new Date(at).getUTCFullYear();

// The civil date there.
function dayOf({ at, offset }: { readonly at: number; readonly offset: number }): string {
  const local = new Date(at + offset * 60_000).toISOString();
  return local.endsWith("T00:00:00.000Z") ? local.slice(0, 10) : local.slice(0, 16);
}
