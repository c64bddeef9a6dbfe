import assert from 'node:assert/strict';

import {
  listenerCommand,
  listState,
  remoteCommand,
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
      const windows = /^(?:Get-|netstat )/;
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
});
