// Raw requests against a running proxy with an origin behind it. Each vector is data with the reason for it.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchange, type Origin, type RunningProxy, startOrigin, startProxy } from "./fake.ts";

/** One raw request; `{host}`, `{port}` and `{id}` are filled in, and text is latin1. */
interface Vector {
  readonly id: string;
  readonly why: string;
  readonly request: string;
  /** Statuses that are right; the first answer counts. */
  readonly status: readonly number[];
  /** How many requests reach the origin, body and all. */
  readonly reaches: number;
  /** True when the client ends its side after the request. */
  readonly end?: boolean;
  readonly origin?: {
    readonly target?: string;
    readonly body?: string;
    readonly has?: readonly string[];
    readonly hasNo?: readonly string[];
  };
  readonly answerHas?: readonly string[];
  readonly answerHasNo?: readonly string[];
}

const folder = new URL("vectors/", import.meta.url);
const classes = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => ({
    name: file.replace(".json", ""),
    vectors: JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Vector[],
  }));

let proxy: RunningProxy;
let origin: Origin;
beforeAll(async () => {
  proxy = await startProxy();
  origin = await startOrigin();
});
afterAll(async () => {
  await proxy.stop();
  origin.stop();
});

describe.each(classes)("$name", ({ name, vectors }) => {
  it.concurrent.each(vectors)("$id: $why", async (vector) => {
    const id = `${name}-${vector.id}`;
    const fill = (text: string): string =>
      text
        .replaceAll("{host}", `a.example:${origin.port}`)
        .replaceAll("{port}", String(origin.port))
        .replaceAll("{id}", id);
    const answer = await exchange(proxy.port, fill(vector.request), { end: vector.end ?? false });
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
    expect(vector.status, answer.slice(0, 600)).toContain(status);
    for (const text of vector.answerHas ?? []) expect(answer).toContain(fill(text));
    for (const text of vector.answerHasNo ?? []) expect(answer).not.toContain(fill(text));
    if (status >= 400 && status !== 200) expect(answer).toContain("Proxy-Status: ");

    const mark = new RegExp(`${id}(?![\\w-])`);
    const seen = origin.seen.filter(({ target, rawHeaders }) => mark.test(target) || rawHeaders.includes(id));
    expect(seen.length).toBe(vector.reaches);
    if (vector.origin === undefined) return;
    const [first] = seen;
    const lines = (first?.rawHeaders ?? [])
      .map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\n`))
      .join("");
    if (vector.origin.target !== undefined) expect(first?.target).toBe(fill(vector.origin.target));
    if (vector.origin.body !== undefined) expect(first?.body).toBe(vector.origin.body);
    for (const text of vector.origin.has ?? []) expect(lines).toContain(fill(text));
    for (const text of vector.origin.hasNo ?? []) expect(lines).not.toContain(fill(text));
  });
});

it("keeps its own books in order", () => {
  const { records } = proxy.gate;
  const words = new Set(records.map(({ response }) => response));
  expect([...words].every((word) => /^(?:\d{3}|forwarded|tunnel|aborted)$/.test(word))).toBe(true);
});
