/* What uses a port, of this machine as it is and in files. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Outcome } from '../../src/node/runProgram';
import { call, callWith } from './call';
import { FakeMachine } from './machine';

const LISTENER = `Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name
tcp 3 0 0.0.0.0:8080 0.0.0.0:* LISTEN 4321/orders-api
`;
const NETSTAT = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:8080           0.0.0.0:0              LISTENING       4321
`;

interface Json {
  readonly dumps: readonly {
    readonly source: string;
    readonly answers: readonly {
      readonly use: string;
      readonly text: string;
      readonly count: number;
      readonly sockets: readonly { readonly pid: number | null }[];
    }[];
  }[];
}

async function askJson(...args: string[]): Promise<Json['dumps'][number]['answers'][number]> {
  const { status, out, err } = await call('port', ...args, '--format', 'json');
  assert.equal(status, 0, err);
  return (JSON.parse(out) as Json).dumps[0]!.answers[0]!;
}

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

const closed = (server: Server): Promise<void> =>
  new Promise(resolve => server.close(() => resolve()));

describe('netstat-lens port', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-port-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('finds the process that listens on this machine', async function () {
    if (process.platform !== 'linux') this.skip();
    const { server, port } = await listening();
    try {
      const answer = await askJson(String(port));
      assert.equal(answer.use, 'listener');
      assert.equal(answer.sockets[0]?.pid, process.pid);
      assert.match(answer.text, new RegExp(`listens on 127\\.0\\.0\\.1:${port}`));
      const text = await call('port', `127.0.0.1:${port}`);
      assert.match(text.out, /The accept queue is empty/);
      assert.match(text.out, new RegExp(`ps -o pid,ppid,user,lstart,args -p ${process.pid}`));
    } finally {
      await closed(server);
    }
  });

  it('finds a connection of this machine, and TIME_WAIT after it, then no program', async function () {
    if (process.platform !== 'linux') this.skip();
    const { server, port } = await listening();
    const accepted = new Promise<Socket>(resolve => server.once('connection', resolve));
    const client = connect(port, '127.0.0.1');
    const socket = await accepted;
    const local = client.localPort!;
    assert.equal((await askJson(String(local))).use, 'connection');

    // The end that closes first is left in TIME_WAIT.
    const ended = Promise.all(
      [socket, client].map(one => new Promise(resolve => one.once('close', resolve))),
    );
    client.resume();
    client.end();
    socket.resume();
    await ended;
    const answer = await askJson(String(local));
    assert.equal(answer.use, 'time-wait');
    assert.equal(answer.count, 1);
    assert.match(answer.text, /expires in \d/);
    await closed(server);
  });

  it('does not call a free port free', async function () {
    if (process.platform !== 'linux') this.skip();
    const { server, port } = await listening();
    await closed(server);
    const answer = await askJson(String(port));
    assert.equal(answer.use, 'not-found');
    assert.equal(answer.count, 0);
    const { status, out } = await call('port', String(port));
    assert.equal(status, 0);
    assert.match(out, /Another network namespace may use it/);
  });

  it('answers of a machine that has no socket at all', async () => {
    const machine = new FakeMachine({
      ss: 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n',
    });
    const { status, out } = await callWith({ machine }, ['port', '8080']);
    assert.equal(status, 0);
    assert.match(out, /TCP port 8080: No socket listed here has this local port/);
  });

  it('knows that what it lists itself has all that listen', async () => {
    const machine = new FakeMachine({
      ss:
        'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n' +
        'tcp ESTAB 0 0 10.1.0.1:35000 10.1.0.2:5432 users:(("etl",pid=30039,fd=3))\n',
    });
    const { out } = await callWith({ machine }, ['port', '35000']);
    assert.match(out, /No socket listens/);
    assert.doesNotMatch(out, /This dump|-a\b/);
  });

  it('answers from files, each for itself', async () => {
    const one = path.join(folder, 'one');
    const two = path.join(folder, 'two');
    writeFileSync(one, LISTENER);
    writeFileSync(two, LISTENER.replace('8080', '9090'));
    const { status, out } = await call('port', '8080', one, two);
    assert.equal(status, 0);
    assert.match(out, /==> \S+one <==\n\nTCP port 8080: orders-api \(4321\) listens on/);
    assert.match(out, /==> \S+two <==\n\nTCP port 8080: No socket listed here/);
    const machine = new FakeMachine({});
    const asked = await callWith({ machine }, ['port', '8080', one]);
    assert.equal(asked.status, 0);
    assert.deepEqual(machine.ran, []);
  });

  it('says what it cannot read, with status 2', async () => {
    const missing = await call('port', '8080', path.join(folder, 'missing'));
    assert.equal(missing.status, 2);
    assert.match(missing.err, /there is no such file/);
    const empty = path.join(folder, 'empty');
    writeFileSync(empty, 'no sockets here\n');
    assert.equal((await call('port', '8080', empty)).status, 2);
    const nothing = await callWith({ machine: new FakeMachine({}) }, ['port', '8080']);
    assert.equal(nothing.status, 2);
    assert.match(nothing.err, /cannot be listed/);
  });

  for (const wrong of ['0', '65536', 'http', 'example.org:80', '']) {
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      const machine = new FakeMachine({ ss: LISTENER });
      const { status, err } = await callWith({ machine }, ['port', wrong]);
      assert.equal(status, 2);
      assert.match(err, /invalid port/);
      assert.deepEqual(machine.ran, []);
    });
  }

  it('needs a port', async () => {
    const { status, err } = await call('port');
    assert.equal(status, 2);
    assert.match(err, /port needs a number/);
  });

  it('asks Windows for the ranges that it has reserved', async () => {
    const machine = new WindowsMachine();
    const reserved = await callWith({ machine }, ['port', '50010']);
    assert.match(reserved.out, /Windows has reserved the ports 50000 to 50059/);
    assert.ok(machine.ran.includes('netsh.exe interface ipv4 show excludedportrange protocol=tcp'));
    await callWith({ machine }, ['port', '50010/udp']);
    assert.ok(machine.ran.includes('netsh.exe interface ipv4 show excludedportrange protocol=udp'));
    assert.match((await callWith({ machine }, ['port', '8080'])).out, /listens on 0\.0\.0\.0:8080/);
  });
});

/** A Windows whose `netsh` knows a reserved range. */
class WindowsMachine {
  public readonly platform = 'win32';
  public readonly host = 'win-1';
  public readonly privileged = false;
  public readonly ran: string[] = [];

  public find(program: string): Promise<string | undefined> {
    return Promise.resolve(program);
  }

  public run(file: string, args: readonly string[]): Promise<Outcome> {
    this.ran.push([file, ...args].join(' '));
    const output = Buffer.from(
      file === 'netsh.exe'
        ? '\r\nProtocol tcp Port Exclusion Ranges\r\n\r\n     50000       50059      \r\n'
        : NETSTAT,
    );
    return Promise.resolve({ kind: 'done', status: 0, output, errors: Buffer.alloc(0) });
  }

  public lists(): Promise<string | undefined> {
    return Promise.resolve(undefined);
  }

  public counterLists(): Promise<string> {
    return Promise.resolve('');
  }
}
