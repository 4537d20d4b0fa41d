import type { Place, Request, Slice } from "../types.ts";
import { connectorBit } from "./connector-bit.ts";

/**
 * True when every field of a request has the form that its type says. Callers in JavaScript, and bytes from the
 * network, are why the type alone is not enough; a decision must not throw for either.
 */
export function isWellFormed(request: Request): boolean {
  if (typeof request !== "object" || request === null || !Number.isFinite(request.at)) return false;
  const { name, address, port, protocol, url, asn, dataClasses, places } = request;
  if (name !== undefined && typeof name !== "string") return false;
  if (url !== undefined && typeof url !== "string") return false;
  if (!areSlices(request)) return false;
  if (
    address !== undefined &&
    !(address instanceof Uint8Array && (address.length === 4 || address.length === 16))
  )
    return false;
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) return false;
  if (asn !== undefined && !(Number.isInteger(asn) && asn >= 0 && asn <= 0xffff_ffff)) return false;
  if (protocol !== undefined && protocol !== "tcp" && protocol !== "udp") return false;
  if (
    dataClasses !== undefined &&
    !(Array.isArray(dataClasses) && dataClasses.every((each) => typeof each === "string"))
  )
    return false;
  if (places === undefined) return true;
  if (!Array.isArray(places)) return false;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] as Place;
    if (typeof place !== "object" || place === null || typeof place.territory !== "string") return false;
    // Written so that NaN is refused: it is below no threshold and would pass every one.
    if (!(typeof place.confidence === "number" && place.confidence >= 0 && place.confidence <= 1))
      return false;
    if (connectorBit(place.connector) === 0) return false;
  }
  return true;
}

function areSlices({ name, nameSlice, wireName, url, urlSlice }: Request): boolean {
  if (nameSlice !== undefined && (name !== undefined || wireName !== undefined || !isSlice(nameSlice)))
    return false;
  if (wireName !== undefined && (name !== undefined || !isSlice(wireName))) return false;
  return urlSlice === undefined || (url === undefined && isSlice(urlSlice));
}

function isSlice(slice: Slice): boolean {
  if (typeof slice !== "object" || slice === null || !(slice.bytes instanceof Uint8Array)) return false;
  const { bytes, from, to } = slice;
  return Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= bytes.length;
}
