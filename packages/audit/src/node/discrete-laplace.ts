import { randomInt } from "node:crypto";

// Discrete Laplace by rejection over exact Bernoulli draws (Canonne, Kamath and Steinke, "The Discrete Gaussian for
// Differential Privacy", algorithms 1 and 2): no floating-point number comes between the random bits and the result.

/** A random integer from 0 to `below` - 1; below is at most 2^48. */
export type Draw = (below: number) => number;

const drawRandom: Draw = (below) => (below === 1 ? 0 : randomInt(below));

/** True with probability exp(-numerator / denominator); the fraction is from 0 to 1. */
function isBelowExponential(numerator: number, denominator: number, draw: Draw): boolean {
  let round = 1;
  while (draw(denominator * round) < numerator) round += 1;
  return round % 2 === 1;
}

/** Parts per unit in which a scale is given. */
const PARTS = 1_000_000;

/**
 * A random integer with probability in proportion to exp(-|x| * epsilon / sensitivity). Epsilon is taken in millionths,
 * at least one of them; sensitivity is an integer.
 */
export function discreteLaplace(epsilon: number, sensitivity: number, draw: Draw = drawRandom): number {
  const steps = Math.max(1, Math.round(epsilon * PARTS));
  const scale = sensitivity * PARTS;
  for (;;) {
    const whole = draw(scale);
    if (!isBelowExponential(whole, scale, draw)) continue;
    let more = 0;
    while (isBelowExponential(1, 1, draw)) more += 1;
    const size = Math.floor((whole + scale * more) / steps);
    const isNegative = draw(2) === 1;
    if (isNegative && size === 0) continue;
    return isNegative ? -size : size;
  }
}
