import assert from 'node:assert/strict';

import { everythingSaid, expectFinding, many } from '../scene';

/** Rows of `netstat -ane`, without processes. */
function netstat(state: string, users: readonly string[], inode = 5000): string {
  return [
    'Active Internet connections (servers and established)',
    'Proto Recv-Q Send-Q Local Address Foreign Address State User Inode',
    ...users.map(
      (user, i) => `tcp 1 0 192.0.2.1:8080 198.51.100.7:${40_000 + i} ${state} ${user} ${inode}`,
    ),
    '',
  ].join('\n');
}

const said = (text: string, code: 'CW-1' | 'CW-5' = 'CW-1'): string =>
  everythingSaid(expectFinding(text, code)).join('\n');

describe('the user of sockets whose process is not shown', () => {
  it('is named where it is one', () => {
    const all = many(60, () => 'www-data');
    assert.match(said(netstat('CLOSE_WAIT', all)), /^User of these sockets: www-data\.$/m);
    assert.doesNotMatch(said(netstat('CLOSE_WAIT', ['root', ...all])), /User of/);
  });

  it('is not that of a socket that no program holds, which is printed as root', () => {
    const roots = many(60, () => 'root');
    assert.doesNotMatch(said(netstat('CLOSE_WAIT', roots, 0), 'CW-5'), /User of/);
  });
});
