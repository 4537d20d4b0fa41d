import type { ImageIssue } from "../image-issue.ts";

/** Carries an issue from a reader to openImage, which returns it. Never leaves this package. */
export class ImageFault extends Error {
  readonly issue: ImageIssue;

  constructor(code: ImageIssue["code"], offset: number, message: string) {
    super(message);
    this.issue = {
      code,
      offset,
      message,
      help: "the bytes were not made by the compiler, or were changed; compile the policy set again",
    };
  }
}
