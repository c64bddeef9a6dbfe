import ipaddr from 'ipaddr.js';

import { parseAddress, plainAddress } from '../vocabulary/address';

/** What the user calls an address; null if it has no name. */
export type NameOf = (address: string) => string | null;

/** Nobody has a name. */
export const noNames: NameOf = () => null;

/** Answers that are kept, so that a table of thousands of rows asks each address once. */
const MOST_KEPT = 10_000;

/** Characters of a name that are shown: a workspace may set any, and each row repeats it. */
const LONGEST_NAME = 200;

/**
 * The names that a user gave to addresses and networks (`10.0.3.7`, `10.0.0.0/8`, a host name).
 * The smallest network that holds an address counts. Entries that are neither are left out.
 */
export function namesFrom(given: Readonly<Record<string, unknown>>): NameOf {
  const exact = new Map<string, string>();
  const networks = new Networks();
  for (const [key, name] of Object.entries(given)) {
    if (typeof name !== 'string' || name === '') {
      continue;
    }
    const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
    if (key.includes('/')) {
      networks.add(key, shown);
    } else {
      exact.set(canonical(key), shown);
    }
  }
  if (exact.size === 0 && networks.isEmpty) {
    return noNames;
  }
  const kept = new Map<string, string | null>();
  return address => {
    let name = kept.get(address);
    if (name === undefined) {
      name = exact.get(canonical(address)) ?? networks.nameOf(address);
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

/** Names of networks, found by the first bits of an address however many there are. */
class Networks {
  private readonly names = new Map<string, string>();
  /** Lengths of prefixes in use, the longest first. */
  private lengths: readonly number[] = [];

  public get isEmpty(): boolean {
    return this.names.size === 0;
  }

  /** Adds a network (`10.0.0.0/8`), unless it has a name already or is none. */
  public add(text: string, name: string): void {
    const network = networkOf(text);
    if (network === null) {
      return;
    }
    const { bytes, bits } = network;
    const key = prefixOf(bytes, bits);
    if (!this.names.has(key)) {
      this.names.set(key, name);
      if (!this.lengths.includes(bits)) {
        this.lengths = [...this.lengths, bits].sort((a, b) => b - a);
      }
    }
  }

  /** The name of the smallest network that holds an address. */
  public nameOf(address: string): string | null {
    const bytes = this.isEmpty ? undefined : plainAddress(address)?.toByteArray();
    if (bytes === undefined) {
      return null;
    }
    for (const bits of this.lengths) {
      const name = bits <= 8 * bytes.length ? this.names.get(prefixOf(bytes, bits)) : undefined;
      if (name !== undefined) {
        return name;
      }
    }
    return null;
  }
}

/** The network that a text names in full: ipaddr.js takes `10/8` for `0.0.0.10/8`. */
function networkOf(text: string): { readonly bytes: number[]; readonly bits: number } | null {
  const [, base = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const parsed = parseAddress(base);
  const bits = Number(length);
  if (parsed === null || bits > 8 * parsed.toByteArray().length) {
    return null;
  }
  const mapped = parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress();
  return mapped && bits >= MAPPED_BITS
    ? { bytes: parsed.toIPv4Address().toByteArray(), bits: bits - MAPPED_BITS }
    : { bytes: parsed.toByteArray(), bits };
}

/** Bits before the IPv4 address in an IPv4-mapped one. */
const MAPPED_BITS = 96;

/** The first bits of an address, with their number, as a key. */
function prefixOf(bytes: readonly number[], bits: number): string {
  const masked = bytes.map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * i))));
  return `${masked.join('.')}/${bits}`;
}

function canonical(address: string): string {
  return plainAddress(address)?.toString() ?? address.toLowerCase();
}
