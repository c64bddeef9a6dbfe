/** What unpacked data may take: a few bytes can unpack to more than any disk holds. */
export const MOST_UNPACKED = 4 * 1024 ** 3;

/** Whether a file that begins with `bytes` is one that gzip made (RFC 1952, deflate). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}
