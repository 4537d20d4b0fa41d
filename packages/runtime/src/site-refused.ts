import { Data } from "effect";

/**
 * One reason why a site can not be enforced, where a person can go and mend it.
 *
 * Codes: those of `@demarc/policy`, `@demarc/compiler` and `@demarc/jurisdiction` (`networks/...`), and `site/unreadable`,
 * `site/outside` (a path leaves the site's folder), `site/too-large`, `site/yaml`, `site/golden-test`, `site/thread`
 * (the thread that loads it ended without an answer).
 */
export interface SiteIssue {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly help?: string | undefined;
  readonly file?: string | undefined;
  /** 1-based. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** JSON Pointer within the file. */
  readonly pointer?: string | undefined;
}

/** A site that is not enforced, with everything that is wrong with it. The message lists the errors, one a line. */
export class SiteRefused extends Data.TaggedError("SiteRefused")<{
  readonly directory: string;
  readonly issues: readonly SiteIssue[];
}> {
  override get message(): string {
    const errors = this.issues.filter((issue) => issue.severity === "error");
    return `the site ${this.directory} is refused:\n${errors.map((issue) => `  ${formatIssue(issue)}`).join("\n")}`;
  }
}

/** `file:line:column: message (code)`, and the help below it. */
export function formatIssue(issue: SiteIssue): string {
  const place = placeOf(issue);
  const help = issue.help === undefined ? "" : `\n    help: ${issue.help}`;
  return `${place === "" ? "" : `${place}: `}${issue.message} (${issue.code})${help}`;
}

/** `file:line:column`, as far as it is known. */
export function placeOf(issue: SiteIssue): string {
  if (issue.file === undefined) return "";
  return issue.line === undefined ? issue.file : `${issue.file}:${issue.line}:${issue.column ?? 1}`;
}
