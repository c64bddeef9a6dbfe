import { acceptQueue } from './opening/acceptQueue';
import { addressInUse } from './ports/addressInUse';
import { backDoor } from './ports/backDoor';
import {
  backlogDrops,
  damagedPackets,
  receiveDrops,
  sourceRefused,
  synQueueFull,
} from './counters/grown';
import { boundPorts } from './ports/boundPorts';
import { closedHeld } from './ports/closedHeld';
import { closeUnacknowledged } from './closing/closeUnacknowledged';
import { closeWaitGrowing } from './closeWait/closeWaitGrowing';
import { closeWaitKeepalive } from './closeWait/closeWaitKeepalive';
import { closeWaitLeak } from './closeWait/closeWaitLeak';
import { closeWaitPool } from './closeWait/closeWaitPool';
import { closeWaitStuck } from './closeWait/closeWaitStuck';
import { closeWaitUnread } from './closeWait/closeWaitUnread';
import { connectionsReset } from './counters/connectionsReset';
import { connectionsGrowing } from './transfer/connectionsGrowing';
import { descriptorsWithout } from './counters/descriptorsWithout';
import { givenUp } from './counters/givenUp';
import { listMismatch } from './counters/listMismatch';
import { shortConnections } from './counters/shortConnections';
import { windowsClosed } from './counters/windowsClosed';
import { connectsFailed } from './counters/connectsFailed';
import { connectsSilent } from './counters/connectsSilent';
import { datagramsRefused } from './counters/datagramsRefused';
import { fragmentsLost } from './counters/fragmentsLost';
import { reordering } from './counters/reordering';
import { sendsFailed } from './counters/sendsFailed';
import { cookiesSent } from './counters/cookiesSent';
import { connectQueueFull } from './opening/connectQueueFull';
import { connectRefused } from './opening/connectRefused';
import { connectScan } from './opening/connectScan';
import { connectUnanswered } from './opening/connectUnanswered';
import { connectWithoutRoute } from './links/connectWithoutRoute';
import { datagramsDropped } from './counters/datagramsDropped';
import { exposedPort } from './ports/exposedPort';
import { finWait2Many } from './closing/finWait2Many';
import { framesDamaged } from './links/framesDamaged';
import { framesDropped } from './links/framesDropped';
import { framesOverrun } from './links/framesOverrun';
import { halfClosedPairs } from './closing/halfClosedPairs';
import { flowNatUnanswered } from './flows/flowNatUnanswered';
import { flowOneWay } from './flows/flowOneWay';
import { flowUnanswered } from './flows/flowUnanswered';
import { halfClosedHeld } from './closing/halfClosedHeld';
import { halfOpen } from './transfer/halfOpen';
import { handshakeLost } from './opening/handshakeLost';
import { highShares } from './counters/highShares';
import { keepaliveUnanswered } from './transfer/keepaliveUnanswered';
import { listenDrops } from './opening/listenDrops';
import { listenOverflow } from './counters/listenOverflow';
import { localReconnects } from './ports/localReconnects';
import { lossyPath } from './transfer/lossyPath';
import { manyFromOneRemote } from './transfer/manyFromOneRemote';
import { manyTimeWait } from './closing/manyTimeWait';
import { memoryShort } from './counters/memoryShort';
import { orphansMany } from './counters/orphansMany';
import { noKeepalive } from './transfer/noKeepalive';
import { notAccepting } from './opening/notAccepting';
import { peerMustClose } from './closing/peerMustClose';
import { peerNotReading } from './transfer/peerNotReading';
import { portExhaustion } from './ports/portExhaustion';
import { rareCounters } from './counters/rareCounters';
import { receiveQueue } from './transfer/receiveQueue';
import { restarting } from './opening/restarting';
import { retransmitting } from './transfer/retransmitting';
import { segmentsLost } from './counters/segmentsLost';
import { sendQueue } from './transfer/sendQueue';
import { sentWithoutRoute } from './links/sentWithoutRoute';
import { shellOnSocket } from './ports/shellOnSocket';
import { sshGuessing } from './ports/sshGuessing';
import { sharedPort } from './ports/sharedPort';
import { staleSessions } from './transfer/staleSessions';
import { statesCounted } from './counters/statesCounted';
import { suspectName } from './ports/suspectName';
import { synBacklog } from './opening/synBacklog';
import { conntrackFull } from './counters/conntrackFull';
import { timeWaitRefused } from './counters/timeWaitRefused';
import { udpGrowing } from './transfer/udpGrowing';
import { udpMany } from './transfer/udpMany';
import { udpPorts } from './ports/udpPorts';
import { udpQueue } from './transfer/udpQueue';

/**
 * Every rule. Where several say the same of the same owner with the same weight, the first of
 * them speaks.
 */
export const rules = [
  halfClosedPairs,
  closeWaitGrowing,
  closeWaitPool,
  closeWaitLeak,
  closeWaitStuck,
  peerMustClose,
  closeWaitUnread,
  closeWaitKeepalive,
  notAccepting,
  connectQueueFull,
  acceptQueue,
  listenDrops,
  restarting,
  peerNotReading,
  receiveQueue,
  retransmitting,
  lossyPath,
  sendQueue,
  keepaliveUnanswered,
  closeUnacknowledged,
  halfOpen,
  portExhaustion,
  boundPorts,
  closedHeld,
  localReconnects,
  manyTimeWait,
  connectWithoutRoute,
  connectRefused,
  connectScan,
  connectUnanswered,
  synBacklog,
  handshakeLost,
  finWait2Many,
  halfClosedHeld,
  connectionsGrowing,
  noKeepalive,
  staleSessions,
  manyFromOneRemote,
  backDoor,
  shellOnSocket,
  suspectName,
  exposedPort,
  sshGuessing,
  sharedPort,
  addressInUse,
  udpQueue,
  udpPorts,
  udpGrowing,
  udpMany,
  flowUnanswered,
  flowNatUnanswered,
  flowOneWay,
  listenOverflow,
  synQueueFull,
  cookiesSent,
  datagramsDropped,
  timeWaitRefused,
  conntrackFull,
  receiveDrops,
  backlogDrops,
  memoryShort,
  orphansMany,
  statesCounted,
  segmentsLost,
  connectsFailed,
  connectsSilent,
  reordering,
  givenUp,
  connectionsReset,
  shortConnections,
  windowsClosed,
  descriptorsWithout,
  listMismatch,
  datagramsRefused,
  sendsFailed,
  damagedPackets,
  sourceRefused,
  fragmentsLost,
  rareCounters,
  highShares,
  framesOverrun,
  framesDamaged,
  framesDropped,
  sentWithoutRoute,
] as const;
