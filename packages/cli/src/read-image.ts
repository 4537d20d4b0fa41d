// Compiled images as files.
import { createHash } from "node:crypto";
import { openImage, type PolicyImage } from "@demarc/matcher";
import { Effect } from "effect";
import { InputFault } from "./exit.ts";
import { readBytes, shownPath } from "./files.ts";

/** An image's bytes, and the image. */
export interface WholeImage {
  readonly bytes: Uint8Array;
  readonly image: PolicyImage;
}

/** Opens the bytes of a file; `image/...` for those that are no image. */
export const openWholeImage = (file: string, bytes: Uint8Array): Effect.Effect<PolicyImage, InputFault> => {
  const opened = openImage(bytes, { sha256: (content) => createHash("sha256").update(content).digest() });
  return opened.ok
    ? Effect.succeed(opened.value)
    : Effect.fail(
        new InputFault({
          ...opened.issue,
          message: `\`${shownPath(file)}\` is no image: ${opened.issue.message}`,
        }),
      );
};

/** Reads and opens an image; `cli/unreadable`, or as `openWholeImage`. */
export const readWholeImage = Effect.fnUntraced(function* (
  file: string,
): Effect.fn.Return<WholeImage, InputFault> {
  const bytes = yield* readBytes(file);
  return { bytes, image: yield* openWholeImage(file, bytes) };
});
