// ML-DSA-44 (FIPS 204) by WebCrypto, where the runtime has it. `/node` brings one by OpenSSL.

const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** What WebCrypto is asked for; its types do not know the algorithm yet. */
type ImportRawPublic = (
  format: "raw-public",
  key: Uint8Array<ArrayBuffer>,
  algorithm: { name: "ML-DSA-44" },
  extractable: boolean,
  usages: readonly "verify"[],
) => ReturnType<typeof crypto.subtle.importKey>;

/** True when the ML-DSA-44 signature is valid, by WebCrypto; null where this runtime has not the algorithm. */
export async function verifyMlDsa44(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean | null> {
  if (publicKey.length !== 1312 || signature.length !== 2420) return false;
  const { subtle } = crypto;
  const importKey = subtle.importKey.bind(subtle) as unknown as ImportRawPublic;
  try {
    const key = await importKey("raw-public", owned(publicKey), { name: "ML-DSA-44" }, false, ["verify"]);
    return await subtle.verify({ name: "ML-DSA-44" }, key, owned(signature), owned(message));
  } catch {
    return null;
  }
}
