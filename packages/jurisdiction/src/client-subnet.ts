// EDNS Client Subnet: the network of a client that a resolver forwards with its question.
import { type Issue, type Prefix, type Result } from "@demarc/net";
import { masked } from "./evidence.ts";

/**
 * Reads the data of an EDNS Client Subnet option: family, source prefix length, scope prefix length, address. Null where the client
 * asks not to be told apart (source length 0).
 *
 * Errors: `ecs/form` (too short, or bytes that the length does not need), `ecs/family`, `ecs/length`, `ecs/scope` (not 0 in a
 * question), `ecs/host-bits`.
 *
 * Source: RFC 7871 §6, §7.1.2.
 */
export function readClientSubnet(option: Uint8Array): Result<Prefix | null> {
  if (option.length < 4) return failure("form", `4 bytes at least are expected, not ${option.length}`);
  const [high = 0, low = 0, length = 0, scope = 0] = option;
  const family = high * 256 + low;
  // Family 0 with nothing in it is what some send for "no subnet".
  if (length === 0 && option.length === 4 && (family === 0 || family === 1 || family === 2))
    return { ok: true, value: null };
  if (family !== 1 && family !== 2)
    return failure("family", `family ${family} is not known; 1 or 2 is expected`);
  const size = family === 1 ? 4 : 16;
  if (length > size * 8) return failure("length", `${length} bits are more than an address has`);
  if (scope !== 0) return failure("scope", `the scope of a question is 0, not ${scope}`);
  if (option.length !== 4 + Math.ceil(length / 8))
    return failure(
      "form",
      `${Math.ceil(length / 8)} bytes of address are expected, not ${option.length - 4}`,
    );
  const address = new Uint8Array(size);
  address.set(option.subarray(4));
  if (masked(address, length).some((byte, at) => byte !== address[at]))
    return failure("host-bits", `bits are set after the first ${length}`);
  return { ok: true, value: { address, length } };
}

function failure(code: string, message: string): { readonly ok: false; readonly issue: Issue } {
  return { ok: false, issue: { code: `ecs/${code}`, message } };
}
