import assert from 'node:assert/strict';

import { readSshConfig } from '../../../src/core/capture/sshConfig';
import { processorTime } from '../processorTime';

describe('hosts of an ssh configuration', () => {
  for (const [text, ...hosts] of [
    ['Host web-1\n  HostName 192.0.2.1\n', 'web-1'],
    ['host web-1 web-2\tweb-3\r\nHOST\tdb', 'web-1', 'web-2', 'web-3', 'db'],
    ['  Host=web-1\nHost = web-2\nHost "web-3" web-4', 'web-1', 'web-2', 'web-3', 'web-4'],
    // Patterns are no names, nor is what a name is not to be like.
    ['Host *\nHost web-? !web-9 *.corp web-1', 'web-1'],
    ['Host web-1 # web-2\n# Host web-3\n#Host web-4', 'web-1'],
    ['HostName web-1\nHostKeyAlias web-2\nMatch host web-3\nProxyJump web-4'],
    ['Host web-1\nHost web-1', 'web-1'],
    // What ssh would take for an option, and what nothing is called.
    ['Host -oProxyCommand=x --x "-x y" a;b $(x) `x` a\u001b[31mb a|b \u202eweb'],
    ['Host "a b" ok "unclosed', 'ok', 'unclosed'],
    ['Host user@web-1 2001:db8::1 größe', 'user@web-1', '2001:db8::1'],
    ['Host'],
    ['Host '],
    [''],
    ['\0\0Host x\0'],
  ] as const) {
    it(`are read: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readSshConfig(text).hosts, hosts);
    });
  }

  it('include other files, by their names or patterns', () => {
    const { includes } = readSshConfig('Include ~/a config.d/*\ninclude "b c" # d\nInclude\n');
    assert.deepEqual(includes, ['~/a', 'config.d/*', 'b c']);
  });

  it('take time that grows with the length of the file alone', () => {
    const start = process.cpuUsage();
    readSshConfig(`Host ${'"'.repeat(4000)}\n`.repeat(50));
    readSshConfig(`Host ${'a '.repeat(2_000_000)}`);
    readSshConfig('Host x\n'.repeat(100_000));
    readSshConfig(`${' '.repeat(4000)}x\n`.repeat(200));
    assert.ok(processorTime(start) < 5000);
  });
});
