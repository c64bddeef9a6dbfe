import assert from 'node:assert/strict';

import { Localizer, plain } from '../../../src/core/wording/text';
import { provesLittle } from '../../../src/core/report/findingBlocks';
import { analysed, netstat, row } from '../analysis/scene';

const healthy = netstat(
  row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '9/sshd' }),
  row('ESTABLISHED', '192.0.2.1:22', '192.0.2.9:50000', { owner: '10/sshd' }),
);
const said = (text: string): string[] => provesLittle(analysed(text), new Localizer()).map(plain);

describe('a listing without findings', () => {
  it('does not hide a message beside it', () => {
    const message =
      '2026/11/03 03:02:11 [error] 901#901: *7 connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://198.51.100.31:8080/"';
    assert.deepEqual(said(`${message}\n${healthy}`), [
      'Line 1 has a message of a problem: "Connection refused".',
    ]);
    assert.deepEqual(said(healthy), []);
    assert.deepEqual(said(`How do I find what says connection refused?\n${healthy}`), []);
  });
});
