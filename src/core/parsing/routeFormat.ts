import type { CounterFamily } from '../model/counter';
import { parseAddress } from '../vocabulary/address';

/** Where a route leads. */
interface Network {
  readonly family: CounterFamily;
  readonly destination: string;
  readonly prefixLength: number;
}

/** The default route. */
export function everywhere(family: CounterFamily): Network {
  return { family, destination: family === 'IPv4' ? '0.0.0.0' : '::', prefixLength: 0 };
}

/** Bits of an address. */
export function bitsOf(family: CounterFamily): number {
  return family === 'IPv4' ? 32 : 128;
}

/** The family of an address, in which a zone may stand; undefined if it is none. */
export function familyOf(word: string): CounterFamily | undefined {
  const parsed = parseAddress(withoutZone(word));
  return parsed === null ? undefined : parsed.kind() === 'ipv4' ? 'IPv4' : 'IPv6';
}

/** `fe80::1%en0` without the interface. */
export function withoutZone(address: string): string {
  const zone = address.indexOf('%');
  return zone < 0 ? address : address.slice(0, zone);
}

/** The network or host that `10.0.0.0/8`, `fe80::%lo0/64` or `[::]/0` is; undefined for others. */
export function networkOf(word: string): Network | undefined {
  const match = NETWORK.exec(word);
  if (match === null) {
    return undefined;
  }
  const [, printed = '', zoned = '', length] = match;
  const destination = withoutZone(printed || zoned);
  const family = familyOf(destination);
  if (family === undefined) {
    return undefined;
  }
  const prefixLength = length === undefined ? bitsOf(family) : Number(length);
  return prefixLength > bitsOf(family) ? undefined : { family, destination, prefixLength };
}

/** Most words that are asked for are none: a dot or colon is looked for before anything else. */
const NETWORK =
  /^(?=[\da-f]{0,4}[.:]|\[)(?:\[([\da-f:.]{2,45})\]|([\da-f:.]{2,45}(?:%[\w.-]{1,20})?))(?:\/(\d{1,3}))?$/i;

/** The bits of a mask such as `255.255.0.0`; undefined if it is none. */
export function bitsOfMask(word: string): number | undefined {
  const mask = word.includes(':') ? null : parseAddress(word);
  return mask?.prefixLengthFromSubnetMask() ?? undefined;
}

/** A number; null if there is none. */
export function numberOf(word: string | undefined): number | null {
  return word !== undefined && /^-?\d{1,10}$/.test(word) ? Number(word) : null;
}
