import { expectFinding, expectHealthy, expectSilence, loop, netstat, row, ss } from '../../scene';

const sending = (sendQ: number, timer: string): string =>
  netstat(
    row('ESTABLISHED', '192.0.2.1:50000', '198.51.100.7:9001', { sendQ, timer, owner: '3/app' }),
  );

describe('SQ-1', () => {
  it('tells a peer that does not read by its probes', () => {
    expectFinding(sending(70_000, 'probe (3.00/0/0)'), 'SQ-1', {
      severity: 'warning',
      title: 'app (3) cannot send 70,000 bytes: not read by 198.51.100.7:9001',
    });
    expectFinding(sending(900, 'probe (0.20/0/0)'), 'SQ-1', { severity: 'info' });
    expectFinding(sending(900, 'probe (0.20/0/1)'), 'SQ-1', { severity: 'info' });
    expectFinding(sending(900, 'probe (0.20/0/2)'), 'SQ-1', { severity: 'warning' });
  });

  it('tells a peer that does not answer by its retransmissions', () => {
    expectFinding(sending(900, 'on (1.50/3/0)'), 'SQ-1', {
      severity: 'warning',
      title: /^app \(3\) cannot send 900 bytes: not acknowledged by/,
    });
  });

  it('takes much data with a quiet timer for an upload', () => {
    expectHealthy(sending(4_000_000, 'on (0.20/0/0)'));
    expectSilence(sending(65_535, 'on (0.20/0/0)'), 'SQ-1');
  });

  it('says that timers are missing, and trusts a second snapshot', () => {
    const output = ss('ESTAB 0 65536 192.0.2.1:50000 198.51.100.7:9001');
    expectFinding(output, 'SQ-1', { severity: 'warning', confidence: 'low' });
    const little = ss('ESTAB 0 512 192.0.2.1:50000 198.51.100.7:9001');
    expectSilence(little, 'SQ-1');
    expectFinding(loop(little, little), 'SQ-1', { severity: 'warning', confidence: 'medium' });
  });
});
