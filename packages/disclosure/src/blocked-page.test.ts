import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { OPERATOR, refusal } from "../test/decisions.ts";
import { BLOCKED_PAGE_CSP, blockedPage } from "./blocked-page.ts";
import { disclose } from "./disclose.ts";

const page = blockedPage(
  disclose(refusal(), { operator: OPERATOR, ref: "log/17", subject: "a.example", language: "de" }),
);

it("is allowed by its own policy: the one style element has the hash the header names", () => {
  const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)];
  expect(styles).toHaveLength(1);
  const hash = createHash("sha256")
    .update(styles[0]?.[1] ?? "")
    .digest("base64");
  expect(BLOCKED_PAGE_CSP).toContain(`'sha256-${hash}'`);
  expect(page).not.toMatch(/<script|<img|<link|style=|src=|url\(|@import| on[a-z]+=/);
});

it("names law, authority, end, remedy and operator, in the page's language", () => {
  expect(page).toContain('<html lang="de">');
  for (const text of [
    "Landgericht Example (DE)",
    'href="https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32014R0833"',
    '<time datetime="2027-02-01T00:00:00Z">2027-02-01</time>',
    'href="https://isp.example/appeal"',
    "<code>log/17</code>",
    "<p>Gerichtsbeschluss</p>",
  ]) {
    expect(page).toContain(text);
  }
});

it("marks a title that is in another language than the page", () => {
  const french = blockedPage(disclose(refusal(), { operator: OPERATOR, ref: null, language: "fr" }));
  expect(french).toContain('<p lang="en">Court order</p>');
});
