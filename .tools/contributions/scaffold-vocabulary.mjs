import { placeOf } from "./place.mjs";

const BASE = "https://demarc.example/vocabulary/1";

/** Files of a new vocabulary: one term, one field of its own, one fixture of each kind. */
export function scaffoldVocabulary(name) {
  const term = `${name}-first-term`;
  const field = `x-${name}`;
  const valid = fixture(name, "Uses the term", `{ ${field}: { kind: ${term} } }`, term);
  const invalid = fixture(name, "A term that is none", `{ ${field}: { kind: no-such-term } }`, term);
  return {
    "vocabulary.json": json({
      $schema: "https://demarc.example/schema/1/vocabulary.json",
      kind: "vocabulary",
      specVersion: "1.0",
      id: `${BASE}/${name}`,
      version: "1.0.0",
      title: { en: `What ${name} is about` },
      owner: { name: "demarc contributors", type: "association", jurisdiction: "DE" },
      licence: "Apache-2.0",
      stability: "experimental",
      sources: [{ scheme: "celex", id: "32022R2065", pinpoint: ["art_24/par_5"] }],
      terms: [
        {
          id: term,
          title: { en: "What the term is called" },
          definition: { en: "What it covers, and what not." },
          sources: [{ scheme: "celex", id: "32022R2065", pinpoint: ["art_24/par_5"] }],
        },
      ],
    }),
    "schema.json": json({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `${BASE}/${name}/schema.json`,
      title: `What ${name} is about`,
      description: `What \`extensions\` of a policy or a rule may say under \`${field}\`.`,
      type: "object",
      properties: {
        [field]: {
          type: "object",
          description: "What a rule says beside its category.",
          properties: {
            kind: {
              type: "string",
              enum: [term],
              description: `A term of this vocabulary. \`${term}\`: what the term is called.`,
              examples: [term],
            },
          },
          required: ["kind"],
          additionalProperties: false,
          examples: [{ kind: term }],
        },
      },
    }),
    "valid/first.yaml": valid,
    "invalid/no-such-term.yaml": `# expect: vocabulary/value ${placeOf(`\n${invalid}`, "no-such-term")}\n${invalid}`,
    "golden-tests.yaml": goldenTests(name),
    "CHANGELOG.md": `# ${name}\n\n## 1.0.0\n\nFirst terms.\n`,
  };
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fixture(name, title, extensions, category) {
  return `kind: policy
specVersion: "1.0"
id: https://policies.example/${name}/first
version: 1.0.0
title: { en: ${title} }
publisher: { name: Example Access GmbH, type: operator, jurisdiction: DE, contact: "mailto:transparency@isp.example" }
published: 2026-01-01T00:00:00Z
waivers:
  - { lint: policy/far-end, reason: "Reserved names, enforced nowhere; the file shows terms." }
rules:
  - id: ${name}-1
    title: { en: ${title} }
    status: in-force
    category: ${category}
    selectors: [{ type: domain, value: ${name}.example, match: exact }]
    effect: { action: block, notice: { http: 451, ede: 16 } }
    scope: { territories: [DE], connectors: [subject-location], minConfidence: 0.9, whenUnknown: skip }
    legalBasis:
      kind: court-order
      discretion: mandatory
      citations: [{ scheme: ecli, id: "ECLI:DE:LGEXMPL:2026:0101.1O1.26.00" }]
      authority: { name: Landgericht Example, type: court, jurisdiction: DE }
      issued: 2026-01-01
    effective: 2026-01-01T00:00:00Z
    expires: 2036-01-01T00:00:00Z
    justification:
      aim: rights-of-others
      necessity: The example has to show this term.
      leastRestrictive: One reserved name.
      overblocking: none-expected
    remedy: { url: "https://isp.example/appeal", body: Landgericht Example }
    tests:
      - { at: 2026-06-01T00:00:00Z, where: DE, target: ${name}.example, expect: block }
      - { at: 2026-06-01T00:00:00Z, where: AT, target: ${name}.example, expect: no-match }
      - { at: 2036-01-01T00:00:00Z, where: DE, target: ${name}.example, expect: no-match }
    extensions: ${extensions}
`;
}

function goldenTests(name) {
  return `kind: golden-tests
specVersion: "1.0"
id: https://policies.example/${name}/tests
version: 1.0.0
title: { en: What must hold of the fixture }
subject: valid/first.yaml
tests:
  - { name: the name is blocked, at: 2026-06-01T00:00:00Z, where: DE, target: ${name}.example, expect: block }
  - { name: nothing is elsewhere, at: 2026-06-01T00:00:00Z, where: AT, target: ${name}.example, expect: no-match }
`;
}
