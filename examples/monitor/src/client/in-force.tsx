// What is in force where, until when, on whose authority: one table, grouped by authority, filtered by place and text.
import { useState } from "preact/hooks";
import type { MonitorState, RuleState } from "../state.ts";
import { day, number, untilWords } from "./words.ts";

/** The rules section. */
export function InForce({ state }: { readonly state: MonitorState }) {
  const [place, setPlace] = useState("");
  const [text, setText] = useState("");
  const places = [...new Set(state.rules.flatMap((rule) => rule.territories))].sort();
  const shown = state.rules.filter(
    (rule) => (place === "" || rule.territories.includes(place)) && mentions(rule, text),
  );
  const authorities = [...new Set(shown.map((rule) => rule.authority))].sort();

  return (
    <section id="in-force" aria-labelledby="in-force-title" tabIndex={-1}>
      <h2 id="in-force-title">What is in force</h2>
      <form class="filter" onSubmit={(event) => event.preventDefault()}>
        <label>
          Where{" "}
          <select id="place" value={place} onChange={(event) => setPlace(event.currentTarget.value)}>
            <option value="">everywhere</option>
            {places.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          Containing{" "}
          <input
            id="text"
            type="search"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <output>
          {shown.length} of {state.rules.length} rules
        </output>
      </form>
      {authorities.map((authority) => (
        <RuleTable
          key={authority}
          authority={authority}
          rules={shown.filter((rule) => rule.authority === authority)}
          now={state.at}
        />
      ))}
      {state.rules.length === 0 ? <p>No enforcement point has a policy set in force.</p> : null}
    </section>
  );
}

function RuleTable({
  authority,
  rules,
  now,
}: {
  readonly authority: string;
  readonly rules: readonly RuleState[];
  readonly now: string;
}) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Rules of ${authority}`}>
      <table class="rules">
        <caption>
          {authority} <span class="quiet">({rules[0]?.authorityJurisdiction})</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Effect</th>
            <th scope="col">Where</th>
            <th scope="col">Until</th>
            <th scope="col">Law</th>
            <th scope="col">Remedy</th>
            <th scope="col" class="number">
              Decisions
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RuleRow({ rule, now }: { readonly rule: RuleState; readonly now: string }) {
  const end = rule.expires ?? rule.reviewBy;
  const decisions = Object.values(rule.decisions).reduce((sum, count) => sum + count, 0);
  return (
    <tr class={rule.phase === "in force" ? "" : "quiet"}>
      <th scope="row">
        {rule.title}
        <br />
        <code>{rule.id}</code>
      </th>
      <td>
        <span class={`effect ${rule.effect}`}>{rule.effect}</span>
        {rule.phase === "in force" ? null : <div>{rule.phase}</div>}
      </td>
      <td>
        {rule.territories.join(", ")}
        {rule.except.length > 0 ? ` except ${rule.except.join(", ")}` : ""}
        <div class="quiet">by {rule.connectors.join(", ")}</div>
      </td>
      <td>
        <span class="date">{end === null ? "no date" : day(end)}</span>
        {end === null ? null : (
          <div class="quiet">
            {rule.expires === null ? "review " : ""}
            {untilWords(end, now)}
          </div>
        )}
      </td>
      <td>
        {rule.law.map((law) => (
          <div key={law.text}>
            {law.link === null ? (
              law.text
            ) : (
              <a href={law.link} rel="noreferrer noopener">
                {law.text}
              </a>
            )}
          </div>
        ))}
        <div class="quiet">{rule.legalKind}</div>
      </td>
      <td>
        <a href={rule.remedy.url} rel="noreferrer noopener">
          {rule.remedy.body}
        </a>
      </td>
      <td class="number">
        {number(decisions)}
        <div class="quiet">{rule.enforcedBy.join(", ")}</div>
      </td>
    </tr>
  );
}

function mentions(rule: RuleState, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return true;
  const words = [
    rule.id,
    rule.title,
    rule.authority,
    rule.effect,
    rule.legalKind,
    ...rule.law.map((law) => law.text),
  ];
  return words.some((word) => word.toLowerCase().includes(wanted));
}
