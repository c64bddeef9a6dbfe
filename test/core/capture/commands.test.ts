import assert from 'node:assert/strict';

import { asTyped, captureCommands } from '../../../src/core/capture/commands';

/** Every command line, the best first: none asks DNS, none is left to a shell. */
const TABLE: Record<string, string[]> = {
  linux: [
    'ss -tunapoeim',
    'ss -tunap',
    'netstat -tunapeeo --wide',
    'netstat -tunapeeo',
    'netstat -tunap',
    'netstat -tuna',
    '/proc/net',
  ],
  darwin: ['netstat -anvl -p tcp; netstat -anvl -p udp', 'lsof -nP -i -Tqs'],
  win32: [
    'netstat -anobq',
    'netstat -anob',
    'netstat -anoq',
    'netstat -ano',
    'powershell -NoProfile -NonInteractive -Command Get-NetTCPConnection | Format-Table -AutoSize LocalAddress,LocalPort,RemoteAddress,RemotePort,State,OwningProcess | Out-String -Width 400',
  ],
  freebsd: ['sockstat -46s', 'sockstat -46', 'netstat -an'],
  openbsd: ['netstat -anB', 'lsof -nP -i -Tqs'],
  netbsd: ['netstat -an'],
  sunos: ['netstat -anu', 'netstat -an'],
  aix: ['netstat -Aan'],
};

describe('capture commands', () => {
  for (const [platform, lines] of Object.entries(TABLE)) {
    it(`of ${platform}`, () => {
      assert.deepEqual(captureCommands(platform).map(asTyped), lines);
    });
  }

  it('are the same on Android as on Linux, and none where nothing is known', () => {
    assert.deepEqual(captureCommands('android'), captureCommands('linux'));
    assert.deepEqual(captureCommands('haiku'), []);
  });

  it('always print numbers', () => {
    for (const platform of Object.keys(TABLE)) {
      for (const { tool, runs } of captureCommands(platform)) {
        const words = runs.map(args => args.join(' '));
        const numeric = tool === 'sockstat' || tool === 'powershell' || tool === 'proc';
        assert.ok(numeric || words.every(line => /^-\w*n/.test(line)), words.join());
      }
    }
  });

  it('can be chosen by their tool', () => {
    assert.deepEqual(captureCommands('linux', 'proc').map(asTyped), ['/proc/net']);
    assert.deepEqual(captureCommands('win32', 'ss'), []);
  });

  it('say what shows owners', () => {
    for (const platform of Object.keys(TABLE)) {
      for (const { owners } of captureCommands(platform)) {
        assert.notEqual(owners.command, '');
      }
    }
  });

  it('are programs below System32 on Windows', () => {
    assert.deepEqual(
      [...new Set(captureCommands('win32').map(({ program }) => program))],
      ['netstat.exe', 'WindowsPowerShell\\v1.0\\powershell.exe'],
    );
  });
});
