import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  assertNeverSaid,
  expectFinding,
  expectSilence,
  many,
  netstat,
  row,
} from '../../scene';

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

  it('warns of one that is nearly full, and cites what the kernel says', () => {
    const message = '[12345.678901] nf_conntrack: nf_conntrack: table full, dropping packet\n';
    const found = expectFinding(message + table(262_000, 262_144), 'CT-27', {
      severity: 'warning',
      title: /nearly full: 262,000 entries/,
    });
    assert.match(found.evidence.map(({ text }) => plain(text)).join(' '), /Line 1 has a message/);
  });

  it('explains connects that are silent at once, and no single one that may be dead', () => {
    const message = '[12345.678901] nf_conntrack: nf_conntrack: table full, dropping packet\n';
    const silent = (count: number): string =>
      netstat(
        row('ESTABLISHED', '192.0.2.1:22', '10.20.9.7:52110'),
        ...many(count, i =>
          row('SYN_SENT', `192.0.2.1:${40_000 + i}`, `10.20.${i}.9:443`, {
            owner: `${70 + i}/curl`,
            timer: 'on (3.00/2/0)',
          }),
        ),
      );
    const text = table(262_144, 262_144) + silent(14);
    assert.deepEqual(
      analysed(text).findings.map(({ code }) => code),
      ['CT-27'],
    );
    assertNeverSaid(text, /blocked|provider/);
    assertNeverSaid(message + silent(14), /blocked|provider/);
    expectFinding(message + silent(14), 'SS-1', { severity: 'warning' });
    for (const apart of [
      table(262_144, 262_144) + silent(1),
      table(250_000, 262_144) + silent(14),
    ]) {
      expectFinding(apart, 'SS-1', { code: 'SS-1', severity: 'warning' });
    }
  });

  it('is silent where there is room, no limit, or one of the two is missing', () => {
    expectSilence(table(157_286, 262_144), 'CT-27');
    expectSilence(table(240_000, 262_144), 'CT-27');
    expectSilence(table(262_144, 0), 'CT-27');
    expectSilence('net.netfilter.nf_conntrack_max = 262144\n', 'CT-27');
  });
});
