import { say } from '../../wording/statement';
import { threshold } from './threshold';

/** From how many TIME_WAIT on they are explained. */
export const TIME_WAIT_MANY = {
  timeWaitMany: threshold.sockets(1000, 'Explain TIME_WAIT from this many sockets.'),
};

/** What is said of many TIME_WAIT, whether they are listed or only counted. */
export const TIME_WAIT_TEXTS = {
  title: say(
    '{count} in TIME_WAIT: connections that this host closed first, waiting for their timer',
    'rfc9293-3.6.1',
    'bernat-time-wait',
  ),
  why: say(
    'TIME_WAIT is the normal end of a connection, not a leak: it takes no process and no descriptor, only a little memory. If both ends close at once, both go through TIME_WAIT.',
    'rfc9293-3.6.1',
    'bernat-time-wait',
  ),
  remedy: say(
    'Nothing has to be done. With HTTP keep-alive and pools there is less TIME_WAIT.',
    'bernat-time-wait',
  ),
};
