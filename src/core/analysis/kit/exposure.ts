import ipaddr from 'ipaddr.js';

/** Who can reach an address that a program listens on. */
export type Exposure = 'host' | 'private' | 'public' | 'everywhere' | 'unknown';

/** Ranges that only a local network routes (RFC 1918, 3927, 4193, 4291, 6598). */
const PRIVATE_RANGES: ReadonlySet<string> = new Set([
  'private',
  'linkLocal',
  'uniqueLocal',
  'carrierGradeNat',
]);

/** Who can reach a listening address, as far as the address tells. */
export function exposureOf(address: string): Exposure {
  if (address === '*' || address === '0.0.0.0' || address === '::' || address === '') {
    return 'everywhere';
  }
  if (address === 'localhost') {
    return 'host';
  }
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) {
    return 'unknown';
  }
  const range = ipaddr.process(address).range();
  return range === 'loopback' ? 'host' : PRIVATE_RANGES.has(range) ? 'private' : 'public';
}

/** Whether an address is neither of this host nor of a local network. */
export function isPublic(address: string): boolean {
  return exposureOf(address) === 'public';
}
