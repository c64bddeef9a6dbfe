import type { Rule } from '../ruleContext';
import { acceptQueue } from './acceptQueue';
import { boundPorts } from './boundPorts';
import { closeUnacknowledged } from './closeUnacknowledged';
import { closeWaitGrowing } from './closeWaitGrowing';
import { closeWaitKeepalive } from './closeWaitKeepalive';
import { closeWaitLeak } from './closeWaitLeak';
import { closeWaitPool } from './closeWaitPool';
import { closeWaitStuck } from './closeWaitStuck';
import { closeWaitUnread } from './closeWaitUnread';
import { connectQueueFull } from './connectQueueFull';
import { connectScan } from './connectScan';
import { connectUnanswered } from './connectUnanswered';
import { exposedPort } from './exposedPort';
import { finWait2Many } from './finWait2Many';
import { halfClosedHeld } from './halfClosedHeld';
import { halfOpen } from './halfOpen';
import { handshakeLost } from './handshakeLost';
import { keepaliveUnanswered } from './keepaliveUnanswered';
import { localReconnects } from './localReconnects';
import { manyFromOneRemote } from './manyFromOneRemote';
import { manyTimeWait } from './manyTimeWait';
import { noKeepalive } from './noKeepalive';
import { notAccepting } from './notAccepting';
import { peerMustClose } from './peerMustClose';
import { peerNotReading } from './peerNotReading';
import { portExhaustion } from './portExhaustion';
import { receiveQueue } from './receiveQueue';
import { retransmitting } from './retransmitting';
import { sendQueue } from './sendQueue';
import { sharedPort } from './sharedPort';
import { synBacklog } from './synBacklog';
import { udpQueue } from './udpQueue';

/**
 * Every rule. Where several say the same of the same owner with the same weight, the first of
 * them speaks.
 */
export const rules: readonly Rule[] = [
  closeWaitGrowing,
  closeWaitLeak,
  closeWaitStuck,
  peerMustClose,
  closeWaitPool,
  closeWaitUnread,
  closeWaitKeepalive,
  notAccepting,
  connectQueueFull,
  acceptQueue,
  peerNotReading,
  receiveQueue,
  retransmitting,
  sendQueue,
  keepaliveUnanswered,
  closeUnacknowledged,
  halfOpen,
  portExhaustion,
  boundPorts,
  localReconnects,
  manyTimeWait,
  connectScan,
  connectUnanswered,
  synBacklog,
  handshakeLost,
  finWait2Many,
  halfClosedHeld,
  noKeepalive,
  manyFromOneRemote,
  exposedPort,
  sharedPort,
  udpQueue,
];
