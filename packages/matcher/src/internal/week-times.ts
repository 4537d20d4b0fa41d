// Times of the week between what a policy writes and what an image holds.
import { DAYS } from "../layout.ts";

/** Minutes since midnight of `HH:MM`. */
export function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** `HH:MM` of minutes since midnight. */
export function timeOf(minute: number): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Days of the week as bits, Monday the lowest. */
export function daysMask(days: readonly string[]): number {
  return DAYS.reduce((mask, day, index) => (days.includes(day) ? mask | (1 << index) : mask), 0);
}

/** The days that bits stand for, Monday first. */
export function daysOf(mask: number): string[] {
  return DAYS.filter((_, index) => (mask & (1 << index)) !== 0);
}
