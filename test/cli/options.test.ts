/* Every option has an effect, or is refused. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  type Command,
  COMMANDS,
  listed,
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
} from '../../src/cli/options';
import { callWith, type Result } from './call';
import { FakeMachine } from './machine';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';
const LEAK = `${HEAD}tcp 1 0 192.0.2.1:9443 192.0.2.7:51044 CLOSE_WAIT 4321/orders-api
tcp 1 0 192.0.2.1:9443 192.0.2.7:51046 CLOSE_WAIT 4321/orders-api
`;
const AT = (minute: number, rows: string): string => `2026-01-05T10:0${minute}:00Z\n${rows}\n`;
const SERIES = AT(0, LEAK) + AT(1, LEAK) + AT(2, HEAD + LEAK.slice(HEAD.length).split('\n')[0]!);

/** Leaks of many programs, each with another number of sockets. */
const MANY =
  HEAD +
  Array.from(
    { length: 70 },
    (_, i) => `tcp 1 0 192.0.2.1:9443 192.0.2.7:${20_000 + i} CLOSE_WAIT ${4000 + i}/p${i}\n`,
  ).join('');

/** A run, and the tools that it ran. */
type Run = Result & { readonly ran: readonly string[] };

/** Arguments without an option and with it; `seen` tells from each other what they print. */
interface Effect {
  readonly without: readonly string[];
  readonly added: readonly string[];
  readonly seen: (run: Run) => boolean;
}

/** A value of each option that has one. */
const VALUES: Readonly<Partial<Record<OptionName, string>>> = {
  format: 'json',
  list: 'counters',
  'fail-on': 'info',
  threshold: 'closeWaitWarning=2',
  rule: 'UDP-1',
  snapshots: '1,2',
  interval: '1',
  count: '1',
  via: 'env',
  tool: 'netstat',
  counters: 'on',
};

