import { label, say } from '../wording/statement';

export const LABELS = {
  titleRfc: label('**{word}** ({state})'),
  more: label('Show similar rows ({n})'),
  otherEnd: label('other end: {line}'),
  segments: label('What happened'),
  signs: label('Is this normal?'),
  timeOuts: label('Timeouts by system'),
  timeOut: label('**{system}**: {limit}'),
  cost: label('**What it costs**: {cost}'),
};

export const SAYS = {
  never: say('It never times out.', 'rfc9293-3.3.2', 'rfc9293-3.8.4'),
  neverIdle: say('Idle, it never times out.', 'rfc9293-3.8.4', 'cloudflare-die'),
  remaining: say('It expires in {time}.', 'linux-tcp-ipv4'),
  limit: say('It expires after {limit}.', 'rfc9293-3.3.2'),
  limitUnknown: say('It expires; after how long on {system} is not known to us.', 'rfc9293-3.8.3'),
  limitAnywhere: say(
    'It expires after {range} on the systems that are known to us.',
    'rfc9293-3.3.2',
  ),
  orphanAnywhere: say(
    'Without a process it expires after {range} on the systems that are known to us.',
    'linux-tcp-timer',
    'illumos',
  ),
  finWait2: say(
    'Without a process it expires after {limit}. Whether it expires while a process holds it depends on the system.',
    'rfc9293-3.6',
    'freebsd-timer',
    'ms-kb-813056',
  ),
  finWait2Linux: say(
    'Without a process it expires after {limit}; while a process holds it, never.',
    'linux-ip-sysctl',
    'measured',
  ),
  keepalive: say('If the peer is gone, keepalive ends it: {limit}.', 'rfc9293-3.8.4'),
  closedLocal: say('Closed first: this end.', 'rfc9293-3.6'),
  closedRemote: say('Closed first: the peer.', 'rfc9293-3.6'),
  closedBoth: say('Closed first: both at once.', 'rfc9293-3.6'),
  timeWaitBoth: say('Closed first: this end, or both at once.', 'rfc9293-3.6'),
  sideListener: say('This host is the server (listening: {place}).', 'rfc9293-3.5'),
  sideClient: say(
    'Most likely, this host is the client: its port {port} is in the range for outgoing connections.',
    'rfc6335',
  ),
  sideServer: say(
    "Most likely, this host is the server: the peer's port {port} is in the range for outgoing connections.",
    'rfc6335',
  ),
  otherEnd: say('The other end is {place}: {state}.', 'rfc9293-3.3.1'),
  pairLeak: say('{closer} has closed; {holder} has not called close().', 'rfc9293-3.6', 'measured'),
  pairMissing: say(
    'Both ends are on this host, but the other one is not in this dump. It is gone or in another network namespace, or the command did not list its state.',
    'measured',
    'ss.8',
  ),
  pairGone: say(
    'The other end is on this host and not in this dump. Most likely it has expired, because FIN_WAIT_2 without a process does not last; a filter or lsof would not show it either.',
    'measured',
    'lsof',
    'linux-ip-sysctl',
  ),
};
