// What every environment runs, as it is: images to open, requests to ask, answers as text. Nothing but the language is used.
import type * as Matcher from "@demarc/matcher";
import type * as Net from "@demarc/net";

/** The requests that one image is asked. */
export interface Asked {
  /** Name of the image's file. */
  readonly image: string;
  readonly requests: readonly WrittenRequest[];
}

/** A request that survives JSON: the address as numbers. */
export type WrittenRequest = Omit<Matcher.Request, "address" | "nameSlice" | "urlSlice" | "wireName"> & {
  readonly address?: readonly number[] | undefined;
};

/**
 * The decision and the explanation of every request as JSON text, so that answers of different engines compare as texts. A
 * request with a name or a URL is asked a second time with the text as bytes.
 */
export function answersOf(
  matcher: Pick<typeof Matcher, "openImage" | "decide" | "explain">,
  images: readonly ArrayBufferLike[],
  asked: readonly Asked[],
): string[] {
  return asked.flatMap(({ requests }, index) => {
    const opened = matcher.openImage(new Uint8Array(images[index] as ArrayBufferLike));
    if (!opened.ok) throw new Error(`${opened.issue.code}: ${opened.issue.message}`);
    return requests
      .flatMap((written) => [requestOf(written), inBytes(requestOf(written))])
      .map((request) =>
        JSON.stringify([matcher.decide(opened.value, request), matcher.explain(opened.value, request)]),
      );
  });
}

/** How every text reads as a name and as a URL's host: what the URL parser of the engine has a part in. */
export function readingsOf(
  net: Pick<typeof Net, "parseName" | "parseUrl">,
  texts: readonly string[],
): string[] {
  return texts.map((text) => {
    const [name, url] = [net.parseName(text), net.parseUrl(`http://${text}/`)];
    return JSON.stringify([name, url.ok ? url.value.href : url.issue]);
  });
}

function requestOf({ address, ...facts }: WrittenRequest): Matcher.Request {
  return address === undefined ? facts : { ...facts, address: Uint8Array.from(address) };
}

function inBytes({ name, url, ...facts }: Matcher.Request): Matcher.Request {
  return {
    ...facts,
    ...(name === undefined ? {} : { nameSlice: sliceOf(name) }),
    ...(url === undefined ? {} : { urlSlice: sliceOf(url) }),
  };
}

// Canonical texts are ASCII.
function sliceOf(text: string): Matcher.Slice {
  return { bytes: Uint8Array.from(text, (char) => char.charCodeAt(0)), from: 0, to: text.length };
}