describe('options of the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-options-'));
    writeFileSync(file('leak'), LEAK);
    writeFileSync(file('other'), LEAK.replaceAll('192.0.2.1', '192.0.2.9'));
    writeFileSync(file('series'), SERIES);
    writeFileSync(file('many'), MANY);
    writeFileSync(file('others'), MANY.replaceAll('192.0.2.7', '192.0.2.8'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string): string => path.join(folder, name);

  async function call(...args: readonly string[]): Promise<Run> {
    const machine = new FakeMachine({
      ss: LEAK,
      netstat: args.includes('--all') || args.includes('netstat') ? MANY : LEAK,
    });
    machine.counters = '==> /proc/net/snmp <==\nTcp: RtoMin RetransSegs\nTcp: 200 7\n';
    const result = await callWith({ machine }, args);
    return { ...result, ran: machine.ran };
  }

  /** What a command needs besides options. */
  function operands(command: Command): string[] {
    const files: Partial<Record<Command, string>> = {
      analyze: file('leak'),
      diff: file('series'),
      explain: 'CLOSE_WAIT',
      port: '9443',
    };
    const operand = files[command];
    return operand === undefined ? [] : [operand];
  }

  function effectOf(command: Command, name: OptionName): Effect | undefined {
    const base = [command, ...operands(command), ...(command === 'watch' ? ['--count', '1'] : [])];
    const added = [`--${name}`, ...(VALUES[name] === undefined ? [] : [VALUES[name]])];
    const of = (seen: Effect['seen'], changed: Partial<Effect> = {}): Effect => ({
      without: base,
      added,
      seen,
      ...changed,
    });
    switch (name) {
      case 'format':
        return of(({ out }) => out.startsWith('{'));
      case 'list':
        return of(({ out }) => out.includes(',tool,kind,name,'), {
          without: [...base, '--format', 'csv'],
        });
      case 'redact':
        return of(({ out }) => !out.includes('192.0.2.7'), {
          without: command === 'watch' ? [...base, '--format', 'csv'] : base,
        });
      case 'together':
        return of(({ out }) => out.startsWith('2 hosts'), { without: [...base, file('other')] });
      case 'fail-on':
        return of(({ status }) => status === 1);
      case 'threshold':
        return of(({ out }) => /"severity":"(?:warning|error)"/.test(out), {
          without: [...base, '--format', 'json'],
        });
      case 'all':
        return command === 'diff'
          ? of(({ out }) => out.split('\n').length > 100, {
              without: ['diff', file('many'), file('others')],
            })
          : of(({ out }) => out.split('\n').length > 70, {
              without:
                command === 'watch' ? [...base, '--tool', 'netstat'] : ['analyze', file('many')],
            });
      case 'rule':
        return of(({ out }) => out.includes('No finding for UDP-1'));
      case 'explain':
        return of(({ out }) => /^ {2}Reason /m.test(out));
      case 'snapshots':
        return of(({ out }) => out.includes('No changes.'));
      case 'interval':
        return of(({ out }) => secondsBetween(out) === 2, {
          without: ['watch', '--count', '2', '--format', 'json', '--interval', '1'],
          added: ['--interval', '2'],
        });
      case 'count':
        return of(({ ran }) => ran.length === 2, {
          without: ['watch', '--interval', '0.2', '--count', '1'],
          added: ['--count', '2'],
        });
      case 'counters':
        return of(({ out }) => out.includes('RetransSegs'), {
          without: command === 'watch' ? [...base, '--format', 'json', '--counters', 'off'] : base,
        });
      case 'via':
        // The machine of the test is not asked: a command of its own is.
        return of(({ ran }) => ran.length === 0);
      case 'tool':
        return of(({ ran }) => ran.every(line => line.startsWith('netstat ')));
      default:
        return undefined;
    }
  }

  /** Options of the second list take the place of those in the first. */
  function together(without: readonly string[], added: readonly string[]): string[] {
    const at = without.indexOf(added[0]!);
    return at < 0
      ? [...without, ...added]
      : [...without.slice(0, at), ...added, ...without.slice(at + 2)];
  }

  for (const command of COMMANDS) {
    for (const name of OPTION_NAMES) {
      if (OPTIONS[name].commands.includes(command)) {
        it(`${command} does what --${name} says`, async () => {
          if (name === 'via' && process.platform === 'win32') {
            return;
          }
          const effect = effectOf(command, name);
          assert.ok(effect, 'an effect that can be seen');
          const { without, added, seen } = effect;
          const before = await call(...without);
          const after = await call(...together(without, added));
          assert.equal(seen(before), false, before.out + before.err);
          assert.equal(seen(after), true, after.out + after.err);
          assert.notEqual(after.status, 2);
        });
      } else if (name === 'help') {
        it(`${command} --help prints how the program is used`, async () => {
          const { status, out } = await call(command, '--help');
          assert.equal(status, 0);
          assert.match(out, /^Usage:/);
        });
      } else {
        it(`${command} refuses --${name}`, async () => {
          const value = VALUES[name];
          const option = value === undefined ? [`--${name}`] : [`--${name}`, value];
          const { status, out, err, ran } = await call(command, ...operands(command), ...option);
          assert.equal(status, 2);
          assert.equal(out, '');
          assert.deepEqual(ran, []);
          assert.match(err, new RegExp(`^netstat-lens: --${name}\\b`));
        });
      }
    }
  }

  it('are all in --help, with the commands that take them', async () => {
    const { out } = await call('--help');
    const blocks = out.split(/^ {2}(?=-)/m).slice(1);
    assert.equal(blocks.length, OPTION_NAMES.length);
    for (const [i, name] of OPTION_NAMES.entries()) {
      const { commands, value = '' } = OPTIONS[name];
      assert.ok(blocks[i]?.includes(`--${name} ${value}`), name);
      const takers = commands.length === 0 ? '' : `(${listed(commands, 'and')})\n`;
      assert.ok(blocks[i]?.includes(takers), `${blocks[i]} ${takers}`);
    }
    for (const line of out.split('\n')) {
      assert.ok(line.length <= 88, line);
    }
  });

  const LEAK_FILE = 'FILE';
  const refused: readonly (readonly [reason: RegExp, ...args: string[]])[] = [
    [
      /--format is for analyze, diff, port, and watch, not for capture/,
      'capture',
      '--format',
      'json',
    ],
    [/--tool is for capture and watch, not for analyze/, LEAK_FILE, '--tool', 'ss'],
    [/--thresholds takes no other argument/, '--thresholds', '--format', 'text'],
    [/--thresholds takes no other argument/, '--thresholds', LEAK_FILE],
    [/--version takes no other argument/, '--version', '--redact'],
    [/--together reads files/, '--together'],
    [/--together reads files/, '--together', '-', LEAK_FILE],
    [/--together is not for --format csv/, '--together', '--format', 'csv', LEAK_FILE],
    [/--together is not for --format ndjson/, '--together', '--format', 'ndjson', LEAK_FILE],
    [/--threshold .*add --fail-on/, '--format', 'csv', '--threshold', 'finWait2=9', LEAK_FILE],
    [/--threshold .*add --fail-on/, 'watch', '--format', 'ndjson', '--threshold', 'finWait2=9'],
    [/--all is for --format text and markdown/, '--all', '--format', 'json', LEAK_FILE],
    [/--rule is for --format text and markdown/, '--rule', 'CW-1', '--format', 'csv', LEAK_FILE],
    [/--explain is for --format text/, '--explain', '--format', 'markdown', LEAK_FILE],
    [/--all is for --format text and markdown/, 'diff', '--all', '--format', 'json', 'F', 'F'],
    [/invalid --rule "XX-1": expected CW-1/, '--rule', 'XX-1', LEAK_FILE],
    [/--snapshots is for diff of one file/, 'diff', '--snapshots', '1,2', LEAK_FILE, LEAK_FILE],
    [/invalid --snapshots "1"/, 'diff', '--snapshots', '1', LEAK_FILE],
    [/invalid --format "csv": expected text, json, or markdown/, 'diff', '--format', 'csv', 'FILE'],
    [/--format is given twice/, '--format', 'json', '--format', 'text', LEAK_FILE],
    [/--count is given twice/, 'watch', '--count', '1', '--count=2'],
    [
      /--threshold closeWaitWarning is given twice/,
      ...['--threshold', 'closeWaitWarning=5', '--threshold', 'closeWaitWarning=6', LEAK_FILE],
    ],
    [/capture takes one --via/, 'capture', '--via', 'ssh a', '--via', 'ssh b'],
    [/invalid --via "": it is empty/, 'capture', '--via', ''],
    [/invalid --via "ssh 'a": it lacks a closing '/, 'watch', '--via', "ssh 'a"],
    [/invalid --via "-x": it begins with an option/, 'watch', '--via=-x'],
    [/invalid --via .*a line end/, 'watch', '--via', 'ssh a\nsh'],
    [/invalid --via .*quote its \|/, 'watch', '--via', 'ssh a | sh'],
    ...['5=6', '0x10', '1e1', '+5', ' 5', '5 ', '', '0', '-5', 'Infinity', '9'.repeat(400)].map(
      number =>
        [
          /invalid --threshold closeWaitWarning ".*": expected a decimal number from 1 to/,
          ...['--threshold', `closeWaitWarning=${number}`, LEAK_FILE],
        ] as const,
    ),
    ...['0x5', '1e1', '0', '86401', '', 'soon', '1.', '5s'].map(
      number => [/invalid --interval/, 'watch', '--interval', number, '--count', '1'] as const,
    ),
    ...['0', '0x1', '1e0', '1.0', '1.5', '', '1000001'].map(
      number => [/invalid --count/, 'watch', '--count', number] as const,
    ),
  ];
  for (const [reason, ...args] of refused) {
    it(`are refused with the reason: ${args.join(' ').slice(0, 80)}`, async () => {
      const given = args.map(arg => (arg === LEAK_FILE ? file('leak') : arg));
      const { status, out, err, ran } = await call(...given);
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.deepEqual(ran, []);
      assert.match(err, reason);
    });
  }

  it('may be decimal fractions where parts make sense', async () => {
    const { status } = await call('watch', '--interval', '.2', '--count', '2');
    assert.equal(status, 0);
    assert.equal((await call('--threshold', 'closeWaitWarning=1.5', file('leak'))).status, 0);
  });
});

function secondsBetween(json: string): number {
  const { dumps } = JSON.parse(json) as { dumps: { snapshots: { time: string }[] }[] };
  const [first = 0, second = 0] = (dumps[0]?.snapshots ?? []).map(({ time }) => Date.parse(time));
  return (second - first) / 1000;
}
