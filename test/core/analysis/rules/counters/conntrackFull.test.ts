import { expectFinding, expectSilence, netstat, row } from '../../scene';

describe('CT-27 conntrack-full', () => {
  const table = (count: number, max: number, prefix = 'net.netfilter.') =>
    `net.netfilter.nf_conntrack_count = ${count}\n${prefix}nf_conntrack_max = ${max}\n`;

  it('finds a table that is full', () => {
    const full = { severity: 'error', title: /: 262,144 entries, of 262,144 at most$/ } as const;
    expectFinding(table(262_144, 262_144), 'CT-27', full);
    expectFinding(table(262_144, 262_144, 'net.'), 'CT-27', full);
    // Beside sockets.
    const sockets = netstat(row('ESTABLISHED', '192.0.2.1:40000', '198.51.100.5:443'));
    expectFinding(table(262_145, 262_144) + sockets, 'CT-27', {});
  });

  it('is silent where there is room, no limit, or one of the two is missing', () => {
    expectSilence(table(157_286, 262_144), 'CT-27');
    expectSilence(table(262_143, 262_144), 'CT-27');
    expectSilence(table(262_144, 0), 'CT-27');
    expectSilence('net.netfilter.nf_conntrack_max = 262144\n', 'CT-27');
  });
});
