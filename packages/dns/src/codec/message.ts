// The parts of a DNS message as plain data. Names are text in presentation form: case kept, no trailing dot, `.` for the
// root, special and non-printing bytes as `\.`, `\\` and `\DDD` (RFC 1035 §5.1). Read decode.ts and encode.ts next.

/** Record and query types that this package treats specially. Source: IANA DNS parameters. */
export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
  SVCB: 64,
  HTTPS: 65,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
} as const;

/** Response codes; above 15 they need EDNS. Source: RFC 1035 §4.1.1, RFC 6891 §9. */
export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
} as const;

/** EDNS option codes. 26 is STRUCTURED-DNS-ERROR. */
export const OPTION = { COOKIE: 10, PADDING: 12, EDE: 15, STRUCTURED_ERROR: 26 } as const;

/** The first twelve bytes. `rcode` holds the low four bits; `Message.rcode` the whole of it. */
export interface Header {
  readonly id: number;
  readonly response: boolean;
  readonly opcode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly authenticData: boolean;
  readonly checkingDisabled: boolean;
  readonly rcode: number;
  readonly questionCount: number;
}

/** What is asked. */
export interface Question {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

/** One record. `data` is RDATA with every name in it uncompressed. */
export interface ResourceRecord {
  readonly name: string;
  readonly type: number;
  readonly class: number;
  /** Seconds, 0–2^32-1 as on the wire. */
  readonly ttl: number;
  readonly data: Uint8Array;
}

/** One EDNS option, data as on the wire. */
export interface EdnsOption {
  readonly code: number;
  readonly data: Uint8Array;
}

/** The OPT pseudo-record (RFC 6891 §6). */
export interface Edns {
  /** Largest UDP payload that the sender takes, bytes. */
  readonly udpSize: number;
  readonly version: number;
  readonly dnssecOk: boolean;
  readonly options: readonly EdnsOption[];
}

/** A whole message. The OPT record is in `edns`, not among `additionals`. */
export interface Message {
  readonly id: number;
  readonly response: boolean;
  readonly opcode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly authenticData: boolean;
  readonly checkingDisabled: boolean;
  /** 0–4095; above 15 only together with `edns`. */
  readonly rcode: number;
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
  readonly edns: Edns | null;
}
