// What a selector that matches adds to what is found: the atoms of its posting list.
import { NO_POSTING } from "../layout.ts";
import type { OpenedImage, Scratch } from "./opened-image.ts";

/** Notes the atoms of a posting list, each with a rank; a list's exceptions strike theirs. */
export function hit(image: OpenedImage, list: number, rank: number): void {
  const { postingStarts, postings, scratch } = image;
  // Key sets are not read through when opening, so a list may be none.
  if (list === NO_POSTING || list >= postingStarts.length - 1) return;
  const end = postingStarts[list + 1] as number;
  for (let index = postingStarts[list] as number; index < end; index += 1) {
    const posting = postings[index] as number;
    const atom = posting >>> 1;
    if ((posting & 1) === 1) scratch.struck.set(atom, 1);
    else {
      if (scratch.hitCount === scratch.hitAtoms.length) growHits(scratch);
      scratch.hitAtoms[scratch.hitCount] = atom;
      scratch.hitRanks[scratch.hitCount] = rank;
      scratch.hitCount += 1;
    }
  }
}

function growHits(scratch: Scratch): void {
  const atoms = new Uint32Array(scratch.hitAtoms.length * 2);
  atoms.set(scratch.hitAtoms);
  const ranks = new Int32Array(scratch.hitRanks.length * 2);
  ranks.set(scratch.hitRanks);
  scratch.hitAtoms = atoms;
  scratch.hitRanks = ranks;
}
