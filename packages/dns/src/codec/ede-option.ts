import { type EdnsOption, OPTION } from "./message.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What an Extended DNS Error says. */
export interface ExtendedError {
  /** 0–65535. */
  readonly infoCode: number;
  readonly extraText: string;
}

/** The EDNS option that carries an Extended DNS Error. Source: RFC 8914 §2. */
export function encodeExtendedError(error: ExtendedError): EdnsOption {
  const text = encoder.encode(error.extraText);
  const data = new Uint8Array(2 + text.length);
  data[0] = error.infoCode >> 8;
  data[1] = error.infoCode;
  data.set(text, 2);
  return { code: OPTION.EDE, data };
}

/** The Extended DNS Errors among `options`, in order; malformed ones are left out, one terminating zero is dropped. */
export function extendedErrorsOf(options: readonly EdnsOption[]): readonly ExtendedError[] {
  return options
    .filter((option) => option.code === OPTION.EDE && option.data.length >= 2)
    .map(({ data }) => ({
      infoCode: ((data[0] ?? 0) << 8) | (data[1] ?? 0),
      extraText: decoder.decode(data.subarray(2)).replace(/\0$/, ""),
    }));
}
