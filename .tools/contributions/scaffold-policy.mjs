import { placeOf } from "./place.mjs";

const SCHEMA = "https://demarc.example/schema/1/policy.json";

const YEAR = new Date().getUTCFullYear();

/** Files of a new policy: what is in it is an example, complete and valid, to be written over. */
export function scaffoldPolicy(territory, slug) {
  const state = territory.startsWith("group:") ? "DE" : territory.slice(0, 2);
  const elsewhere = ["CH", "JP"].find((each) => each !== state) ?? "JP";
  const inside = territory.startsWith("group:") ? "FR" : territory;
  const policy = policyText({ territory, state, slug, inside, elsewhere });
  const lawless = policy.replace(/^ {4}legalBasis:\n(?: {6}.*\n)+/m, "");
  return {
    [`valid/${slug}.yaml`]: policy,
    "invalid/without-law.yaml": `# expect: policy/missing-law ${placeOf(`\n${lawless}`, `id: ${slug}-1\n`)}\n${lawless}`,
    "golden-tests.yaml": goldenTests({ slug, inside, elsewhere }),
    "CHANGELOG.md": `# ${slug}\n\n## 1.0.0\n\nFirst version.\n`,
  };
}

function policyText({ territory, state, slug, inside, elsewhere }) {
  const place = territory.startsWith("group:") ? `"${territory}"` : quoted(territory);
  return `# yaml-language-server: $schema=../../../../../packages/policy/schema/draft-07/policy.schema.json
$schema: ${SCHEMA}
kind: policy
specVersion: "1.0"
id: https://policies.example/${slug}
version: 1.0.0
title: { en: "What this policy is about" }
publisher: { name: Example Access GmbH, type: operator, jurisdiction: ${quoted(state)}, contact: "mailto:transparency@isp.example" }
published: ${YEAR}-01-01T00:00:00Z
rules:
  - id: ${slug}-1
    title: { en: "What this rule is about" }
    status: in-force
    category: STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS
    selectors: [{ type: domain, value: ${slug}.example, match: exact }]
    effect: { action: block, notice: { http: 451, ede: 16 } }
    scope: { territories: [${place}], connectors: [subject-location], minConfidence: 0.9, whenUnknown: skip }
    legalBasis:
      kind: court-order
      discretion: mandatory
      citations: [{ scheme: docket, id: "1 O 1/${YEAR % 100}", court: Court of Example, date: ${YEAR}-01-01 }]
      authority: { name: Court of Example, type: court, jurisdiction: ${place} }
      issued: ${YEAR}-01-01
    effective: ${YEAR}-01-01T00:00:00Z
    expires: ${YEAR + 2}-01-01T00:00:00Z
    justification:
      aim: rights-of-others
      necessity: Why this aim needs this rule, in a sentence about this case.
      leastRestrictive: Why nothing milder does.
      overblocking: none-expected
    remedy: { url: "https://isp.example/appeal", body: Court of Example }
    tests:
      - { at: ${YEAR}-06-01T00:00:00Z, where: ${quoted(inside)}, target: ${slug}.example, expect: block }
      - { at: ${YEAR}-06-01T00:00:00Z, where: ${elsewhere}, target: ${slug}.example, expect: no-match }
      - { at: ${YEAR + 2}-01-01T00:00:00Z, where: ${quoted(inside)}, target: ${slug}.example, expect: no-match }
`;
}

function goldenTests({ slug, inside, elsewhere }) {
  return `# yaml-language-server: $schema=../../../../packages/policy/schema/draft-07/golden-tests.schema.json
kind: golden-tests
specVersion: "1.0"
id: https://policies.example/${slug}/tests
version: 1.0.0
title: { en: "What must hold" }
subject: valid/${slug}.yaml
tests:
  - { name: the name is blocked, at: ${YEAR}-06-01T00:00:00Z, where: ${quoted(inside)}, target: ${slug}.example, expect: block }
  - { name: nothing is elsewhere, at: ${YEAR}-06-01T00:00:00Z, where: ${elsewhere}, target: ${slug}.example, expect: no-match }
  - { name: names below it are not, at: ${YEAR}-06-01T00:00:00Z, where: ${quoted(inside)}, target: www.${slug}.example, expect: no-match }
`;
}

// An unquoted NO is the word false to YAML 1.1 readers.
function quoted(code) {
  return code === "NO" || code.startsWith("NO-") ? `"${code}"` : code;
}
