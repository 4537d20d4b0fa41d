// The page. One path: the server's state arrives (first by fetch, then by event stream) and every section is a
// function of it. Nothing is kept that the server does not know, but the filter, the question, and the last checkpoint seen.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { MonitorState } from "../state.ts";
import { Decisions } from "./decisions.tsx";
import { InForce } from "./in-force.tsx";
import { Points } from "./points.tsx";
import { Why } from "./why.tsx";
import { ago } from "./words.ts";

function Page() {
  const [state, setState] = useState<MonitorState | null>(null);
  const [live, setLive] = useState(false);
  useEffect(() => {
    const events = new EventSource("/api/events");
    events.addEventListener("state", (event) => {
      setLive(true);
      setState(JSON.parse(event.data) as MonitorState);
    });
    events.addEventListener("error", () => setLive(false));
    return () => events.close();
  }, []);

  return (
    <>
      <a class="skip" href="#in-force">
        Skip to what is in force
      </a>
      <header>
        <h1>demarc monitor</h1>
        <nav aria-label="Sections">
          <a href="#in-force">In force</a>
          <a href="#decisions">Decisions</a>
          <a href="#points">Enforcement points</a>
          <a href="#why">Why?</a>
        </nav>
        <p id="live" class={live ? "good" : "bad"} role="status">
          {state === null
            ? "waiting for the first state"
            : live
              ? `live, as of ${ago(state.at, state.at)}`
              : "connection lost; trying again"}
        </p>
      </header>
      <main>
        {state === null ? null : (
          <>
            <InForce state={state} />
            <Decisions state={state} />
            <Points state={state} />
            <Why state={state} />
          </>
        )}
      </main>
      <footer>
        <p>
          Every figure comes from the state directories of the enforcement points. All times are UTC. Allowed
          traffic is counted and never listed; clients are never recorded.
        </p>
      </footer>
    </>
  );
}

const root = document.getElementById("root");
if (root !== null) render(<Page />, root);
