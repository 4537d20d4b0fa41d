// "Why": a name, a territory and a time, answered by the image in force with everything that applied.
import { useState } from "preact/hooks";
import type { MonitorState, WhyAnswer, WhyFault, WhyRule } from "../state.ts";
import { instant } from "./words.ts";

/** The question form and its answer. */
export function Why({ state }: { readonly state: MonitorState }) {
  const [answer, setAnswer] = useState<WhyAnswer | null>(null);
  const [fault, setFault] = useState<WhyFault | null>(null);

  const ask = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const query = new URLSearchParams();
    for (const [key, value] of form) if (typeof value === "string") query.set(key, value.trim());
    const response = await fetch(`/api/why?${query}`);
    const body: unknown = await response.json();
    setAnswer(response.ok ? (body as WhyAnswer) : null);
    setFault(response.ok ? null : (body as WhyFault));
  };

  return (
    <section id="why" aria-labelledby="why-title" tabIndex={-1}>
      <h2 id="why-title">Why?</h2>
      <form
        class="why"
        onSubmit={(event) => {
          void ask(event);
        }}
      >
        <label>
          Name, address or URL
          <input
            name="name"
            required
            autocomplete="off"
            spellcheck={false}
            placeholder="piracy.example"
            aria-invalid={fault?.field === "name"}
          />
        </label>
        <label>
          Territory (ISO code, empty for unknown)
          <input
            name="territory"
            autocomplete="off"
            maxLength={20}
            placeholder="DE"
            aria-invalid={fault?.field === "territory"}
          />
        </label>
        <label>
          Time (UTC, empty for now)
          <input
            name="at"
            autocomplete="off"
            placeholder={state.at.slice(0, 19) + "Z"}
            aria-invalid={fault?.field === "at"}
          />
        </label>
        <label>
          Enforcement point
          <select name="point">
            {state.points.map((point) => (
              <option key={point.app}>{point.app}</option>
            ))}
          </select>
        </label>
        <button type="submit">Ask</button>
      </form>
      <div id="answer" aria-live="polite">
        {fault === null ? null : (
          <p class="bad" role="alert">
            {fault.message}
          </p>
        )}
        {answer === null ? null : <Answer answer={answer} />}
      </div>
    </section>
  );
}

function Answer({ answer }: { readonly answer: WhyAnswer }) {
  const { question } = answer;
  return (
    <>
      <p>
        <strong class={answer.verdict === "pass" ? "good" : "bad"}>
          {answer.verdict === "pass" ? "Passes" : "Refused"}
        </strong>
        : <code>{question.target}</code>{" "}
        {question.territory === "" ? "in an unknown territory" : `in ${question.territory}`} at{" "}
        {instant(question.at)} UTC. Effect {answer.effect}, {answer.reason}.
      </p>
      <Fates caption="Applied, in order of precedence" rules={answer.applied} />
      <Fates caption="Matched, but did not apply" rules={answer.notApplied} />
      <p class="quiet">
        Decided by image <code>{answer.image}</code>.
      </p>
    </>
  );
}

function Fates({ caption, rules }: { readonly caption: string; readonly rules: readonly WhyRule[] }) {
  if (rules.length === 0) return null;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Effect</th>
            <th scope="col">Authority</th>
            <th scope="col">Matched by</th>
            <th scope="col">Until</th>
            <th scope="col">Fate</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.rule}>
              <th scope="row">
                {rule.title}
                <br />
                <code>{rule.rule}</code>
              </th>
              <td>
                <span class={`effect ${rule.effect}`}>{rule.effect}</span>
              </td>
              <td>{rule.authority}</td>
              <td>{rule.specificity}</td>
              <td>{rule.until === null ? "no date" : rule.until.slice(0, 10)}</td>
              <td>{rule.fate}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
