import type { DisclosedCitation } from "./citation-link.ts";
import type { Disclosure } from "./disclose.ts";
import { day, kindOf } from "./extra-text.ts";
import { type Phrases, phrasesIn } from "./phrases.ts";

const STYLE =
  ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:2rem 1rem;color:CanvasText;background:Canvas}h1{font-size:1.6rem;line-height:1.2}dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}footer{margin-top:2rem;border-top:1px solid;padding-top:1rem;font-size:.9rem}@media(max-width:30rem){dl{grid-template-columns:1fr}}@media print{a::after{content:' <' attr(href) '>'}body{max-width:none}}";

/** SHA-256 of the one style element, as CSP wants it; a test recomputes it. */
const STYLE_HASH = "sha256-tufD6DIX3FzZAdAEoTOgu2SPY2O6uq/AfJ7sfxLKotU=";

/**
 * Value of `Content-Security-Policy` to send with `blockedPage`: nothing loads, nothing runs, nothing frames it;
 * the page's one style element is allowed by its hash.
 */
export const BLOCKED_PAGE_CSP: string = `default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/**
 * A complete HTML page that says what was refused, by whom, on what law, where, until when and how to appeal.
 * It makes no request of its own, has no script, and escapes every text. Send it as `text/html; charset=utf-8` with
 * `BLOCKED_PAGE_CSP` and `Content-Language: disclosure.language`.
 */
export function blockedPage(disclosure: Disclosure): string {
  const phrases = phrasesIn(disclosure.language);
  const { effect, rule } = disclosure;
  const heading = phrases.heading[effect.action === "allow" ? "block" : effect.action];
  const title =
    rule?.title == null
      ? ""
      : `<p${rule.title.language === disclosure.language ? "" : ` lang="${escapeHtml(rule.title.language)}"`}>${escapeHtml(rule.title.text)}</p>\n`;
  return `<!doctype html>
<html lang="${escapeHtml(disclosure.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${disclosure.httpStatus} ${escapeHtml(heading)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(heading)}</h1>
${title}<p>${escapeHtml(phrases.decidedBy[disclosure.decidedBy])}</p>
<dl>
${rows(disclosure, phrases)}
</dl>
</main>
<footer><p>${escapeHtml(phrases.noInterception)}</p></footer>
</body>
</html>
`;
}

function rows(disclosure: Disclosure, phrases: Phrases): string {
  const { label } = phrases;
  const { basis, scope, rule, operator, remedy } = disclosure;
  const list: string[] = [];
  const add = (name: string, html: string | null): void => {
    if (html !== null && html !== "") list.push(`<dt>${escapeHtml(name)}</dt><dd>${html}</dd>`);
  };
  add(label.address, text(disclosure.subject));
  add(label.needed, text(neededOf(disclosure, phrases)));
  add(label.decision, text(kindOf(disclosure, phrases)));
  add(label.authority, text(basis === null ? null : named(basis.authority, basis.authorityJurisdiction)));
  add(label.law, lawOf(disclosure, phrases));
  add(label.where, text(scope === null ? null : scope.territories.join(", ")));
  add(label.except, text(scope === null ? null : scope.except.join(", ")));
  add(label.since, date(disclosure.effective));
  add(label.end, date(disclosure.until));
  add(label.review, date(disclosure.reviewBy));
  add(label.why, text(disclosure.justification["necessity"] ?? null));
  add(label.remedy, remedy === null ? null : link(remedy.url, remedy.body));
  add(label.more, disclosure.page === null ? null : link(disclosure.page, disclosure.page));
  add(label.operator, link(operator.url ?? operator.contact, named(operator.name, operator.jurisdiction)));
  add(label.policy, text(rule === null ? null : `${rule.id}, ${rule.policy.id} ${rule.policy.version}`));
  add(
    label.reference,
    disclosure.reference === null ? null : `<code>${escapeHtml(disclosure.reference)}</code>`,
  );
  return list.join("\n");
}

function neededOf({ effect }: Disclosure, phrases: Phrases): string | null {
  if (effect.action === "gate")
    return effect.minimumAge === null ? effect.condition : phrases.age(effect.minimumAge);
  if (effect.action !== "route") return null;
  const allowed = `${phrases.egress}: ${effect.egress.join(", ")}`;
  return effect.hostKnown ? allowed : `${allowed}; ${phrases.hostUnknown}`;
}

function lawOf({ basis }: Disclosure, phrases: Phrases): string | null {
  if (basis === null) return null;
  if (basis.withheld === null) return basis.citations.map(cite).join("<br>");
  const order = basis.withheld.citation === null ? "" : ` (${cite(basis.withheld.citation)})`;
  return `${escapeHtml(`${phrases.withheld} ${day(basis.withheld.until)}`)}${order}`;
}

function cite(citation: DisclosedCitation): string {
  return link(citation.link, citation.text);
}

function named(name: string, jurisdiction: string | null): string {
  return jurisdiction === null || jurisdiction === "" ? name : `${name} (${jurisdiction})`;
}

function text(value: string | null): string | null {
  return value === null ? null : escapeHtml(value);
}

function date(instant: string | null): string | null {
  return instant === null
    ? null
    : `<time datetime="${escapeHtml(instant)}">${escapeHtml(day(instant))}</time>`;
}

function link(uri: string | null, words: string): string {
  return uri === null
    ? escapeHtml(words)
    : `<a rel="noreferrer" href="${escapeHtml(uri)}">${escapeHtml(words)}</a>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}
