// The one host object this package needs beyond ECMAScript: the WHATWG URL parser, present in Node, Deno, Bun,
// workers and browsers. It is used for international names (UTS 46) and for the path rules of URLs.
interface HostUrl {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
}

declare const URL: { new (text: string): HostUrl; canParse(text: string): boolean };

/** Parses with the host's URL, or null where it refuses. */
export function hostUrl(text: string): HostUrl | null {
  return URL.canParse(text) ? new URL(text) : null;
}
