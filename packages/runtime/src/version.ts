import manifest from "../package.json" with { type: "json" };

/** Name and version of the engine that decides, as log entries name it. */
export const ENGINE: { readonly name: string; readonly version: string } = {
  name: "demarc",
  version: manifest.version,
};
