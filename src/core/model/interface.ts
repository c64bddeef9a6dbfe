import type { CounterSource } from './counter';

/** A network interface, as a tool shows it at one moment. */
export interface Interface {
  /** Null where a tool shows the sum of all. */
  readonly name: string | null;
  /** Bytes. */
  readonly mtu: number | null;
  /** As printed: `BMRU`, `UP,BROADCAST`. */
  readonly flags: string | null;
  readonly rx: Received;
  readonly tx: Sent;
  /** 0-based line. */
  readonly line: number;
  readonly source: CounterSource;
}

/** A sum since the interface was made; exact also where a `number` cannot hold it. */
export type Amount = number | bigint;

/** What an interface received; null where the tool does not tell. */
export interface Received {
  readonly packets: Amount | null;
  readonly bytes: Amount | null;
  readonly errors: Amount | null;
  /** /proc/net/dev, and with it netstat, counts what was {@link missed} among them. */
  readonly dropped: Amount | null;
  /** Lost because the hardware's own buffer was full. */
  readonly overruns: Amount | null;
  /** Lost because the host did not take them out of the ring in time. */
  readonly missed: Amount | null;
}

/** What an interface sent; null where the tool does not tell. */
export interface Sent {
  readonly packets: Amount | null;
  readonly bytes: Amount | null;
  readonly errors: Amount | null;
  readonly dropped: Amount | null;
  readonly overruns: Amount | null;
  /** Lost because the link was gone meanwhile. */
  readonly carrier: Amount | null;
  readonly collisions: Amount | null;
}

/** Of an interface of which nothing is counted. */
export const NOTHING_RECEIVED: Received = {
  packets: null,
  bytes: null,
  errors: null,
  dropped: null,
  overruns: null,
  missed: null,
};

/** Of an interface of which nothing is counted. */
export const NOTHING_SENT: Sent = {
  packets: null,
  bytes: null,
  errors: null,
  dropped: null,
  overruns: null,
  carrier: null,
  collisions: null,
};
