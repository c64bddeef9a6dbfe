import assert from 'node:assert/strict';
import type { RuleCode } from '../../../../../src/core/analysis/finding';
import { expectFinding, expectSilence, loop, many, netstat, row, statistics } from '../../scene';

/** Rules that a counter alone makes speak: how it grows, how grave that is, and what is said. */
const CASES: readonly {
  readonly code: RuleCode;
  readonly name: string;
  readonly severity: 'warning' | 'error';
  readonly title: string;
}[] = [
  {
    code: 'CT-2',
    name: 'TcpExtTCPReqQFullDrop',
    severity: 'warning',
    title: 'A queue of half-open connections is full; SYNs dropped: 31',
  },
  {
    code: 'CT-4',
    name: 'TcpExtTCPTimeWaitOverflow',
    severity: 'warning',
    title: 'The limit of TIME_WAIT is most likely reached; connections closed without it: 31',
  },
  {
    code: 'CT-5',
    name: 'TcpExtTCPRcvQDrop',
    severity: 'warning',
    title: 'Received TCP data was dropped for want of buffer memory and had to be sent again',
  },
  {
    code: 'CT-6',
    name: 'TcpExtTCPBacklogDrop',
    severity: 'warning',
    title: 'A program keeps its socket busy for too long; segments dropped meanwhile: 31',
  },
  {
    code: 'CT-7',
    name: 'TcpExtTCPMemoryPressures',
    severity: 'error',
    title: 'Every connection of the machine suffers from a shortage of TCP memory; shortages: 31',
  },
  {
    code: 'CT-7',
    name: 'TcpExtTCPAbortOnMemory',
    severity: 'error',
    title: 'Too many closed connections still wait for their peers; reset for lack of memory: 31',
  },
];

describe('rules on a counter that grows', () => {
  for (const { code, name, severity, title } of CASES) {
    describe(`${code}, ${name}`, () => {
      it('speaks, with the counter as evidence', () => {
        const found = expectFinding(
          loop(statistics({ [name]: 4 }), statistics({ [name]: 35 })),
          code,
          {
            severity,
            title,
          },
        );
        assert.match(found.evidence[0]?.text.id ?? '', /^`\{name\}`: from \{from\} to \{to\} in/);
        assert.notEqual(found.evidence[0]?.line, null);
      });

      it('takes a line that was left out before for 0', () => {
        expectFinding(loop(statistics({}), statistics({ [name]: 31 })), code, { severity, title });
      });

      it('says nothing of one moment, of one that stands still, or of one that got smaller', () => {
        expectSilence(statistics({ [name]: 1_000_000 }), code);
        expectSilence(loop(statistics({ [name]: 35 }), statistics({ [name]: 35 })), code);
        expectSilence(loop(statistics({ [name]: 35 }), statistics({ [name]: 4 })), code);
      });
    });
  }

  it('CT-4 counts what is in TIME_WAIT', () => {
    const waiting = netstat(
      ...many(5, i => row('TIME_WAIT', `192.0.2.1:${40_000 + i}`, '198.51.100.7:80')),
    );
    const found = expectFinding(
      loop(statistics({}) + waiting, statistics({ TcpExtTCPTimeWaitOverflow: 3 }) + waiting),
      'CT-4',
      { rows: 5 },
    );
    assert.ok(found.evidence.some(({ text }) => text.id.startsWith('In TIME_WAIT')));
  });

  it('CT-7 shows closed connections without a process', () => {
    const rows = netstat(
      row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '7/web' }),
      ...many(3, i => row('FIN_WAIT1', '192.0.2.1:80', `198.51.100.7:${40_000 + i}`, { sendQ: 9 })),
      ...many(2, i => row('LAST_ACK', '192.0.2.1:80', `198.51.100.7:${41_000 + i}`, { sendQ: 1 })),
    );
    expectFinding(
      loop(statistics({}) + rows, statistics({ TcpExtTCPAbortOnMemory: 3 }) + rows),
      'CT-7',
      { rows: 5 },
    );
  });
});
