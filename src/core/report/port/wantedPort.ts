import { endpointText } from '../../explain/facts';
import { plainAddress } from '../../vocabulary/address';

export type Transport = 'tcp' | 'udp';

/** A local port that is asked about. */
export interface WantedPort {
  readonly port: number;
  /** Null for TCP, and UDP where that uses the port. */
  readonly transport: Transport | null;
  /** The local address; null for any. */
  readonly address: string | null;
}

/**
 * Reads a port as people write it: `8080`, `:8080`, `127.0.0.1:8080`, `[::1]:8080`, `53/udp`.
 * Null for anything else.
 */
export function readPort(text: string): WantedPort | null {
  const match =
    /^(?:(\[[\da-f:.]{2,45}\]|[\d.]{7,15}|localhost|\*)?:)?(\d{1,5})(?:\/(tcp|udp))?$/i.exec(
      text.trim(),
    );
  const port = Number(match?.[2]);
  if (match === null || port < 1 || port > 65_535) {
    return null;
  }
  const host = match[1]?.toLowerCase().replace(/[[\]]/g, '') ?? null;
  const address = host === '*' ? null : host;
  return address !== null && address !== 'localhost' && plainAddress(address) === null
    ? null
    : {
        port,
        transport: (match[3]?.toLowerCase() as Transport | undefined) ?? null,
        address,
      };
}

/** The port, with the address that it is asked about on. */
export function wantedText({ port, address }: WantedPort): string {
  return address === null
    ? String(port)
    : endpointText({ address, port, service: null, scope: null });
}
