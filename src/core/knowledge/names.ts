import ipaddr from 'ipaddr.js';

import { parseAddress } from './addresses';

/** What the user calls an address; null where it has no name. */
export type NameOf = (address: string) => string | null;

/** Nobody has a name. */
export const noNames: NameOf = () => null;

/** Answers that are kept, so that a table of thousands of rows asks each address once. */
const MOST_KEPT = 10_000;

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/**
 * The names that a user gave to addresses and networks (`10.0.3.7`, `10.0.0.0/8`, a host name).
 * The smallest network that holds an address counts. Entries that are neither are left out.
 */
export function namesFrom(given: Readonly<Record<string, unknown>>): NameOf {
  const exact = new Map<string, string>();
  const networks: { readonly network: Network; readonly name: string }[] = [];
  for (const [key, name] of Object.entries(given)) {
    if (typeof name !== 'string' || name === '') {
      continue;
    }
    if (key.includes('/')) {
      if (ipaddr.isValidCIDR(key)) {
        networks.push({ network: ipaddr.parseCIDR(key), name });
      }
    } else {
      exact.set(canonical(key), name);
    }
  }
  if (exact.size === 0 && networks.length === 0) {
    return noNames;
  }
  networks.sort((a, b) => b.network[1] - a.network[1]);
  const kept = new Map<string, string | null>();
  return address => {
    let name = kept.get(address);
    if (name === undefined) {
      name = exact.get(canonical(address)) ?? inNetworks(address, networks);
      if (kept.size >= MOST_KEPT) {
        kept.clear();
      }
      kept.set(address, name);
    }
    return name;
  };
}

/** The address of `192.0.2.1:443`, `[2001:db8::1]:443` and the like; the text itself else. */
export function addressOfEndpoint(text: string): string {
  const bracketed = /^\[([^\][]*)\](?::[\w*-]*)?$/.exec(text);
  if (bracketed !== null) {
    return bracketed[1]!;
  }
  const colon = text.indexOf(':');
  return colon !== -1 && colon === text.lastIndexOf(':') ? text.slice(0, colon) : text;
}

function inNetworks(
  address: string,
  networks: readonly { readonly network: Network; readonly name: string }[],
): string | null {
  const parsed = plainAddress(address);
  if (parsed === null) {
    return null;
  }
  const found = networks.find(
    ({ network }) => network[0].kind() === parsed.kind() && parsed.match(network),
  );
  return found?.name ?? null;
}

function canonical(address: string): string {
  return plainAddress(address)?.toString() ?? address.toLowerCase();
}

/** An IPv4-mapped address counts as the IPv4 address that it is. */
function plainAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const parsed = parseAddress(address);
  return parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()
    ? parsed.toIPv4Address()
    : parsed;
}
