import { say, type Statement } from '../wording/statement';
import { UNREAD_COLUMNS } from './unreadColumns';

const PROBE = say(
  'The timer of a closed window: the peer has no room for more, and is asked again when the timer ends. Behind it stands the time left.',
  'ss.8',
  'linux-tcp-timer',
);

/** Words of rows, and our own of unread data, by their lower case: what each means by itself. */
const WORDS: ReadonlyMap<string, Statement> = new Map([
  [
    'on',
    say(
      'The timer of retransmissions: something sent is not acknowledged yet, and is sent again when the timer ends. Behind it stand the time left, and how often that has happened.',
      'ss.8',
      'linux-tcp-timer',
    ),
  ],
  [
    'keepalive',
    say(
      'The keepalive timer: if the connection stays idle until it ends, the peer is probed. In FIN_WAIT_2 without a process nothing is probed, and the socket expires.',
      'ss.8',
      'tcp.7',
      'linux-tcp-timer',
    ),
  ],
  [
    'off',
    say(
      'No timer runs: nothing waits for an acknowledgment, and keepalive is not on.',
      'netstat.8',
      'linux-tcp-timer',
    ),
  ],
  ['persist', PROBE],
  ['probe', PROBE],
  [
    'orphaned',
    say(
      'Sockets whose program has closed them, or ended, while the kernel still waits for the peer. No process holds them.',
      'tcp.7',
    ),
  ],
  [
    'unreplied',
    say(
      'conntrack has seen packets of this connection in one direction only: no answer so far.',
      'conntrack8',
    ),
  ],
  [
    'assured',
    say(
      'conntrack has seen enough of this connection, in both directions, to keep it when its table is full.',
      'conntrack8',
      'nf-conntrack-tcp',
    ),
  ],
  ...Object.values(UNREAD_COLUMNS).map(
    ({ title, note }) => [title.text.toLowerCase(), note] as const,
  ),
]);

/** What a word of a row means by itself, marks in brackets too; null where that is not known. */
export function printedWord(word: string): Statement | null {
  return WORDS.get(word.toLowerCase().replace(/^\[(\w+)\]$/, '$1')) ?? null;
}
