/**
 * An IP address as bytes in network order: 4 bytes for IPv4, 16 for IPv6.
 * IPv4-mapped IPv6 (`::ffff:0:0/96`, RFC 4291 §2.5.5.2) is always held as IPv4.
 */
export type Address = Uint8Array;

/** A block of addresses: the first `length` bits of `address`; all bits after them are zero. */
export interface Prefix {
  readonly address: Address;
  /** 0–32 for a 4-byte address, 0–128 for a 16-byte one. */
  readonly length: number;
}
