/** `2027-02-01 00:00` from an RFC 3339 instant. */
export const instant = (value: string): string => value.slice(0, 16).replace("T", " ");

/** `2027-02-01` from an RFC 3339 instant. */
export const day = (value: string): string => value.slice(0, 10);

/** How long before `now` something was: `3 s ago`, `2 min ago`, `5 h ago`, `12 days ago`; `now` under a second. */
export const ago = (value: string, now: string): string => {
  const seconds = Math.round((Date.parse(now) - Date.parse(value)) / 1000);
  if (seconds < 1) return instant(value);
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
};

/** `in 69 days`, `today`, `ended 3 days ago` for an end date. */
export const untilWords = (value: string, now: string): string => {
  const days = Math.floor((Date.parse(value) - Date.parse(now)) / 86_400_000);
  if (Date.parse(value) <= Date.parse(now)) return `ended ${ago(value, now)}`;
  return days === 0 ? "within a day" : `in ${days} days`;
};

/** Thousands with thin spaces. */
export const number = (value: number): string => value.toString().replaceAll(/\B(?=(\d{3})+$)/g, "\u202f");
