import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Counter, countersOf } from '../../../src/core/model/counter';
import { readDump } from '../../../src/core/reading/reader';
import { assertAllRead } from '../rows';

/*
 * Ten staged scenes on a Linux host of its own network namespace, each taken before and after; what
 * the kernel counted in between is in truth.json.
 */
const FOLDER = path.join(__dirname, 'captures');

interface Truth {
  readonly moved: Readonly<Record<string, number>>;
}

const truth = JSON.parse(readFileSync(path.join(FOLDER, 'truth.json'), 'utf8')) as Record<
  string,
  Record<string, Truth>
>;

const FILES = [
  'netstat-s.txt',
  'netstat-s6.txt',
  'nstat-az.txt',
  'proc_net_snmp.txt',
  'proc_net_netstat.txt',
  'proc_net_snmp6.txt',
  'sockstat.txt',
  'sockstat6.txt',
  'ss-s.txt',
];

function counters(file: string): Counter[] {
  const dump = readDump(readFileSync(path.join(FOLDER, file), 'utf8'));
  assertAllRead(dump);
  assert.equal(dump.lines.counter + dump.lines.blank, dump.lines.total, file);
  assert.equal(dump.snapshots.length, 1, file);
  assert.equal(dump.snapshots[0]?.system, 'linux', file);
  return countersOf(dump.snapshots[0].counted);
}

function values(...files: readonly string[]): Map<string, number> {
  return new Map(files.flatMap(counters).map(({ name, value }) => [name, value]));
}

describe('captures of counters', () => {
  const scenes = readdirSync(FOLDER).filter(name => /^\d/.test(name));
  assert.equal(scenes.length, 10);

  for (const scene of scenes) {
    for (const [side, { moved }] of Object.entries(truth[scene]!)) {
      const suffix = side === 'host' ? '' : `-${side}`;
      const before = `${scene}/before${suffix}`;
      const after = `${scene}/after${suffix}`;

      it(`${scene}, ${side}: every line is read`, () => {
        for (const folder of [before, after]) {
          for (const file of FILES) {
            assert.ok(counters(`${folder}/${file}`).length > 0, `${folder}/${file}`);
          }
        }
      });

      it(`${scene}, ${side}: the kernel's tables tell what moved`, () => {
        const tables = ['proc_net_snmp.txt', 'proc_net_netstat.txt', 'proc_net_snmp6.txt'];
        const from = values(...tables.map(file => `${before}/${file}`));
        const to = values(...tables.map(file => `${after}/${file}`));
        for (const [name, change] of Object.entries(moved)) {
          assert.equal(to.get(name)! - from.get(name)!, change, name);
        }
      });

      it(`${scene}, ${side}: netstat -s gives the same names and numbers as the kernel`, () => {
        for (const folder of [before, after]) {
          const kernel = values(`${folder}/proc_net_snmp.txt`, `${folder}/proc_net_netstat.txt`);
          for (const { name, value } of counters(`${folder}/netstat-s.txt`)) {
            assert.ok(kernel.has(name), name);
            assert.ok(near(value, kernel.get(name)!), `${name}: ${value} ${kernel.get(name)}`);
          }
        }
      });

      it(`${scene}, ${side}: nstat gives the names and numbers of the kernel`, () => {
        const kernel = values(
          ...['snmp', 'netstat', 'snmp6'].map(file => `${after}/proc_net_${file}.txt`),
        );
        for (const { name, value } of counters(`${after}/nstat-az.txt`)) {
          // More octets than segments move between two commands.
          assert.ok(name.endsWith('Octets') || near(value, kernel.get(name)!), name);
        }
        if (existsSync(path.join(FOLDER, after, 'nstat.txt'))) {
          const since = values(`${after}/nstat.txt`);
          for (const [name, change] of Object.entries(moved)) {
            if (name !== 'TcpCurrEstab') {
              assert.ok(near(since.get(name) ?? 0, change), name);
            }
          }
        }
      });
    }
  }
});

/** The tools ran within a tenth of a second of one another. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 12;
}
