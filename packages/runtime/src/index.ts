export type { Facts, Gate } from "./gate.ts";
