// Decisions per rule over the last hour: a plot for the eye, and the same figures as a table.
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { MonitorState } from "../state.ts";
import { number } from "./words.ts";

const COLOURS = ["#c2410c", "#1d4ed8", "#047857", "#7e22ce", "#a16207", "#be123c", "#0e7490", "#4d7c0f"];
const DASHES = [[], [6, 3], [2, 3], [10, 3, 2, 3]];
const HEIGHT_PX = 240;
const MOST_LINES = 8;

/** The decisions section. */
export function Decisions({ state }: { readonly state: MonitorState }) {
  const { minutes, lines } = seriesOf(state);
  return (
    <section id="decisions" aria-labelledby="decisions-title" tabIndex={-1}>
      <h2 id="decisions-title">Decisions over the last hour</h2>
      <p>{summary(state)}</p>
      {lines.length === 0 ? (
        <p>No rule has decided anything in this hour.</p>
      ) : (
        <Plot minutes={minutes} lines={lines} />
      )}
      {lines.length === 0 ? null : (
        <details>
          <summary>The same figures as a table</summary>
          <div class="scroll" tabIndex={0} role="region" aria-label="Decisions by rule and minute">
            <table id="decision-table">
              <thead>
                <tr>
                  <th scope="col">Minute (UTC)</th>
                  {lines.map((line) => (
                    <th key={line.rule} scope="col" class="number">
                      {line.rule}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {minutes.map((minute, index) =>
                  lines.every((line) => line.counts[index] === 0) ? null : (
                    <tr key={minute}>
                      <th scope="row">{new Date(minute * 1000).toISOString().slice(11, 16)}</th>
                      {lines.map((line) => (
                        <td key={line.rule} class="number">
                          {number(line.counts[index] ?? 0)}
                        </td>
                      ))}
                    </tr>
                  ),
                )}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  );
}

interface Line {
  readonly rule: string;
  readonly counts: readonly number[];
}

// Minutes are Unix seconds, 60 of them up to now; a minute in which nothing was decided is a zero, not a hole.
function seriesOf(state: MonitorState): { minutes: number[]; lines: Line[] } {
  const last = Math.floor(Date.parse(state.at) / 60_000) * 60;
  const minutes = Array.from({ length: 60 }, (_, index) => last - (59 - index) * 60);
  const byRule = new Map<string, number[]>();
  for (const point of state.points) {
    for (const item of point.series) {
      const index = minutes.indexOf(Date.parse(item.minute) / 1000);
      if (index < 0) continue;
      for (const [rule, count] of Object.entries(item.rules)) {
        const counts = byRule.get(rule) ?? minutes.map(() => 0);
        counts[index] = (counts[index] ?? 0) + count;
        byRule.set(rule, counts);
      }
    }
  }
  const total = (line: Line) => line.counts.reduce((sum, count) => sum + count, 0);
  const lines = [...byRule].map(([rule, counts]) => ({ rule, counts })).filter((line) => total(line) > 0);
  return { minutes, lines: lines.sort((a, b) => total(b) - total(a)).slice(0, MOST_LINES) };
}

function summary(state: MonitorState): string {
  const sum = (pick: (point: MonitorState["points"][number]) => number) =>
    state.points.reduce((all, point) => all + pick(point), 0);
  return `${number(sum((point) => point.refused))} refused and ${number(sum((point) => point.passed))} passed since the enforcement points started.`;
}

function Plot({ minutes, lines }: { readonly minutes: readonly number[]; readonly lines: readonly Line[] }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const names = lines.map((line) => line.rule).join("\n");
  const data = [[...minutes], ...lines.map((line) => [...line.counts])] as uPlot.AlignedData;

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const ink = getComputedStyle(element).color;
    const axis = {
      stroke: ink,
      grid: { stroke: "rgba(128,128,128,0.25)" },
      ticks: { stroke: "rgba(128,128,128,0.4)" },
    };
    plot.current = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT_PX,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        scales: { y: { range: (_plot, _low, high) => [0, Math.max(1, high)] } },
        axes: [
          { ...axis, values: "{HH}:{mm}" },
          { ...axis, label: "decisions per minute", labelSize: 24 },
        ],
        series: [
          {
            value: (_plot, value) =>
              value === null ? "" : new Date(value * 1000).toISOString().slice(11, 16),
          },
          ...lines.map((line, index) => ({
            label: line.rule,
            stroke: COLOURS[index % COLOURS.length] ?? ink,
            width: 2,
            dash: DASHES[index % DASHES.length] ?? [],
          })),
        ],
      },
      data,
      element,
    );
    const resize = () => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT_PX });
    addEventListener("resize", resize);
    return () => {
      removeEventListener("resize", resize);
      plot.current?.destroy();
      plot.current = null;
    };
    // A new plot only when the set of lines changes; new figures go into the one that is there.
  }, [names]);
  useEffect(() => plot.current?.setData(data), [data]);

  return (
    <div
      class="plot"
      ref={place}
      role="img"
      aria-label={`Decisions per minute by rule: ${lines.map((line) => line.rule).join(", ")}. The table below has the figures.`}
    />
  );
}
