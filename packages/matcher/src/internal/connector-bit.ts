import { CONNECTORS } from "../layout.ts";
import type { Connector } from "../types.ts";

/** One bit per position in CONNECTORS; 0 for a text that names none. A switch is several times faster than a search. */
export function connectorBit(connector: Connector): number {
  switch (connector) {
    case "subject-location":
      return SUBJECT_LOCATION;
    case "host-location":
      return HOST_LOCATION;
    case "operator-establishment":
      return OPERATOR_ESTABLISHMENT;
    default: {
      const position = CONNECTORS.indexOf(connector);
      return position < 0 ? 0 : 1 << position;
    }
  }
}

const SUBJECT_LOCATION = 1 << CONNECTORS.indexOf("subject-location");
const HOST_LOCATION = 1 << CONNECTORS.indexOf("host-location");
const OPERATOR_ESTABLISHMENT = 1 << CONNECTORS.indexOf("operator-establishment");
