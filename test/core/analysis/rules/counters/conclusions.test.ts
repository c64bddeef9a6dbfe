import assert from 'node:assert/strict';
import type { Finding, RuleCode } from '../../../../../src/core/analysis/finding';
import { plain } from '../../../../../src/core/wording/text';
import { expectFinding, expectHealthy, expectSilence, loop, statistics } from '../../scene';

type Values = Readonly<Record<string, number>>;

/** What counters that grew within 30 s say, and what is nearly the same and says less. */
interface Case {
  readonly code: RuleCode;
  readonly what: string;
  readonly grew: Values;
  readonly severity: Finding['severity'];
  readonly confidence: Finding['confidence'];
  readonly title: string;
  /** Growth that is normal life: nothing above information, and nothing of this rule. */
  readonly silent?: Values;
  /** Growth of which the rule speaks as information. */
  readonly innocent?: Values;
}

const CASES: readonly Case[] = [
  {
    code: 'CT-9',
    what: 'connects that fail elsewhere',
    grew: { TcpActiveOpens: 100, TcpAttemptFails: 30, TcpOutRsts: 2 },
    severity: 'warning',
    confidence: 'high',
    title: 'Connection attempts of this host fail; refused or without an answer: 30',
    innocent: { TcpActiveOpens: 100, TcpAttemptFails: 10 },
  },
  {
    code: 'CT-9',
    what: 'connects that fail beside the resets of a port scan',
    grew: { TcpActiveOpens: 100, TcpAttemptFails: 90, TcpOutRsts: 1000 },
    severity: 'warning',
    confidence: 'high',
    title: 'Connection attempts of this host fail; refused or without an answer: 90',
  },
  {
    code: 'CT-9',
    what: 'few connects, which are no basis for a share',
    grew: { TcpActiveOpens: 10, TcpAttemptFails: 9 },
    severity: 'info',
    confidence: 'high',
    title: 'Connection attempts of this host fail; refused or without an answer: 9',
    silent: { TcpActiveOpens: 10 },
  },
  {
    code: 'CT-9',
    what: 'connects that this host itself refuses',
    grew: { TcpActiveOpens: 100, TcpAttemptFails: 90, TcpOutRsts: 90 },
    severity: 'info',
    confidence: 'medium',
    title: 'Programs of this host most likely connect to a port here that is closed; refused: 90',
  },
  {
    code: 'CT-9',
    what: 'connects that fail beside as many connections that are reset',
    grew: { TcpActiveOpens: 100, TcpAttemptFails: 90, TcpOutRsts: 90, TcpEstabResets: 90 },
    severity: 'info',
    confidence: 'high',
    title: 'Connection attempts of this host fail; refused or without an answer: 90',
  },
  {
    code: 'CT-9',
    what: 'handshakes that others break off',
    grew: { TcpActiveOpens: 1, TcpAttemptFails: 500 },
    severity: 'info',
    confidence: 'high',
    title: 'Handshakes that others began were broken off: 500',
  },
  {
    code: 'CT-10',
    what: 'handshakes without an answer',
    grew: { TcpActiveOpens: 10, TcpExtTCPSynRetrans: 40, TcpRetransSegs: 40 },
    severity: 'info',
    confidence: 'high',
    title: 'Handshakes get no answer: 40 SYNs or SYN,ACKs were sent again',
    silent: { TcpActiveOpens: 1000, TcpExtTCPSynRetrans: 40, TcpRetransSegs: 40 },
  },
  {
    code: 'CT-10',
    what: 'packets that do not leave',
    grew: { TcpExtTCPTimeouts: 6, TcpExtTCPSpuriousRtxHostQueues: 6 },
    severity: 'info',
    confidence: 'high',
    title: 'Packets still wait in this host when their timer expires: 6',
    silent: { TcpExtTCPTimeouts: 6, TcpExtTCPSpuriousRtxHostQueues: 6, TcpExtTCPSynRetrans: 1 },
  },
  {
    code: 'CT-11',
    what: 'what is sent and overtaken',
    grew: { TcpExtTCPSACKReorder: 15, TcpExtTCPTSReorder: 15 },
    severity: 'info',
    confidence: 'high',
    title: 'Segments overtake each other on the path from this host: 30',
    silent: { TcpExtTCPSACKReorder: 3 },
  },
  {
    code: 'CT-11',
    what: 'what comes out of order',
    grew: { TcpInSegs: 2000, TcpExtTCPOFOQueue: 100 },
    severity: 'info',
    confidence: 'high',
    title: 'Segments on the way to this host are lost or overtaken: 100 came out of order',
    silent: { TcpInSegs: 500, TcpExtTCPOFOQueue: 100 },
  },
  {
    code: 'CT-12',
    what: 'peers that vanish',
    grew: { TcpActiveOpens: 2, TcpExtTCPAbortOnTimeout: 1, TcpEstabResets: 1 },
    severity: 'warning',
    confidence: 'medium',
    title: 'Peers most likely vanished without a word; connections that were given up: 1',
    silent: { TcpActiveOpens: 2, TcpExtTCPKeepAlive: 9 },
    innocent: { TcpPassiveOpens: 9000, TcpExtTCPAbortOnTimeout: 20 },
  },
  {
    code: 'CT-12',
    what: 'handshakes that are given up',
    grew: { TcpActiveOpens: 3, TcpExtTCPAbortOnTimeout: 2, TcpAttemptFails: 2 },
    severity: 'info',
    confidence: 'high',
    title: 'The kernel gave up connections or connection attempts that got no answer: 2',
  },
  {
    code: 'CT-13',
    what: 'closing with unread data',
    grew: { TcpPassiveOpens: 100, TcpExtTCPAbortOnClose: 30, TcpEstabResets: 60, TcpOutRsts: 30 },
    severity: 'warning',
    confidence: 'high',
    title: 'Programs of this host close connections with unread data, so peers get a reset: 30',
    silent: { TcpPassiveOpens: 100 },
    innocent: { TcpPassiveOpens: 100, TcpExtTCPAbortOnClose: 4 },
  },
  {
    code: 'CT-13',
    what: 'one close with unread data, which is no share',
    grew: { TcpPassiveOpens: 1, TcpExtTCPAbortOnClose: 1, TcpEstabResets: 2, TcpOutRsts: 1 },
    severity: 'info',
    confidence: 'high',
    title: 'Programs of this host close connections with unread data, so peers get a reset: 1',
  },
  {
    code: 'CT-13',
    what: 'SO_LINGER 0',
    grew: { TcpExtTCPAbortOnData: 5, TcpEstabResets: 10, TcpOutRsts: 5 },
    severity: 'info',
    confidence: 'high',
    title: 'Connections were reset after close(): 5',
  },
  {
    code: 'CT-13',
    what: 'resets without a reason',
    grew: { TcpOutRsts: 3, TcpEstabResets: 6, TcpExtTCPAbortOnClose: 0 },
    severity: 'info',
    confidence: 'high',
    title: 'This host sent resets that no other counter explains: 3',
    silent: { TcpOutRsts: 3, TcpExtTCPAbortOnClose: 0 },
  },
  {
    code: 'CT-13',
    what: 'peers that reset',
    grew: { TcpPassiveOpens: 100, TcpEstabResets: 30, TcpExtTCPAbortOnClose: 0 },
    severity: 'warning',
    confidence: 'medium',
    title: 'Many connections end by a reset or a timeout: 30',
    silent: { TcpPassiveOpens: 100, TcpEstabResets: 9, TcpExtTCPAbortOnClose: 0 },
  },
  {
    code: 'CT-15',
    what: 'windows that stay closed here',
    grew: { TcpExtTCPToZeroWindowAdv: 3, TcpExtTCPFromZeroWindowAdv: 1 },
    severity: 'info',
    confidence: 'high',
    title: 'Receive windows were closed and not opened again: 2',
    silent: { TcpExtTCPToZeroWindowAdv: 3, TcpExtTCPFromZeroWindowAdv: 3 },
  },
  {
    code: 'CT-15',
    what: 'windows of peers',
    grew: { TcpExtTCPWinProbe: 4 },
    severity: 'info',
    confidence: 'high',
    title: 'A peer is not reading; probes of closed windows: 4',
    silent: { TcpExtTCPKeepAlive: 4 },
  },
  {
    code: 'CT-18',
    what: 'datagrams for closed ports',
    grew: { UdpInDatagrams: 1000, UdpNoPorts: 100 },
    severity: 'info',
    confidence: 'high',
    title: 'Datagrams come for ports that no program has open: 100',
    silent: { UdpInDatagrams: 1000, UdpNoPorts: 20 },
  },
  {
    code: 'CT-18',
    what: 'many datagrams each second for closed ports',
    grew: { UdpInDatagrams: 1_000_000, UdpNoPorts: 400 },
    severity: 'info',
    confidence: 'high',
    title: 'Datagrams come for ports that no program has open: 400',
    silent: { UdpNoPorts: 19 },
  },
  {
    code: 'CT-19',
    what: 'sends that fail',
    grew: { UdpSndbufErrors: 198, IpOutDiscards: 198 },
    severity: 'warning',
    confidence: 'high',
    title: 'Packets are not getting out of this host: sends failed, or were dropped here',
    innocent: { IpOutDiscards: 3 },
  },
  {
    code: 'CT-20',
    what: 'damaged packets',
    grew: { TcpInCsumErrors: 3, TcpInErrs: 3 },
    severity: 'warning',
    confidence: 'high',
    title: 'Damaged packets reach this host; dropped for their checksum: 3',
    silent: { TcpInErrs: 3 },
  },
  {
    code: 'CT-21',
    what: 'packets without a way back',
    grew: { TcpExtIPReversePathFilter: 6 },
    severity: 'warning',
    confidence: 'high',
    title:
      'The reverse path filter drops packets without a route back by the interface they came in: 6',
    silent: { IpInAddrErrors: 6 },
  },
  {
    code: 'CT-22',
    what: 'fragments that do not come',
    grew: { IpReasmReqds: 3, IpReasmOKs: 1, IpReasmTimeout: 1, IpReasmFails: 1 },
    severity: 'warning',
    confidence: 'medium',
    title: 'Fragments are most likely lost on the path; packets that could not be put together: 1',
    silent: { IpReasmReqds: 300, IpReasmOKs: 100 },
    innocent: { IpReasmReqds: 300, IpReasmOKs: 99, IpReasmFails: 1 },
  },
  {
    code: 'CT-22',
    what: 'packets that are too large',
    grew: { IpFragFails: 12 },
    severity: 'info',
    confidence: 'high',
    title: 'Packets were too large for their next link and must not be fragmented: 12',
    silent: { IpFragOKs: 12, IpFragCreates: 36 },
  },
];

