// A connection to exactly the address that was judged.
import { connect } from "node:net";
import { formatAddress } from "@demarc/net";
import type { Permitted } from "./judge.ts";
import type { ProxyLimits } from "./limits.ts";
import { type Fault, FaultError } from "./message/fault.ts";
import { Wire } from "./wire.ts";

/** A connection, and the judged address that it goes to. */
export interface Dialled {
  readonly wire: Wire;
  readonly to: Permitted;
}

/**
 * Tries the addresses in order, each for `connectMs`, all within `connectTotalMs`.
 * Throws `FaultError` with the last address's fault; `onWire` gets each socket while it is being tried, so that a caller can drop it.
 */
export async function dial(
  addresses: readonly Permitted[],
  port: number,
  limits: ProxyLimits,
  onWire: (wire: Wire | null) => void,
): Promise<Dialled> {
  const end = Date.now() + limits.connectTotalMs;
  let fault: Fault = { status: 504, error: "connection_timeout", detail: "no address could be tried in time" };
  for (const to of addresses) {
    const left = end - Date.now();
    if (left <= 0) break;
    const tried = await tryOne(to, port, Math.min(left, limits.connectMs), onWire);
    if (tried instanceof Wire) return { wire: tried, to };
    fault = tried;
  }
  throw new FaultError(fault);
}

function tryOne(
  { address }: Permitted,
  port: number,
  ms: number,
  onWire: (wire: Wire | null) => void,
): Promise<Wire | Fault> {
  return new Promise((resolve) => {
    const host = formatAddress(address);
    const socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
    const wire = new Wire(socket);
    let code = "";
    const timer = setTimeout(() => {
      code = "ETIMEDOUT";
      socket.destroy();
    }, ms);
    socket.once("error", (error: NodeJS.ErrnoException) => {
      code = error.code ?? "error";
    });
    socket.once("connect", () => {
      clearTimeout(timer);
      onWire(null);
      wire.onClosed = null;
      resolve(wire);
    });
    wire.onClosed = () => {
      clearTimeout(timer);
      onWire(null);
      resolve(connectFault(code, host, port));
    };
    onWire(wire);
  });
}

function connectFault(code: string, host: string, port: number): Fault {
  const where = `${host.includes(":") ? `[${host}]` : host} port ${port}`;
  switch (code) {
    case "ECONNREFUSED":
      return { status: 502, error: "connection_refused", detail: `${where} refused the connection` };
    case "ETIMEDOUT":
      return { status: 504, error: "connection_timeout", detail: `${where} did not answer in time` };
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "EADDRNOTAVAIL":
      return { status: 502, error: "destination_ip_unroutable", detail: `there is no route to ${where}` };
    default:
      return { status: 502, error: "connection_terminated", detail: `${where} could not be connected to` };
  }
}
