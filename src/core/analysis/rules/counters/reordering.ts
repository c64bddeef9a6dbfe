import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { movedIn } from '../../kit/counting/counters';
import { grown } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';

/** What the sender found to have come in another order than it was sent. */
const DETECTED = [
  'TcpExtTCPSACKReorder',
  'TcpExtTCPTSReorder',
  'TcpExtTCPRenoReorder',
  'TcpExtTCPFACKReorder',
];
/** What came before something that was sent earlier: overtaken, or the other is lost. */
const EARLY = ['TcpExtTCPOFOQueue', 'TcpOutOfOrderPacketsNBytes'];
const RECEIVED = ['TcpInSegs', 'TcpPacketsReceived'];

const FEW = 20;
/** Judgement: no standard has limits. */
const ENOUGH = 1000;
const PERCENT = 1;

const TEXTS = {
  detected: say(
    'Segments overtake each other on the path from this host: {count}',
    'linux-snmp-counter',
  ),
  detectedWhy: say(
    'Segments that are only late look lost for a moment and are sent again needlessly. It is no proof of loss.',
    'linux-snmp-counter',
  ),
  early: say(
    'Segments on the way to this host are lost or overtaken: {count} came out of order',
    'linux-snmp-counter',
    'measured',
  ),
  earlyWhy: say(
    'A segment that comes before an earlier one waits for it. The counters of the sender show whether that was sent again, and so was lost.',
    'linux-snmp-counter',
    'measured',
  ),
  look: say('`reordering` is above 3 for connections whose segments are overtaken.', 'iproute2-ss'),
  remedy: say(
    'Look for parallel links on the path, such as bonding or several routes: keep each connection on one of them.',
    'general-practice',
  ),
};

export const reordering = rule({
  code: 'CT-11',
  id: 'counter-reordering',
  title: label('Counters show segments that come out of order'),
  needs: { counters: true, time: true },
  *find(context) {
    const moved = movedIn(context);
    if (moved === null) {
      return;
    }
    const about = { severity: 'info', confidence: 'high', remedy: TEXTS.remedy } as const;
    if (moved.by(...DETECTED) >= FEW) {
      yield grown(context, moved, {
        ...about,
        subject: 'order of what is sent',
        counters: DETECTED,
        says: TEXTS.detected,
        why: TEXTS.detectedWhy,
        look: { text: on(LINUX, TEXTS.look), command: 'ss -tin' },
      });
    }
    const all = moved.by(...RECEIVED);
    if (all >= ENOUGH && moved.by(...EARLY) * 100 > all * PERCENT) {
      yield grown(context, moved, {
        ...about,
        subject: 'order of what comes',
        counters: EARLY,
        of: { counters: RECEIVED, percent: PERCENT },
        says: TEXTS.early,
        why: TEXTS.earlyWhy,
      });
    }
  },
});
