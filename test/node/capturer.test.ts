import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';

import type { CaptureTool } from '../../src/core/capture/commands';
import { datedSnapshot } from '../../src/core/capture/snapshotLog';
import { readDump } from '../../src/core/reading/reader';
import {
  CaptureError,
  Capturer,
  CaptureStopped,
  type Machine,
  thisMachine,
} from '../../src/node/capturer';
import { readProcLists } from '../../src/node/procLists';
import type { Outcome } from '../../src/node/runProgram';

/** What Linux's lists of counters hold. */
const COUNTERS = `
==> /proc/net/snmp <==
Tcp: RtoAlgorithm RtoMin ActiveOpens
Tcp: 1 200 12
`;

/** What programs print, by the command line; everything else fails. */
type Recorded = Readonly<Record<string, string | Outcome>>;

class RecordedMachine implements Machine {
  public readonly host = 'recorded';
  public readonly ran: string[] = [];

  public constructor(
    public readonly platform: string,
    private readonly programs: readonly string[],
    private readonly recorded: Recorded,
    public readonly privileged: boolean | null = false,
    private readonly proc?: string,
  ) {}

  public find(program: string): Promise<string | undefined> {
    return Promise.resolve(this.programs.includes(program) ? `/bin/${program}` : undefined);
  }

  public run(file: string, args: readonly string[]): Promise<Outcome> {
    const line = [path.basename(file), ...args].join(' ');
    this.ran.push(line);
    const answer = this.recorded[line] ?? '';
    return Promise.resolve(
      typeof answer === 'string'
        ? {
            kind: 'done',
            status: answer === '' ? 1 : 0,
            output: Buffer.from(answer),
            errors: Buffer.from(answer === '' ? 'unknown option\nusage: …' : ''),
          }
        : answer,
    );
  }

  public lists(): Promise<string | undefined> {
    return Promise.resolve(this.proc);
  }

  public counterLists(): Promise<string> {
    return Promise.resolve(COUNTERS);
  }
}

function sample(name: string): string {
  return readFileSync(path.join(__dirname, '../../samples', `${name}.netstat`), 'utf8');
}

