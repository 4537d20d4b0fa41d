/**
 * True when HTML is preferred to JSON by an `Accept` value; else problem details are sent. So a browser, which names
 * text/html, gets the page; a bare wildcard (curl, most programs) and no Accept at all get problem details.
 *
 * Source: RFC 9110 §12.5.1. A client that accepts neither gets problem details: a refusal is told in any case.
 */
export function prefersHtml(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const html = qualityOf(accept, "text", ["html"]);
  const json = qualityOf(accept, "application", ["problem+json", "json"]);
  return html > json;
}

const MAX_RANGES = 64;

// The quality of the most specific range that matches; 0 when none does.
function qualityOf(accept: string, type: string, subtypes: readonly string[]): number {
  let best = { rank: -1, quality: 0 };
  for (const part of accept.split(",", MAX_RANGES)) {
    const [range = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const rank = subtypes.some((subtype) => range === `${type}/${subtype}`)
      ? 2
      : range === `${type}/*`
        ? 1
        : range === "*/*"
          ? 0
          : -1;
    if (rank < 0) continue;
    const quality = readQuality(parameters);
    if (rank > best.rank || (rank === best.rank && quality > best.quality)) best = { rank, quality };
  }
  return best.quality;
}

function readQuality(parameters: readonly string[]): number {
  const written = parameters.find((parameter) => parameter.startsWith("q="));
  if (written === undefined) return 1;
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(written) ? Number(written.slice(2)) : 0;
}
