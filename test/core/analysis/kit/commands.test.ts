import assert from 'node:assert/strict';

import {
  detailsCommand,
  listenerCommand,
  listState,
  listStateOfPort,
  processCommand,
  queuesCommand,
  remoteCommand,
  stateQueuesCommand,
} from '../../../../src/core/analysis/kit/commands';
import { adviceFor } from '../../../../src/core/dialects/advice';
import { systems } from '../../../../src/core/knowledge/systems';
import type { System } from '../../../../src/core/vocabulary/system';
import { TCP_STATES } from '../../../../src/core/vocabulary/state';

const SYSTEMS: readonly (System | null)[] = [...systems.map(({ id }) => id), null];

const JAVA = { pid: 812, process: 'java' };

describe('commands that reports name', () => {
  for (const system of SYSTEMS) {
    it(`are of the system: ${system ?? 'not known'}`, () => {
      const windows = /^powershell -c "Get-[^"]+"$/;
      const commands = [
        ...TCP_STATES.flatMap(state => [listState(system, state), listState(system, state, JAVA)]),
        listenerCommand(system, 8080),
        listenerCommand(system, -1),
        remoteCommand(system, '192.0.2.7'),
        remoteCommand(system, '2001:db8::7'),
      ].filter(command => command !== null);
      assert.ok(commands.length > TCP_STATES.length);
      for (const command of commands) {
        assert.match(command, /^[\w-]+ \S/);
        assert.doesNotMatch(command, /undefined|null|NaN/);
        assert.equal(windows.test(command) || system !== 'windows', true, command);
        assert.ok(
          system === 'linux' || system === 'android' || !command.startsWith('ss '),
          command,
        );
      }
    });

    it(`for a better dump are there: ${system ?? 'not known'}`, () => {
      const advice = adviceFor(system);
      assert.ok(advice.length > 0 || system === 'junos' || system === 'android', `${system}`);
      for (const { dialect, command } of advice) {
        assert.notEqual(command.command, '', dialect.title);
      }
    });
  }

  it('are those of hosts without netstat, too', () => {
    const java = { pid: 2_099_123, process: 'vpxa' };
    assert.deepEqual(
      (['esxi', 'cisco', 'junos'] as const).map(system => [
        listState(system, 'CLOSE-WAIT', java),
        stateQueuesCommand(system, 'ESTABLISHED'),
        listStateOfPort(system, 'SYN-RECEIVED', 'server', 22),
        listenerCommand(system, 22),
        remoteCommand(system, '192.0.2.7'),
        queuesCommand(system, '192.0.2.7'),
        processCommand(system, 7),
      ]),
      [
        [
          'esxcli network ip connection list | grep CLOSE_WAIT',
          'esxcli network ip connection list | grep ESTABLISHED',
          "esxcli network ip connection list | grep -E 'SYN_R(ECV|CVD|ECEIVED)' | grep 22",
          'esxcli network ip connection list | grep 22',
          'esxcli network ip connection list | grep 192.0.2.7',
          'esxcli network ip connection list | grep 192.0.2.7',
          null,
        ],
        [
          'show tcp brief all | include CLOSEWAIT',
          'show tcp brief all | include ESTAB',
          'show tcp brief all | include SYNRCVD',
          'show tcp brief all | include 22',
          'show tcp brief all | include 192.0.2.7',
          'show tcp brief all | include 192.0.2.7',
          null,
        ],
        [
          'show system connections | match CLOSE_WAIT',
          'show system connections | match ESTABLISHED',
          'show system connections | match SYN_RCVD | match 22',
          'show system connections | match 22',
          'show system connections | match 192.0.2.7',
          'show system connections | match 192.0.2.7',
          null,
        ],
      ],
    );
  });

  it('take nothing from a dump that a shell could run', () => {
    for (const system of SYSTEMS) {
      for (const address of ['*', '', '$(id)', '1.2.3.4; id', '`id`', 'db-1', "'"]) {
        assert.equal(remoteCommand(system, address), null);
      }
    }
  });

  it('name a process where one is known', () => {
    assert.match(listState('linux', 'CLOSE-WAIT', JAVA), /812/);
    assert.match(listState('macos', 'CLOSE-WAIT', JAVA), /812/);
    assert.match(listenerCommand('linux', 8080), /8080/);
  });

  it('put what shells take for a pattern in quotes', () => {
    assert.equal(remoteCommand('linux', '2001:db8::9'), "ss -tanpoi dst '[2001:db8::9]'");
    assert.equal(remoteCommand('macos', '2001:db8::9'), "lsof -nP '-iTCP@[2001:db8::9]'");
    for (const system of SYSTEMS) {
      const command = remoteCommand(system, '2001:db8::9') ?? '';
      assert.doesNotMatch(command.replace(/'[^']*'/g, ''), /[[\]*?]/);
    }
  });

  it('look with lsof only for what a process holds', () => {
    for (const state of TCP_STATES) {
      assert.doesNotMatch(listState('macos', state), /SYN_R$|-sTCP:(?:SYN_R|TIME_WAIT|LAST_ACK)/);
    }
    assert.equal(listState('macos', 'SYN-RECEIVED', JAVA), 'netstat -an -p tcp | grep SYN_RCVD');
    assert.equal(
      listState('macos', 'FIN-WAIT-2', JAVA),
      'lsof -nP -iTCP -sTCP:FIN_WAIT_2 -a -p 812',
    );
    assert.equal(listState(null, 'FIN-WAIT-2'), "netstat -an | grep -E 'FIN_WAIT_?2'");
  });

  it('ask lsof for a process of a system that is not known, whatever it calls its states', () => {
    assert.equal(listState(null, 'CLOSE-WAIT', JAVA), 'lsof -nP -a -p 812 -iTCP | grep CLOSE_WAIT');
    assert.equal(
      listState(null, 'FIN-WAIT-2', JAVA),
      "lsof -nP -a -p 812 -iTCP | grep -E 'FIN_WAIT_?2'",
    );
    assert.equal(
      listState(null, 'CLOSE-WAIT', { pid: null, process: 'java' }),
      'netstat -an | grep CLOSE_WAIT',
    );
  });

  it('run in both shells of Windows', () => {
    assert.equal(
      listState('windows', 'CLOSE-WAIT', JAVA),
      'powershell -c "Get-NetTCPConnection -State CloseWait -OwningProcess 812"',
    );
    assert.equal(
      remoteCommand('windows', '2001:db8::7'),
      `powershell -c "Get-NetTCPConnection -RemoteAddress '2001:db8::7'"`,
    );
  });

  it('promise timers and queues only where a tool shows them', () => {
    assert.equal(detailsCommand('macos', '192.0.2.7'), null);
    assert.equal(detailsCommand('windows', '192.0.2.7'), null);
    assert.equal(queuesCommand('windows', '192.0.2.7'), null);
    assert.equal(queuesCommand('macos', '2001:db8::7'), 'netstat -anl | grep -F 2001:db8::7');
    assert.equal(stateQueuesCommand('windows', 'ESTABLISHED'), null);
    assert.equal(
      stateQueuesCommand('macos', 'ESTABLISHED', JAVA),
      'netstat -an | grep ESTABLISHED',
    );
  });

  it('ask for one process only', () => {
    assert.match(processCommand('windows', 812) ?? '', /'ProcessId = 812'/);
    assert.match(processCommand('macos', 812) ?? '', /lstart/);
    // The ps of System V has no lstart.
    for (const system of ['solaris', 'aix', 'hpux'] as const) {
      assert.equal(processCommand(system, 812), 'ps -f -p 812');
    }
    assert.equal(processCommand('linux', 812), 'ps -o pid,ppid,user,lstart,args -p 812');
    assert.equal(processCommand('linux', 0), null);
    assert.equal(processCommand(null, 812), null);
  });
});
