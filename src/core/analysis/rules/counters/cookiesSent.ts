import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import {
  COOKIES_BACK,
  COOKIES_SENT,
  cookiesSince,
  FILTER_FLOODS,
  LIKE_A_FLOOD,
  LOOK_AT_HANDSHAKES,
} from '../../kit/listening/cookies';
import { movedIn } from '../../kit/counting/counters';
import { grown } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';

/** Unfinished handshakes that are listed, of which SR-1 speaks. */
const LISTED = 10;

const TEXTS = {
  flood: say(
    'This host is most likely flooded with SYNs: {count} were answered with cookies, and hardly any cookie came back',
    'linux-syncookies',
    'measured',
  ),
  full: say(
    'A queue of half-open connections is full; SYNs answered with cookies: {count}',
    'linux-syncookies',
    'measured',
  ),
  why: say(
    'Linux sends cookies when as many handshakes as the backlog of a listener wait for their last ACK. A client that is there sends its cookie back.',
    'linux-syncookies',
    'linux-tcp-input',
  ),
};

export const cookiesSent = rule({
  code: 'CT-28',
  id: 'counter-syn-cookies',
  title: label('Counters show SYN cookies'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    const cookies = cookiesSince(context);
    if (moved === null || cookies === null || context.index.counts[State.SynReceived]! >= LISTED) {
      return [];
    }
    const { areUnreturned } = cookies;
    return [
      grown(context, moved, {
        subject: 'half-open queues',
        severity: areUnreturned ? 'warning' : 'info',
        confidence: 'medium',
        counters: [COOKIES_SENT],
        beside: [COOKIES_BACK],
        says: areUnreturned ? TEXTS.flood : TEXTS.full,
        why: TEXTS.why,
        look: { text: LOOK_AT_HANDSHAKES, command: 'ss -tano state syn-recv' },
        ...(areUnreturned ? { remedy: FILTER_FLOODS } : {}),
        innocent: LIKE_A_FLOOD,
      }),
    ];
  },
});
