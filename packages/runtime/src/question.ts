// "What happens to this name there and then?": a person's question as a request, for the command line and the monitor.
import { isTerritory, suggestTerritory } from "@demarc/jurisdiction";
import type { Place, PolicyImage, Request } from "@demarc/matcher";
import { type Issue, parseTarget, type Result } from "@demarc/net";

const MAX_PORT = 65_535;

/** A question as a person types it; empty text counts as not given. */
export interface Question {
  /** A name, an address, or an http(s) URL. */
  readonly target: string;
  /** Where the subject is: an ISO 3166 code, or nothing for unknown. */
  readonly territory?: string | undefined;
  /** Where the destination is, for route rules. */
  readonly hostTerritory?: string | undefined;
  /** RFC 3339, or a civil date for its first instant in UTC; nothing for now. */
  readonly at?: string | undefined;
  /** 1 to 65535. */
  readonly port?: number | undefined;
  readonly dataClasses?: readonly string[] | undefined;
}

/** Which part of the question could not be read, and why. */
export interface QuestionFault {
  readonly field: "target" | "territory" | "hostTerritory" | "at" | "port";
  readonly issue: Issue;
}

/**
 * Reads a question into a request: the subject's place at confidence 1 (a person said so), the host's likewise, and the
 * establishment of the image's operator.
 *
 * Input: `now` in milliseconds since 1970-01-01T00:00:00Z, used when the question names no time.
 * Errors: the issue of the first field that can not be read.
 */
export function readQuestion(
  image: PolicyImage,
  question: Question,
  now: number,
): Result<Request, QuestionFault> {
  const target = parseTarget(question.target.trim());
  if (!target.ok) return { ok: false, issue: { field: "target", issue: target.issue } };
  const at = readInstant(question.at, now);
  if (at === null) {
    const message = `\`${question.at ?? ""}\` is no instant`;
    return {
      ok: false,
      issue: {
        field: "at",
        issue: { code: "question/at", message, help: "write it as 2026-11-24T12:00:00Z or 2026-11-24" },
      },
    };
  }
  const { port } = question;
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= MAX_PORT)) {
    const message = `\`${port}\` is no port`;
    return {
      ok: false,
      issue: {
        field: "port",
        issue: { code: "question/port", message, help: `write a number from 1 to ${MAX_PORT}` },
      },
    };
  }
  const places: Place[] = [
    { connector: "operator-establishment", territory: image.set.operator.jurisdiction, confidence: 1 },
  ];
  for (const [field, connector] of [
    ["territory", "subject-location"],
    ["hostTerritory", "host-location"],
  ] as const) {
    const code = question[field]?.trim() ?? "";
    if (code === "" || code === "unknown") continue;
    if (!isTerritory(code)) return { ok: false, issue: { field, issue: unknownTerritory(code) } };
    places.push({ connector, territory: code, confidence: 1 });
  }
  const { text: _text, ...facts } = target.value;
  return {
    ok: true,
    value: {
      at,
      ...facts,
      ...(port === undefined ? {} : { port }),
      ...(question.dataClasses === undefined ? {} : { dataClasses: question.dataClasses }),
      places,
    },
  };
}

/** Milliseconds since 1970 from RFC 3339 or a civil date (its first instant in UTC); `now` for no text, null for another. */
export function readInstant(text: string | undefined, now: number): number | null {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "") return now;
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(trimmed))
    return null;
  // Date.parse makes 2 March of 30 February.
  const day = trimmed.slice(0, 10);
  const start = Date.parse(day);
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return null;
  const at = Date.parse(trimmed);
  return Number.isNaN(at) ? null : at;
}

function unknownTerritory(code: string): Issue {
  const suggestion = suggestTerritory(code);
  const help =
    suggestion === null ? "write an ISO 3166 code such as DE or ES-CN" : `did you mean ${suggestion}?`;
  return { code: "question/territory", message: `\`${code}\` is no territory`, help };
}