describe('capture', () => {
  it('takes the first tool and its first options that work, and stays with them', async () => {
    const machine = new RecordedMachine('linux', ['netstat'], {
      'netstat -tunap': sample('busybox-netstat'),
    });
    const capturer = new Capturer(machine);
    assert.equal((await capturer.capture()).dump.table.length, 5);
    await capturer.capture();
    assert.deepEqual(machine.ran, [
      'netstat -tunapeeo --wide',
      'netstat -tunapeeo',
      'netstat -tunap',
      'netstat -tunap',
    ]);
  });

  it('keeps what netstat of Linux remarks, and drops the blanks that ss adds', async () => {
    const remark = '(No info could be read for "-p": geteuid()=1000 but you should be root.)\n';
    const netstat = new RecordedMachine('linux', ['netstat'], {
      'netstat -tunapeeo --wide': {
        kind: 'done',
        status: 0,
        output: Buffer.from(sample('linux-netstat-close-wait')),
        errors: Buffer.from(remark),
      },
    });
    const { text, dump } = await new Capturer(netstat).capture();
    assert.ok(text.startsWith(remark));
    assert.equal(dump.snapshots[0]?.unprivileged, true);
    const ss = new RecordedMachine('linux', ['ss'], {
      'ss -tunapoeim': sample('linux-ss-tanpi').replaceAll('\n', '     \n'),
    });
    assert.ok(!/ $/m.test((await new Capturer(ss).capture()).text));
  });

  it('reads /proc where there is no tool', async () => {
    const machine = new RecordedMachine('linux', [], {}, false, sample('linux-netstat-close-wait'));
    assert.equal((await new Capturer(machine).capture()).command.tool, 'proc');
  });

  it('adds the counters of Linux without a program, where they are wanted', async () => {
    const tools = { 'ss -tunapoeim': sample('linux-ss-tanpi') };
    const machine = new RecordedMachine('linux', ['ss', 'netstat'], tools);
    const { text, counters, time } = await new Capturer(machine, 'auto', true).capture();
    const { snapshots } = readDump(datedSnapshot(time, text, counters));
    assert.equal(snapshots.length, 1);
    assert.deepEqual(
      snapshots[0]?.counted.map(
        one => one.counters.find(({ name }) => name.endsWith('ActiveOpens'))?.value,
      ),
      [12],
    );
    assert.deepEqual(machine.ran, ['ss -tunapoeim']);
    assert.equal((await new Capturer(machine).capture()).counters, '');
  });

  it('adds what netstat -s prints on other systems, and does without it where that fails', async () => {
    const windows = new RecordedMachine('win32', ['netstat.exe'], {
      'netstat.exe -anobq': sample('windows-netstat-anob'),
      'netstat.exe -s': 'TCP Statistics for IPv4\n\n  Active Opens = 12\n',
    });
    assert.match((await new Capturer(windows, 'auto', true).capture()).counters, /Active Opens/);
    const old = new RecordedMachine('win32', ['netstat.exe'], {
      'netstat.exe -anobq': sample('windows-netstat-anob'),
    });
    const { dump, counters } = await new Capturer(old, 'auto', true).capture();
    assert.ok(dump.table.length > 0);
    assert.equal(counters.trim(), '');
  });

  it('of macOS is one snapshot of TCP and UDP', async () => {
    const [tcp, udp] = byProtocol(sample('macos-netstat-anv'));
    const machine = new RecordedMachine('darwin', ['netstat', 'lsof'], {
      'netstat -anvl -p tcp': tcp,
      'netstat -anvl -p udp': udp,
    });
    const { dump } = await new Capturer(machine).capture();
    assert.equal(dump.snapshots.length, 1);
    assert.equal(dump.lines.unrecognized, 0);
    assert.ok(dump.table.pid.some(pid => pid > 0));
    assert.deepEqual(machine.ran, ['netstat -anvl -p tcp', 'netstat -anvl -p udp']);
  });

  it('of macOS takes lsof where netstat names no process', async () => {
    const old = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  192.0.2.1.9443         192.0.2.7.51044        CLOSE_WAIT
`;
    const programs = ['netstat', 'lsof'];
    const netstat = { 'netstat -anvl -p tcp': old, 'netstat -anvl -p udp': old.split('tcp4')[0]! };
    const both = new RecordedMachine('darwin', programs, {
      ...netstat,
      'lsof -nP -i -Tqs': sample('lsof-i'),
    });
    assert.equal((await new Capturer(both).capture()).command.tool, 'lsof');
    const without = new RecordedMachine('darwin', programs, netstat);
    assert.equal((await new Capturer(without).capture()).command.tool, 'netstat');
  });

  for (const [platform, program, line, name] of [
    ['win32', 'netstat.exe', 'netstat.exe -anobq', 'windows-netstat-anob'],
    ['freebsd', 'sockstat', 'sockstat -46s', 'freebsd-sockstat'],
    ['openbsd', 'netstat', 'netstat -anB', 'openbsd-netstat'],
    ['netbsd', 'netstat', 'netstat -an', 'netbsd-netstat'],
    ['sunos', 'netstat', 'netstat -anu', 'solaris-netstat-u'],
    ['aix', 'netstat', 'netstat -Aan', 'aix-netstat'],
  ] as const) {
    it(`of ${platform} reads what ${line} prints`, async () => {
      const machine = new RecordedMachine(platform, [program], { [line]: sample(name) });
      const { dump } = await new Capturer(machine).capture();
      assert.ok(dump.table.length > 0);
      assert.deepEqual(machine.ran, [line]);
    });
  }

  it('of Windows does without an administrator, and says what needs one', async () => {
    const text =
      '\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n' +
      '  TCP    192.0.2.1:443          192.0.2.7:51044        CLOSE_WAIT      4321\r\n';
    const refusal: Outcome = {
      kind: 'done',
      status: 1,
      output: Buffer.from('The requested operation requires elevation.\r\n'),
      errors: Buffer.from(''),
    };
    const machine = new RecordedMachine(
      'win32',
      ['netstat.exe'],
      { 'netstat.exe -anobq': refusal, 'netstat.exe -anob': refusal, 'netstat.exe -anoq': text },
      null,
    );
    const { missing, dump } = await new Capturer(machine).capture();
    assert.equal(dump.table.pid[0], 4321);
    assert.deepEqual(missing, {
      sockets: 1,
      named: 'pid',
      command: { command: 'netstat -anob', needs: 'administrator' },
    });
  });

  it('of Windows asks PowerShell where there is no netstat', async () => {
    const program = String.raw`WindowsPowerShell\v1.0\powershell.exe`;
    const machine = new RecordedMachine('win32', [program], {});
    machine.run = (file, args) => {
      machine.ran.push([file, ...args].join(' '));
      return Promise.resolve({
        kind: 'done',
        status: 0,
        output: Buffer.from(sample('powershell-get-nettcpconnection')),
        errors: Buffer.from(''),
      });
    };
    const { command, dump } = await new Capturer(machine).capture();
    assert.equal(command.tool, 'powershell');
    assert.ok(dump.table.length > 0);
    assert.equal(machine.ran.length, 1);
  });

  it('tells what each tool answered where none works', async () => {
    const machine = new RecordedMachine('linux', ['ss'], { 'ss -tunapoeim': { kind: 'timeout' } });
    await assert.rejects(new Capturer(machine).capture(), (error: Error) => {
      assert.ok(error instanceof CaptureError);
      assert.match(
        error.message,
        /ss -tunapoeim: it took longer than 20 s; ss -tunap: unknown option;/,
      );
      assert.match(
        error.message,
        /netstat -tuna: it is not installed; \/proc\/net: it is not there/,
      );
      return true;
    });
    const chosen = new Capturer(new RecordedMachine('linux', ['lsof'], {}), 'sockstat');
    await assert.rejects(
      chosen.capture(),
      /sockstat does not list sockets on linux, ss, netstat, proc does/,
    );
  });

  it('tries leaner options when a tool prints too much', async () => {
    const machine = new RecordedMachine('linux', ['ss'], {
      'ss -tunapoeim': { kind: 'limit' },
      'ss -tunap': sample('linux-ss-all'),
    });
    assert.equal((await new Capturer(machine).capture()).text, sample('linux-ss-all'));
  });

  it('looks for another tool when the one that worked fails', async () => {
    const recorded: Record<string, string> = { 'ss -tunapoeim': sample('linux-ss-all') };
    const capturer = new Capturer(
      new RecordedMachine('linux', ['ss'], recorded, false, sample('linux-netstat-close-wait')),
    );
    assert.equal((await capturer.capture()).command.tool, 'ss');
    delete recorded['ss -tunapoeim'];
    assert.equal((await capturer.capture()).command.tool, 'proc');
  });

  describe('of this machine', () => {
    let server: Server;
    before(async function () {
      if (process.platform !== 'linux') this.skip();
      server = createServer();
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    });
    after(() => server.close());

    for (const tool of ['ss', 'netstat', 'proc'] as const) {
      it(`by ${tool} shows our own listening socket and us as its owner`, async function () {
        const dump = await captured(tool, this);
        const { port } = server.address() as { port: number };
        const sockets = Array.from({ length: dump.table.length }, (_, row) =>
          dump.table.socket(row),
        );
        const own = sockets.filter(({ local, state }) => local.port === port && state === 'LISTEN');
        assert.equal(own.length, 1);
        assert.equal(own[0]?.owners[0]?.pid, process.pid);
        assert.ok((own[0].inode ?? 0) > 0);
      });
    }

    it('by /proc has the rows of netstat', async function () {
      const rows = (text: string): string[] => {
        const { port } = server.address() as { port: number };
        return text.split('\n').filter(line => line.includes(`:${port} `));
      };
      const machine = thisMachine(() => []);
      const [own, theirs] = await Promise.all([
        new Capturer(machine, 'proc').capture(),
        new Capturer(machine, 'netstat').capture().catch(() => this.skip()),
      ]);
      assert.deepEqual(rows(own.text), rows(theirs.text));
    });

    async function captured(tool: CaptureTool, test: Mocha.Context) {
      try {
        const { text, dump } = await new Capturer(
          thisMachine(() => []),
          tool,
        ).capture();
        assert.equal(readDump(text).lines.unrecognized, 0);
        return dump;
      } catch (error) {
        if (error instanceof CaptureError && tool !== 'proc') {
          test.skip();
        }
        throw error;
      }
    }

    it('by /proc looks at no more processes once it is told to stop', async () => {
      const { port } = server.address() as { port: number };
      const row = async (signal?: AbortSignal): Promise<string | undefined> =>
        (await readProcLists(60_000, '/proc', signal))
          ?.split('\n')
          .find(line => line.includes(`:${port} `));
      assert.ok((await row())?.includes(` ${process.pid}/`));
      assert.equal((await row(AbortSignal.abort()))?.includes(` ${process.pid}/`), false);
    });

    it('stops when it is told to', async () => {
      const stop = AbortSignal.abort();
      await assert.rejects(new Capturer(thisMachine(() => [])).capture(stop), CaptureStopped);
    });
  });
});

/** The sections of a dump of macOS by the protocol of their rows, each with title and header. */
function byProtocol(text: string): [tcp: string, udp: string] {
  const lines = text.split('\n');
  const head = lines.slice(0, 2);
  const rows = (word: string): string[] => lines.filter(line => line.startsWith(word));
  return [[...head, ...rows('tcp'), ''].join('\n'), [...head, ...rows('udp'), ''].join('\n')];
}
