// Each enforcement point: what it enforces, what it refused to enforce and why, and whether its log holds.
import { useEffect, useState } from "preact/hooks";
import type { EntryState, LogState, MonitorState, PointPolicy, PointState } from "../state.ts";
import { checkLog, type LogCheck } from "./check-log.ts";
import { ago, instant, number } from "./words.ts";

/** The enforcement points section. */
export function Points({ state }: { readonly state: MonitorState }) {
  return (
    <section id="points" aria-labelledby="points-title" tabIndex={-1}>
      <h2 id="points-title">Enforcement points and their logs</h2>
      <div class="cards">
        {state.points.map((point) => (
          <Point key={point.app} point={point} now={state.at} />
        ))}
      </div>
      {state.points.length === 0 ? <p>No enforcement point has written a state directory yet.</p> : null}
    </section>
  );
}

function Point({ point, now }: { readonly point: PointState; readonly now: string }) {
  return (
    <article class="card" aria-label={point.app}>
      <h3>
        {point.app} <span class={point.state === "running" ? "good" : "bad"}>{point.state}</span>
      </h3>
      <dl>
        <dt>Listens</dt>
        <dd>{point.listen ?? "unknown"}</dd>
        <dt>Last heard</dt>
        <dd>{point.updatedAt === null ? "never" : ago(point.updatedAt, now)}</dd>
        <dt>Decisions</dt>
        <dd>
          {number(point.refused)} refused, {number(point.passed)} passed
        </dd>
      </dl>
      {point.policy === null ? null : <Policy policy={point.policy} />}
      <Log point={point} now={now} />
      <Latest entries={point.log.latest} app={point.app} />
    </article>
  );
}

function Policy({ policy }: { readonly policy: PointPolicy }) {
  return (
    <>
      <h4>Policy set</h4>
      <dl>
        <dt>In force</dt>
        <dd>
          {policy.set} {policy.version}, since {instant(policy.activatedAt)}
        </dd>
        <dt>Image</dt>
        <dd>
          <code title={policy.image}>{policy.image.slice(0, 16)}…</code>
        </dd>
      </dl>
      {policy.refused === null ? null : (
        <div class="refused" role="alert">
          <p>
            <strong>A newer policy set was refused</strong> at {instant(policy.refused.at)}. The last good one
            stays in force.
          </p>
          <ul>
            {policy.refused.issues.map((issue) => (
              <li key={`${issue.where}${issue.code}`}>
                <code>{issue.where}</code> {issue.message} <span class="quiet">({issue.code})</span>
                {issue.help === null ? null : <div class="quiet">{issue.help}</div>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

const CHECK_INTERVAL_MS = 5000;

/** Checks the log in this browser whenever it has grown, every few seconds at most. */
function useLogCheck(point: PointState): LogCheck | null {
  const [check, setCheck] = useState<LogCheck | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), CHECK_INTERVAL_MS);
    return () => clearInterval(timer);
  }, []);
  const { origin, verifierKey } = point.log;
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      const found = await checkLog(point).catch(
        (error: unknown): LogCheck => ({ outcome: "unable", text: String(error) }),
      );
      if (isCurrent) setCheck(found);
    };
    void look();
    return () => {
      isCurrent = false;
    };
  }, [point.app, origin, verifierKey, turn]);
  return check;
}

const OUTCOME_CLASS = { holds: "good", fails: "bad", unable: "" } as const;

function Log({ point, now }: { readonly point: PointState; readonly now: string }) {
  const check = useLogCheck(point);
  const log: LogState = point.log;
  const verification = log.verification;
  return (
    <>
      <h4>Log</h4>
      <dl>
        <dt>Origin</dt>
        <dd>
          <code>{log.origin ?? "none"}</code>
        </dd>
        <dt>Size</dt>
        <dd>{number(log.size)} entries</dd>
        <dt>Checkpoint</dt>
        <dd>{log.checkpointAt === null ? "none" : ago(log.checkpointAt, now)}</dd>
        <dt>Writing</dt>
        <dd class={log.writing === "failing" ? "bad" : ""}>
          {log.writing}
          {log.dropped > 0 ? `, ${number(log.dropped)} decisions counted as a gap` : ""}
        </dd>
        <dt>Verified</dt>
        <dd class={`verification ${verification === null ? "" : verification.ok ? "good" : "bad"}`}>
          {verification === null
            ? "not yet"
            : `${verification.ok ? "holds" : "does NOT hold"}, ${number(verification.size)} entries, ${ago(verification.at, now)}`}
        </dd>
        <dt>Checked in this browser</dt>
        <dd class={`browser-check ${check === null ? "" : OUTCOME_CLASS[check.outcome]}`}>
          {check === null ? "not yet" : check.text}
        </dd>
      </dl>
      {verification !== null && verification.findings.length > 0 ? (
        <ul class="bad">
          {verification.findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function Latest({ entries, app }: { readonly entries: readonly EntryState[]; readonly app: string }) {
  if (entries.length === 0) return null;
  return (
    <details>
      <summary>Latest listed decisions</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Latest listed decisions of ${app}`}>
        <table class="latest">
          <thead>
            <tr>
              <th scope="col" class="number">
                Entry
              </th>
              <th scope="col">Time</th>
              <th scope="col">What</th>
              <th scope="col">Rule</th>
              <th scope="col">Response</th>
              <th scope="col">Reference</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.index}>
                <td class="number">{entry.index}</td>
                <td>{instant(entry.time)}</td>
                <td>{entry.what}</td>
                <td>{entry.rule ?? "default"}</td>
                <td>{entry.response}</td>
                <td>
                  <code>{entry.ref}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
