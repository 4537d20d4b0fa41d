// Prints src/internal/common-pieces.ts: the texts that keys of images are written with. Run once; other pieces are another
// version of the format.
//   node packages/matcher/scripts/choose-pieces.ts FOLDER
// FOLDER has one name a line in these files, all of them public domain: opendns-top-10k.txt and opendns-random-10k.txt
// (opendns/public-domain-lists), disposable.txt (disposable-email-domains, CC0), phishing-nl.txt and tracking-nl.txt
// (blocklistproject/Lists, Unlicense).
import { readFileSync } from "node:fs";
import { join } from "node:path";

const PIECES = 4096 - 128;
const LONGEST = 8;
const ROUNDS = 7;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
// What URLs have and names have not.
const OF_URLS =
  "https:// http:// :// www. /index .html .htm .php /images/ /static/ /assets/ /video/ /watch?v /user/ /users/ /news/ /blog/ " +
  "/wp-cont ent/ /upload s/ /page/ /pages/ /api/ /v1/ /v2/ /en/ /de/ /fr/ ?id= &id= ?q= =% %20 %2f /files/ /file/ /downlo ad/ " +
  ".pdf .jpg .png .js .css .json /article /2024/ /2025/ /2026/ /tag/ /search /channel /profile /forum/ /thread /topic/ /media/ " +
  "/content /public/ /share/ /view/ /post/ /posts/ :8080/ :443 /~ /.";
// Words that have no place in a source file, and names of companies.
const LEFT_OUT =
  /porn|sex|xxx|fuck|shit|cock|dick|cunt|tits|gay|slut|nazi|hitler|rape|ass[^aeiou]|anal$|naked|nude|escort|viagra|cialis|casino|poker|paypa|apple|amazon|netfl|wellsf|google|facebo|twitt|disney|iphone|microso/;

const folder = process.argv[2] ?? ".";
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const sample = (file: string, every: number) =>
  read(file)
    .split("\n")
    .filter((line, index) => index % every === 0 && /^[a-z0-9._-]+$/.test(line.trim().toLowerCase()))
    .map((line) => line.trim().toLowerCase());
const names = [
  ...sample("opendns-top-10k.txt", 1),
  ...sample("opendns-random-10k.txt", 1),
  ...sample("disposable.txt", 1),
  ...sample("phishing-nl.txt", 12),
  ...sample("tracking-nl.txt", 12),
];
const general = read("opendns-random-10k.txt") + read("opendns-top-10k.txt");

const forced = new Set(OF_URLS.split(" "));
for (const a of ALPHABET) {
  for (const b of ALPHABET) forced.add(a + b);
  for (const pair of [`.${a}`, `${a}.`, `-${a}`, `/${a}`, `${a}/`]) forced.add(pair);
}

// A longer piece is one that names have in general, not those of one list.
const known = new Map<string, boolean>();
function isGeneral(piece: string): boolean {
  const found = known.get(piece) ?? (piece.length < 5 || general.split(piece).length > 10);
  known.set(piece, found);
  return found && !LEFT_OUT.test(piece);
}

function parse(pieces: ReadonlySet<string>, text: string): string[] {
  const cost = Array.from({ length: text.length + 1 }, () => 0);
  const step = Array.from({ length: text.length + 1 }, () => 1);
  for (let at = text.length - 1; at >= 0; at -= 1) {
    cost[at] = (cost[at + 1] ?? 0) + 1;
    for (let length = 2; length <= LONGEST && at + length <= text.length; length += 1) {
      const longer = (cost[at + length] ?? 0) + 1;
      if (longer > (cost[at] ?? 0) || !pieces.has(text.slice(at, at + length))) continue;
      cost[at] = longer;
      step[at] = length;
    }
  }
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += step[at] ?? 1) parts.push(text.slice(at, at + (step[at] ?? 1)));
  return parts;
}

let pieces = forced;
for (let round = 0; round < ROUNDS; round += 1) {
  const gains = new Map<string, number>();
  const gain = (piece: string, saved: number) => gains.set(piece, (gains.get(piece) ?? 0) + saved);
  for (const name of names) {
    const parts = parse(pieces, name);
    for (const [index, part] of parts.entries()) {
      if (part.length > 2) gain(part, Math.ceil(part.length / 2) - 0.7);
      const two = part + (parts[index + 1] ?? "");
      const three = two + (parts[index + 2] ?? "");
      if (two !== part && two.length <= LONGEST) gain(two, 1);
      if (three !== two && three.length <= LONGEST) gain(three, 2);
    }
  }
  const best = [...gains]
    .filter(([piece]) => piece.length > 1 && !forced.has(piece))
    .toSorted(([a, gainA], [b, gainB]) => gainB - gainA || (a < b ? -1 : 1))
    .slice(0, 5 * PIECES)
    .filter(([piece]) => isGeneral(piece))
    .slice(0, PIECES - forced.size);
  pieces = new Set([...forced, ...best.map(([piece]) => piece)]);
}

const lines: string[] = [""];
for (const piece of [...pieces].toSorted()) {
  if ((lines.at(-1) ?? "").length + piece.length > 110) lines.push("");
  lines[lines.length - 1] += `${piece} `;
}
const quoted = lines.map(
  (line, index) => `  ${JSON.stringify(index === lines.length - 1 ? line.trim() : line)}`,
);
console.log(`// Chosen by scripts/choose-pieces.ts. Do not edit: the bytes of every image depend on it.

/**
 * Texts of two to eight characters that keys are written with, besides every character alone: all pairs of letters and digits,
 * and what names and URLs have most often in public-domain lists (scripts/choose-pieces.ts says which).
 */
export const COMMON_PIECES: readonly string[] = (
${quoted.join(" +\n")}
).split(" ");`);
