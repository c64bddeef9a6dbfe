import ipaddr from 'ipaddr.js';
import { plainAddress } from '../vocabulary/address';
import type { SocketTable } from '../model/socketTable';
import { ANYTHING, NOTHING, type Operator, type Value } from './words';
import { type Predicate, type FieldKind, problem } from './condition';
import { numberTest } from './numberFields';
import { type TextTest, textTest, oncePerString } from './textFields';

type End = 'local' | 'remote';

interface EndColumns {
  readonly addresses: Uint32Array;
  readonly ports: Int32Array;
  readonly services: Uint32Array | undefined;
}

function columnsOf(table: SocketTable, end: End): EndColumns {
  return end === 'local'
    ? { addresses: table.localAddress, ports: table.localPort, services: table.localService }
    : { addresses: table.remoteAddress, ports: table.remotePort, services: table.remoteService };
}

export function eitherEnd(ends: readonly End[], of: (columns: EndColumns) => Predicate) {
  return (table: SocketTable): Predicate => {
    const predicates = ends.map(end => of(columnsOf(table, end)));
    const [first, second] = predicates;
    return second === undefined ? first! : row => first!(row) || second(row);
  };
}

/** A field of addresses: one, with or without port, a port alone, a network, or a part of a name. */
export function address(ends: readonly End[]): FieldKind {
  return {
    comparable: false,
    read: (value, operator) => {
      const parts = addressParts(value, operator);
      if (parts === undefined) {
        return problem('network', value, value.text);
      }
      return table => eitherEnd(ends, endTest(table, parts))(table);
    },
  };
}

interface AddressParts {
  readonly test: TextTest;
  readonly port: number | null;
  /** Whether no address is written: a number may be a port, or all of the address of a Unix socket. */
  readonly alone?: boolean;
}

/** Whether an end of a row is the one that is written. */
export function endTest(table: SocketTable, { test, port, alone }: AddressParts) {
  const meant = oncePerString(table, test);
  return ({ addresses, ports }: EndColumns): Predicate => {
    if (port === null) {
      return row => meant(addresses[row]!);
    }
    return alone === true
      ? row => ports[row] === port || meant(addresses[row]!)
      : row => ports[row] === port && meant(addresses[row]!);
  };
}

export function addressParts(value: Value, operator: Operator): AddressParts | undefined {
  const { text, quoted } = value;
  if (!quoted && (text === NOTHING || text === ANYTHING)) {
    return { test: textTest(value, operator), port: null };
  }
  if (!quoted && text.includes('/') && /^[\da-f.:]{2,50}\/\d{0,3}$/i.test(text)) {
    const test = networkTest(text);
    return test && { test, port: null };
  }
  const only = quoted ? null : /^:?(\d{1,5})$/.exec(text);
  if (only !== null) {
    return { test: own => own === text, port: Number(only[1]), alone: true };
  }
  const bracketed = /^\[([^\]]{1,100})\](?::(\d{1,5}))?$/.exec(text);
  const colon = text.indexOf(':');
  const single = colon > 0 && colon === text.lastIndexOf(':');
  const plain = single ? /^(.{1,1000}):(\d{1,5})$/.exec(text) : null;
  const host = bracketed?.[1] ?? plain?.[1] ?? text;
  const port = bracketed?.[2] ?? plain?.[2];
  return { test: hostTest(host, value, operator), port: port === undefined ? null : Number(port) };
}

function networkTest(text: string): TextTest | undefined {
  if (!ipaddr.isValidCIDR(text)) {
    return undefined;
  }
  const [network, bits] = ipaddr.parseCIDR(text);
  return own => {
    const parsed = plainAddress(own);
    return parsed?.kind() === network.kind() && parsed.match(network, bits);
  };
}

function hostTest(host: string, value: Value, operator: Operator): TextTest {
  const wanted = plainAddress(host)?.toNormalizedString();
  if (wanted === undefined || value.quoted) {
    return textTest({ ...value, text: host, quoted: value.quoted || host === NOTHING }, operator);
  }
  return own => own === host || plainAddress(own)?.toNormalizedString() === wanted;
}

/** A field of ports: numbers like any other, or service names. */
export function port(ends: readonly End[]): FieldKind {
  return {
    comparable: true,
    read: (value, operator) => {
      const test = numberTest(value.text, operator);
      if (test !== undefined) {
        return eitherEnd(
          ends,
          ({ ports }) =>
            row =>
              test(ports[row]!),
        );
      }
      if (operator !== ':' && operator !== '=') {
        return problem('number', value, value.text);
      }
      return table => {
        const meant = oncePerString(table, textTest(value, '='));
        return eitherEnd(
          ends,
          ({ services }) =>
            row =>
              meant(services?.[row] ?? 0),
        )(table);
      };
    },
  };
}
