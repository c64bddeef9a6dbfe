import assert from 'node:assert/strict';

import type { AnalysisOptions } from '../../../../../src/core/analysis/analyze';
import { plain } from '../../../../../src/core/wording/text';
import {
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  scene,
  windows,
} from '../../scene';

const held = (recvQ: number, port = 40_000): string =>
  row('CLOSE_WAIT', '192.0.2.1:52000', `198.51.100.1:${port}`, { owner: '9/python3', recvQ });

describe('CW-4', () => {
  it('counts the bytes without the FIN', () => {
    expectFinding(netstat(held(83_848)), 'CW-4', {
      severity: 'info',
      pid: 9,
      title: 'python3 (9) has 83,847 bytes unread on 1 in CLOSE_WAIT',
    });
    expectFinding(netstat(...many(5, i => held(1001, 40_000 + i))), 'CW-4', {
      severity: 'warning',
      title: 'python3 (9) is most likely not reading: 5,000 bytes unread on 5 in CLOSE_WAIT',
    });
  });

  it('says nothing of a FIN alone or of nothing unread', () => {
    expectSilence(netstat(held(1)), 'CW-4');
    expectSilence(netstat(held(0)), 'CW-4');
    expectSilence(windows('CLOSE_WAIT 192.0.2.1:52000 198.51.100.1:443 9'), 'CW-4');
  });

  it('takes what stays for a minute for not read, and not a player that reads slowly', () => {
    const still = netstat(held(6000));
    expectFinding(loop(still, still), 'CW-4', { severity: 'info' });
    expectFinding(loop(still, still, still), 'CW-4', { severity: 'warning' });
    expectSilence(loop(still, still, netstat(held(5000))), 'CW-4');
    expectHealthy(scene('player.txt'));
    expectHealthy(scene('being-read.txt'));
  });

  it('shows threads with a command that does, and not where no process is shown', () => {
    const commandOf = (text: string, options?: AnalysisOptions): string | null | undefined =>
      expectFinding(text, 'CW-4', {}, options).confirm.find(({ text: said }) =>
        plain(said).includes('threads'),
      )?.command;
    const unread = row('CLOSE_WAIT', '192.0.2.1:52000', '198.51.100.1:443', {
      owner: '9/relayd',
      recvQ: 500,
    });
    assert.match(commandOf(netstat(unread)) ?? '', /^ps -L .* -p 9$/);
    assert.match(commandOf(netstat(held(500))) ?? '', /^py-spy dump/);
    assert.equal(commandOf(netstat(unread.replace('9/relayd', '-'))), undefined);
  });

  it('knows the good-bye of TLS', () => {
    for (const size of [24, 25, 32, 86]) {
      expectFinding(netstat(held(size)), 'CW-4', {
        severity: 'info',
        title: /most likely holds idle TLS/,
      });
    }
    const pool = netstat(...many(4, i => held(25, 40_000 + i)));
    expectFinding(pool, 'CW-4', { severity: 'info', rows: 4 });
  });
});