/** Sums of a long time, which say nothing of now. */
const OLD = 1_000_000;

function sample(grew: Values, more: Values = {}): string {
  return statistics(
    Object.fromEntries(Object.keys(grew).map(name => [name, OLD + (more[name] ?? 0)])),
  );
}

describe('resets that two rules could count', () => {
  const evidence = (code: RuleCode, grew: Values): string => {
    const none = Object.fromEntries(Object.keys(grew).map(name => [name, 0]));
    const text = loop(statistics({ ...none, TcpPassiveOpens: 0 }), statistics(grew));
    return expectFinding(text, code)
      .evidence.map(one => plain(one.text))
      .join(' ');
  };
  const both = { TcpActiveOpens: 100, TcpAttemptFails: 100, TcpOutRsts: 100, TcpEstabResets: 100 };

  it('are named by neither where they may be of the other', () => {
    assert.doesNotMatch(evidence('CT-9', both), /TcpOutRsts/);
    assert.doesNotMatch(evidence('CT-13', both), /TcpOutRsts/);
  });

  it('are named where the other does not explain them', () => {
    assert.match(evidence('CT-9', { ...both, TcpEstabResets: 0 }), /TcpOutRsts/);
    assert.match(evidence('CT-13', { ...both, TcpAttemptFails: 0 }), /TcpOutRsts/);
  });
});

describe('conclusions from counters that grew', () => {
  for (const { code, what, grew, severity, confidence, title, silent, innocent } of CASES) {
    describe(`${code}, ${what}`, () => {
      it('speaks, with the counters as evidence', () => {
        const found = expectFinding(loop(sample(grew), sample(grew, grew)), code, {
          severity,
          confidence,
          title,
        });
        assert.match(found.evidence[0]?.text.id ?? '', /^`\{name\}`: from \{from\} to \{to\} in/);
        assert.notEqual(found.evidence[0]?.line, null);
      });

      it('says nothing of one moment, of what stands still, or got smaller', () => {
        expectSilence(sample(grew, grew), code);
        expectSilence(loop(sample(grew), sample(grew)), code);
        expectSilence(loop(sample(grew, grew), sample(grew)), code);
      });

      if (silent !== undefined) {
        it('says nothing of what is normal', () => {
          const text = loop(sample(silent), sample(silent, silent));
          expectSilence(text, code);
          expectHealthy(text);
        });
      }

      if (innocent !== undefined) {
        it('is information where it may be normal', () => {
          const text = loop(sample(innocent), sample(innocent, innocent));
          expectFinding(text, code, { severity: 'info' });
          expectHealthy(text);
        });
      }
    });
  }
});
