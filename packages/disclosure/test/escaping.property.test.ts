import * as fc from "fast-check";
import { expect, it } from "vitest";
import {
  blockedPage,
  type Disclosure,
  disclose,
  extraText,
  languageOf,
  linkBlockedBy,
  problemDetails,
  proxyStatus,
  structuredError,
} from "../src/index.ts";
import { COURT_RULE, refusal } from "./decisions.ts";

// Text as hostile as the formats' own special characters make it, lone surrogates and controls included.
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "<",
        ">",
        '"',
        "'",
        "&",
        "\\",
        "\r\n",
        "\0",
        "\ud800",
        "\udc00",
        "\uffff",
        "\u202e",
        "</style>",
        "<script>",
        ";",
        ",",
        "é",
        "x",
        " ",
        "javascript:",
        "https://a.example/",
        "mailto:",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

const disclosures: fc.Arbitrary<Disclosure> = fc
  .record({ a: hostile, b: hostile, c: hostile, d: hostile, uri: hostile, language: hostile })
  .map(({ a, b, c, d, uri, language }) =>
    disclose(
      refusal({
        id: a,
        title: { [language]: b },
        effect: { action: "block", notice: { page: `https:${uri}` } },
        legalBasis: {
          ...COURT_RULE.legalBasis,
          kind: "operator-policy",
          citations: [
            { scheme: "eli", id: `http://${uri}` },
            { scheme: "ecli", id: uri },
            { scheme: "celex", id: uri },
            { scheme: "document", id: uri, title: d },
          ],
          authority: { name: c, type: "court", jurisdiction: b },
        },
        expires: d,
        remedy: { url: uri, body: d },
      }),
      {
        operator: { name: c, jurisdiction: a, contact: `mailto:${uri}`, url: `https://${uri}` },
        ref: d,
        subject: b,
        language,
      },
    ),
  );

it("HTML: no tag, attribute or entity comes from the data", () => {
  fc.assert(
    fc.property(disclosures, (disclosure) => {
      const page = blockedPage(disclosure);
      const tags = [...page.matchAll(/<\/?([a-z0-9!]+)/gi)].map((match) => match[1]);
      const known = new Set(
        "!doctype html head meta title style body main h1 p dl dt dd a br time code footer".split(" "),
      );
      expect(tags.filter((tag) => !known.has(tag ?? ""))).toEqual([]);
      // every `<` outside the style element opens a tag of ours whose attributes are quoted
      const body = page.slice(page.indexOf("</style>"));
      expect(body.replace(/<(?:\/[a-z0-9]+|[a-z0-9]+(?: [a-z]+="[^"<>]*")*)>/g, "")).not.toMatch(/[<>"]/);
      expect(body).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
      expect(
        [...body.matchAll(/href="([^"]*)"/g)].every((m) => /^(?:https?:|mailto:|tel:)/i.test(m[1] ?? "")),
      ).toBe(true);
    }),
  );
});

it("headers: one line of printable ASCII, quotes balanced as RFC 8941 says", () => {
  fc.assert(
    fc.property(disclosures, hostile, (disclosure, proxy) => {
      const link = linkBlockedBy(disclosure);
      if (link !== null)
        expect(link).toMatch(/^<[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+>; rel="blocked-by"$/);
      const string = String.raw`"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"`;
      expect(proxyStatus(disclosure, { proxy })).toMatch(
        new RegExp(`^${string}; error=http_request_denied; details=${string}$`),
      );
    }),
  );
});

it("JSON: I-JSON (well-formed strings) that reads back the same, inside its byte limit", () => {
  fc.assert(
    fc.property(disclosures, fc.nat(600), (disclosure, limit) => {
      const json = structuredError(disclosure, limit);
      if (json !== null) {
        expect(Buffer.byteLength(json)).toBeLessThanOrEqual(limit);
        const value = JSON.parse(json) as Record<string, unknown>;
        expect(JSON.stringify(value)).toBe(json);
        expect(value["c"] !== undefined || value["j"] !== undefined || value["s"] !== undefined).toBe(true);
      }
      const details = JSON.stringify(problemDetails(disclosure));
      expect(details).not.toMatch(/\\ud[89a-f]/i);
      expect(Buffer.from(details).toString()).toBe(details);
    }),
  );
});

it("extraText: within its bytes, well-formed, no control characters", () => {
  fc.assert(
    fc.property(disclosures, fc.nat(400), (disclosure, limit) => {
      const text = extraText(disclosure, limit);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
      expect(Buffer.from(text).toString()).toBe(text);
      expect(text).not.toMatch(/\p{Cc}/u);
    }),
  );
});

it("languageOf: any header gives an available language", () => {
  fc.assert(fc.property(hostile, (header) => ["en", "de", "fr"].includes(languageOf(header))));
});
