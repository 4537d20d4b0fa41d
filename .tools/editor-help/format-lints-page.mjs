/** docs/lints.md: every lint with its principle, where that comes from, and what is said. */
export function formatLintsPage(lints) {
  return `# Lints

Made from the catalogue in \`packages/policy/src/lints/lint-catalogue.ts\` by \`npm run generate\`; do not edit.

\`demarc check\` says these of documents. An **error** is part of validation and can not be set aside. A **warning** can, in the
document itself, with a reason that \`demarc check\` shows:

\`\`\`yaml
waivers:
  - { lint: policy/least-restrictive, reason: One party holds every name below this one., until: 2027-01-01 }
\`\`\`

below a rule for that rule, at the top for the document; from the day \`until\` on it no longer counts. A document that each
lint speaks of, and one that it does not, is in \`packages/policy/test/fixtures/lints\`.

| lint | severity | principle | from | is said of |
|---|---|---|---|---|
${lints
  .map(
    ({ code, severity, principle, source, says }) =>
      `| \`${code}\` | ${severity} | ${principle} | ${source} | ${says} |`,
  )
  .join("\n")}
`;
}
