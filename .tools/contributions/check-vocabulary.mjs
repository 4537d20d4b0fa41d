// A contributed vocabulary: vocabulary.json, schema.json (its profile), valid/, invalid/, CHANGELOG.md, released/.
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { root } from "../toolchain.mjs";
import { checkFixtures } from "./check-fixtures.mjs";
import { exercise, termsUsed } from "./exercise.mjs";
import { missing } from "./find-contributions.mjs";
import { extensionsOf, openProfile, readData } from "./profile.mjs";

/** Everything that is wrong with a vocabulary. */
export async function checkVocabulary(contribution, verdicts, vocabularies) {
  const { folder, valid, invalid, released } = contribution;
  if (verdicts.unusable !== null) return [{ message: verdicts.unusable }];
  const name = basename(folder);
  const file = join(folder, "vocabulary.json");
  const refused = verdicts.findingsOf(file).filter(({ severity }) => severity === "error");
  if (refused.length > 0)
    return refused.map((each) => ({
      file: relative(root, file),
      message: `${each.line}:${each.column}: ${each.message} (${each.code})`,
    }));
  const vocabulary = JSON.parse(readFileSync(file, "utf8"));
  const faults = [
    ...missing(folder, "CHANGELOG.md", "say what changed, a heading for each version"),
    ...(valid.length === 0 ? [{ message: "there is no valid/*.yaml: documents that use the terms" }] : []),
    ...checkIdentity(vocabulary, folder, name),
    ...checkTerms(vocabulary, name, vocabularies),
  ];
  const profile = await openProfile(folder, name, vocabulary.id);
  faults.push(
    ...profile.faults.map((message) => ({ file: relative(root, join(folder, "schema.json")), message })),
  );
  if (profile.schema !== null && invalid.length === 0)
    faults.push({ message: "there is no invalid/*.yaml: one fault each" });
  if (profile.faults.length > 0) return faults;
  faults.push(...checkFixtures(contribution, verdicts, profile.issuesOf));

  const documents = await Promise.all(valid.map(readData));
  const faulty = await Promise.all(invalid.map(readData));
  if (profile.schema !== null) {
    const values = (of) => of.flatMap((document) => extensionsOf(document).map(({ value }) => value));
    const lacking = exercise(profile.schema, profile.ajv, values(documents), values(faulty));
    faults.push(...lacking.map((message) => ({ message })));
  }
  const used = termsUsed(documents, name);
  for (const term of vocabulary.terms)
    if (term.deprecated === undefined && !used.has(term.id))
      faults.push({ message: `no file of valid/ uses the term \`${term.id}\`` });
  const covered = documents.flatMap((document) => verdicts.coverageOf(document?.id));
  if (covered.length > 0 && !covered.some(({ shown }) => !Object.values(shown).includes(false)))
    faults.push({
      message: "no rule of valid/ has golden tests of a match, another place and after its end",
    });

  for (const each of released) {
    for (const issue of [
      ...verdicts.findingsOf(each).filter(({ severity }) => severity === "error"),
      ...profile.issuesOf(each),
    ])
      faults.push({
        file: relative(root, each),
        message: `was valid when it was released, but ${issue.line}:${issue.column}: ${issue.message} (${issue.code})`,
      });
  }
  faults.push(...checkReleases(vocabulary, folder, released));
  return faults;
}

function checkIdentity(vocabulary, folder, name) {
  const faults = [];
  const major = vocabulary.version.split(".")[0];
  const id = `https://demarc.example/vocabulary/${major}/${name}`;
  if (vocabulary.id !== id)
    faults.push({
      message: `vocabulary.json has the id ${vocabulary.id}; its folder and major version ask for ${id}`,
    });
  const changelog = existsSync(join(folder, "CHANGELOG.md"))
    ? readFileSync(join(folder, "CHANGELOG.md"), "utf8")
    : "";
  if (!changelog.split("\n").includes(`## ${vocabulary.version}`))
    faults.push({ message: `CHANGELOG.md has no heading for ${vocabulary.version}` });
  return faults;
}

function checkTerms(vocabulary, name, vocabularies) {
  const faults = [];
  for (const term of vocabulary.terms)
    if (term.sources === undefined) faults.push({ message: `the term \`${term.id}\` has no sources` });
  for (const { folder } of vocabularies) {
    if (basename(folder) === name) continue;
    const other = JSON.parse(readFileSync(join(folder, "vocabulary.json"), "utf8"));
    for (const { id } of other.terms ?? [])
      if (vocabulary.terms.some((term) => term.id === id))
        faults.push({
          message: `the term \`${id}\` is in ${basename(folder)} already: a term has one meaning`,
        });
  }
  return faults;
}

// A term stays, with its title, until a major version ends it; one that is left out has been deprecated in a release before.
function checkReleases(vocabulary, folder, released) {
  const faults = [];
  for (const version of new Set(released.map((file) => basename(dirname(file))))) {
    const file = join(folder, "released", version, "vocabulary.json");
    if (!existsSync(file)) {
      faults.push({ message: `released/${version} has no vocabulary.json` });
      continue;
    }
    const before = JSON.parse(readFileSync(file, "utf8"));
    const sameMajor = before.version.split(".")[0] === vocabulary.version.split(".")[0];
    for (const term of before.terms) {
      const now = vocabulary.terms.find(({ id }) => id === term.id);
      if (now === undefined && (sameMajor || term.deprecated === undefined))
        faults.push({
          message: `the term \`${term.id}\` of ${version} is gone: deprecate it first, remove it in a later major`,
        });
      if (now !== undefined && now.title.en !== term.title.en && sameMajor)
        faults.push({
          message: `the term \`${term.id}\` is called otherwise than in ${version}: an id never changes meaning`,
        });
    }
    if (
      before.version === vocabulary.version &&
      JSON.stringify(before.terms) !== JSON.stringify(vocabulary.terms)
    )
      faults.push({
        message: `${version} is released: terms that differ from it need a version of their own`,
      });
  }
  return faults;
}
