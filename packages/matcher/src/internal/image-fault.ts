import type { ImageIssue } from "../image-issue.ts";

/** Carries an issue from a reader to whoever reports it, see `orIssue`. Never leaves this package. */
export class ImageFault extends Error {
  readonly issue: ImageIssue;

  constructor(code: ImageIssue["code"], offset: number, message: string, help: string = DAMAGED) {
    super(message);
    this.issue = { code, offset, message, help };
  }
}

const DAMAGED = "the bytes were not made by the compiler, or were changed; fetch or compile them again";

/** What a reader gives, or the issue of the fault that it throws. */
export function orIssue<T>(
  read: () => T,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issue: ImageIssue } {
  try {
    return { ok: true, value: read() };
  } catch (fault) {
    if (fault instanceof ImageFault) return { ok: false, issue: fault.issue };
    throw fault;
  }
}
