import assert from 'node:assert/strict';

import { everythingSaid, expectFinding, expectSilence, loop, many, ss, titles } from '../../scene';

interface Sent {
  readonly sent?: number;
  readonly again?: number;
  readonly local?: string;
}

const connection = (
  remote: string,
  { sent = 8_000_000, again = 0, local = '192.0.2.1:40000' }: Sent = {},
): string =>
  `ESTAB 0 0 ${local} ${remote} users:(("app",pid=3,fd=9))\n` +
  `\t cubic wscale:7,7 rto:204 bytes_sent:${sent}${again > 0 ? ` bytes_retrans:${again}` : ''} bytes_acked:${sent - again} lastsnd:40`;

describe('RT-2', () => {
  it('names the remote to which much was sent again', () => {
    const found = expectFinding(
      ss(connection('198.51.100.7:873', { again: 960_000 }), connection('198.51.100.9:443')),
      'RT-2',
      {
        severity: 'warning',
        confidence: 'medium',
        rows: 1,
        title:
          'app (3) had to send 12% of all data to 198.51.100.7:873 again: segments are most likely lost on the path',
      },
    );
    assert.match(everythingSaid(found).join('\n'), /at most 1% sent again: 1\./);
  });

  it('names the one network where others are clean', () => {
    const racks = (network: string, again: number): string[] =>
      many(4, i =>
        connection(`${network}.${i + 1}:443`, { again, local: `192.0.2.1:${41_000 + i}` }),
      );
    const both = ss(...racks('198.51.100', 960_000), ...racks('203.0.113', 0));
    expectFinding(both, 'RT-2', {
      rows: 4,
      title: /to 4 remote addresses of 198\.51\.100\.0\/24 again/,
    });
    // Without others it may be anything on the way.
    assert.doesNotMatch(titles(ss(...racks('198.51.100', 960_000))).join(), /\/24/);
  });

  it('warns of no path that others go as well, as subflows of MPTCP do', () => {
    const to = '198.51.100.7:873';
    const subflow = (local: string, sent: Sent): string =>
      `${connection(to, { ...sent, local })} tcp-ulp-mptcp flags:Mmec token:0000(id:0)/3b1d4a2c(id:0)`;
    const lossy = subflow('10.64.0.9:40001', { again: 960_000 });
    const both = ss(lossy, subflow('192.0.2.1:40000', { sent: 80_000_000 }));
    const found = expectFinding(both, 'RT-2', {
      severity: 'info',
      rows: 1,
      title:
        'app (3) had to send 12% of all data on 1 connection to 198.51.100.7:873 again, unlike on others to the same address',
    });
    const said = everythingSaid(found).join('\n');
    assert.match(
      said,
      /to the same addresses with at most 1% sent again: 1\. They carried 80,000,000 bytes/,
    );
    assert.doesNotMatch(said, /to other addresses/);
    // What carried little says little; all that is lost is lost on the path.
    const little = subflow('192.0.2.1:40000', { sent: 400_000 });
    expectFinding(ss(lossy, little), 'RT-2', { severity: 'warning' });
    expectFinding(ss(lossy), 'RT-2', { severity: 'warning', title: /of all data to 198/ });
  });

  it('says nothing of what is usual, or too little to say', () => {
    expectSilence(ss(connection('198.51.100.7:873', { again: 160_000 })), 'RT-2');
    expectSilence(ss(connection('198.51.100.7:873', { sent: 20_000, again: 3_000 })), 'RT-2');
    expectSilence(ss(connection('198.51.100.7:873', { sent: 500_000, again: 60_000 })), 'RT-2');
    expectSilence(ss(connection('198.51.100.7:873')), 'RT-2');
  });

  it('is information for clients of a server that have no path in common', () => {
    const server = (lossy: number, network = '203.0'): string =>
      ss(
        'LISTEN 0 128 0.0.0.0:443 0.0.0.0:* users:(("app",pid=3,fd=3))',
        ...many(40, i =>
          connection(`${network}.${i}.9:50000`, {
            again: i < lossy ? 900_000 : 10_000,
            local: '192.0.2.1:443',
          }),
        ),
      );
    expectFinding(server(2), 'RT-2', { severity: 'info' });
    expectFinding(server(20), 'RT-2', { severity: 'info' });
    expectFinding(server(20, '10.9'), 'RT-2', { severity: 'warning' });
    expectFinding(server(2, '10.9'), 'RT-2', { severity: 'info' });
  });

  it('leaves out what the peer had already', () => {
    const reordered = (needless: number): string =>
      ss(
        connection('198.51.100.7:873', { again: 960_000 }) +
          ` retrans:0/700 dsack_dups:${needless} reordering:120`,
      );
    expectSilence(reordered(690), 'RT-2');
    expectSilence(reordered(900), 'RT-2');
    expectFinding(reordered(100), 'RT-2', { severity: 'warning', title: /10\.\d% of all data/ });
  });

  it('takes too little data in the last interval for no end of the loss', () => {
    const calls = (sent: number, again: number): string =>
      ss(
        ...many(8, i =>
          connection('198.51.100.7:9555', { sent, again, local: `192.0.2.1:${41_000 + i}` }),
        ),
      );
    // 5% all along, 118 kB on each connection between two snapshots.
    const lasting = loop(calls(240_000, 12_000), calls(358_000, 18_000), calls(476_000, 24_000));
    expectFinding(lasting, 'RT-2', {
      severity: 'warning',
      rows: 8,
      title: /^app \(3\) had to send 5/,
    });
    const over = loop(calls(240_000, 12_000), calls(358_000, 12_000), calls(476_000, 12_000));
    expectFinding(over, 'RT-2', { severity: 'info', title: /^Until snapshot 1 of 3: / });
  });

  it('goes by the time between two snapshots, where that is enough', () => {
    const later = (sent: number, again: number): string =>
      ss(connection('198.51.100.7:873', { sent, again }));
    // The loss is over, or has just begun.
    expectFinding(loop(later(8e6, 960_000), later(16e6, 960_000)), 'RT-2', {
      title: /^Until snapshot 1 of 2: /,
    });
    expectFinding(loop(later(80e6, 1000), later(88e6, 800_000)), 'RT-2', {
      title: /had to send 10% of all data/,
    });
    expectFinding(loop(later(8e6, 960_000), later(8.01e6, 960_000)), 'RT-2', {
      title: /had to send 12% of all data/,
    });
  });
});
