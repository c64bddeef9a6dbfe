import { strict as assert } from 'node:assert';
import {
  WINDOWS_HEADERS,
  WINDOWS_TITLES,
} from '../../../../src/core/dialects/windows/windowsWords';
import { decodeBytes } from '../../../../src/core/reading/input/encoding';
import { readDump } from '../../../../src/core/reading/reader';
import {
  describePublic,
  publicBytes,
  publicDumpNames,
  publicJson,
  publicText,
} from '../../publicDumps';
import { assertAllRead, briefly } from '../../rows';
import { assertSpans } from '../../spans';

const HEADER =
  '\r\nActive Connections\r\n\r\n' +
  '  Proto  Local Address          Foreign Address        State           PID\r\n';

function rows(text: string): string[] {
  const dump = readDump(HEADER + text);
  assertAllRead(dump);
  assertSpans(dump, HEADER + text);
  return briefly(dump);
}

describe('Windows netstat', () => {
  it('reads -ano', () => {
    assert.deepEqual(
      rows(
        '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n' +
          '  TCP    [::]:135               [::]:0                 LISTENING       916\r\n' +
          '  TCP    [fe80::c9ee:eb4d:5f0b:a64f%4]:49703  [fe80::1%4]:445  TIME_WAIT       0\r\n' +
          '  UDP    0.0.0.0:500            *:*                                    3168\r\n' +
          '  UDP    [fe80::1%64]:1900      *:*                                    3168\r\n',
      ),
      [
        'TCP LISTEN 0.0.0.0|135 0.0.0.0|0 1712/',
        'TCP LISTEN ::|135 ::|0 916/',
        'TCP TIME-WAIT fe80::c9ee:eb4d:5f0b:a64f%4|49703 fe80::1%4|445 0/',
        'UDP - 0.0.0.0|500 *|* 3168/',
        'UDP - fe80::1%64|1900 *|* 3168/',
      ],
    );
  });

  it('reads names of hosts and services', () => {
    assert.deepEqual(
      rows(
        '  TCP    192.0.2.7:1521         DESKTOP-X1:https       ESTABLISHED\r\n' +
          '  TCP    192.0.2.7:50001        47:https               CLOSE_WAIT\r\n' +
          '  TCP    MACHINE:epmap          MACHINE:0              LISTENING\r\n' +
          '  TCP    192.0.2.7:50002        lb-192-0-2-1-iad:https  ESTABLISHED\r\n',
      ),
      [
        'TCP ESTABLISHED 192.0.2.7|1521 DESKTOP-X1|https',
        'TCP CLOSE-WAIT 192.0.2.7|50001 47|https',
        'TCP LISTEN MACHINE|epmap MACHINE|0',
        'TCP ESTABLISHED 192.0.2.7|50002 lb-192-0-2-1-iad|https',
      ],
    );
  });

  it('reads -t, -q and rows that a script joined with programs', () => {
    assert.deepEqual(
      rows(
        '  TCP    192.0.2.7:1037         192.0.2.8:445          SYN_SENT        InHost\r\n' +
          '  TCP    192.0.2.7:1038         192.0.2.8:445          ESTABLISHED     4  Offloaded\r\n' +
          '  TCP    0.0.0.0:50100          0.0.0.0:0              BOUND           44328\r\n' +
          '  TCP    192.0.2.7:1039         192.0.2.8:445          ESTABLISHED     99 my app.exe\r\n' +
          '  UDP    192.0.2.7:1040         *:*                                    99 [my app.exe]\r\n',
      ),
      [
        'TCP SYN-SENT 192.0.2.7|1037 192.0.2.8|445',
        'TCP ESTABLISHED 192.0.2.7|1038 192.0.2.8|445 4/',
        'TCP BOUND 0.0.0.0|50100 0.0.0.0|0 44328/',
        'TCP ESTABLISHED 192.0.2.7|1039 192.0.2.8|445 99/my app.exe',
        'UDP - 192.0.2.7|1040 *|* 99/my app.exe',
      ],
    );
  });

  it('reads owners and components below the row', () => {
    const text =
      HEADER +
      '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n' +
      '  RpcSs\r\n' +
      ' [svchost.exe]\r\n' +
      '  TCP    0.0.0.0:445            0.0.0.0:0              LISTENING       4\r\n' +
      ' Can not obtain ownership information\r\n' +
      '  TCP    192.0.2.7:1039         192.0.2.8:445          ESTABLISHED     9976\r\n' +
      ' [NVIDIA Web Helper.exe]\r\n' +
      '[...]\r\n' +
      '  TCP    192.0.2.7:1040         192.0.2.8:445          TIME_WAIT       0\r\n' +
      '\r\n' +
      'C:\\WINDOWS\\system32>\r\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP LISTEN 0.0.0.0|135 0.0.0.0|0 1712/svchost.exe',
      'TCP LISTEN 0.0.0.0|445 0.0.0.0|0 4/',
      'TCP ESTABLISHED 192.0.2.7|1039 192.0.2.8|445 9976/NVIDIA Web Helper.exe',
      'TCP TIME-WAIT 192.0.2.7|1040 192.0.2.8|445 0/',
    ]);
    assert.deepEqual(dump.table.socket(0).components, ['RpcSs']);
    assert.equal(dump.lines.continuation, 4);
    assert.equal(dump.lines.text, 2);
  });

  it('reads -bv of Windows XP', () => {
    const text =
      HEADER +
      '  TCP    XP:epmap               XP:0                   LISTENING       952\r\n' +
      '  c:\\windows\\system32\\WS2_32.dll\r\n' +
      '  C:\\WINDOWS\\system32\\RPCRT4.dll\r\n' +
      '  -- unknown component(s) --\r\n' +
      '  [svchost.exe]\r\n' +
      '\r\n' +
      '  TCP    XP:microsoft-ds        XP:0                   LISTENING       4\r\n' +
      '  [System]\r\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP LISTEN XP|epmap XP|0 952/svchost.exe',
      'TCP LISTEN XP|microsoft-ds XP|0 4/System',
    ]);
    assert.deepEqual(dump.table.socket(0).components, [
      'c:\\windows\\system32\\WS2_32.dll',
      'C:\\WINDOWS\\system32\\RPCRT4.dll',
      '-- unknown component(s) --',
    ]);
  });

  it('reads components that lost their blanks with all other lines', () => {
    const dump = readDump(
      'Active Connections\n\nProto  Local Address  Foreign Address  State  PID\n' +
        'TCP 0.0.0.0:135 0.0.0.0:0 LISTENING 1712\nRpcSs\n[svchost.exe]\n',
    );
    assert.deepEqual(dump.table.socket(0).components, ['RpcSs']);
    const indented = readDump(HEADER + '  TCP 0.0.0.0:135 0.0.0.0:0 LISTENING 1712\nRpcSs\n');
    assert.equal(indented.lines.text, 1);
  });

  it('reads NetworkDirect', () => {
    const text =
      'Active NetworkDirect Connections, Listeners, SharedEndpoints\n\n' +
      '  Mode   IfIndex Type           Local Address          Foreign Address        PID\n' +
      '  Kernel 9       Listener       192.0.2.61:445         NA                     0\n' +
      '  User   10      Connection     192.0.2.61:445         192.0.2.9:50001        77\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assertSpans(dump, text);
    assert.deepEqual(briefly(dump), [
      'NetworkDirect "Listener" 192.0.2.61|445 - 0/',
      'NetworkDirect "Connection" 192.0.2.61|445 192.0.2.9|50001 77/',
    ]);
    assert.equal(dump.lines.header, 2);
  });

  it('knows titles and headers of all languages, glued and spaced anew', () => {
    for (const title of WINDOWS_TITLES) {
      assert.equal(readDump(title).lines.header, 1, title);
    }
    for (const columns of WINDOWS_HEADERS) {
      for (const blanks of ['', ' ', '          ', '\t']) {
        for (const more of ['', ' PID', '      Offload State', 'PID']) {
          const header = `  ${columns.join(blanks)}${more}`;
          assert.equal(readDump(header).lines.header, 1, header);
        }
      }
    }
    assert.equal(
      readDump('  Proto  Direcci\ufffdn local   Direcci\ufffdn remota  Estado').lines.header,
      1,
    );
  });

  it('reads German states in every broken encoding', () => {
    for (const word of ['ABHÖREN', 'ABH™REN', 'ABHREN', 'ABH?REN', 'ABH\ufffdREN', 'ABHÃ–REN']) {
      const line = `  TCP    192.0.2.7:135  0.0.0.0:0  ${word}  9\r\n`;
      assert.deepEqual(rows(line), ['TCP LISTEN 192.0.2.7|135 0.0.0.0|0 9/']);
    }
    assert.deepEqual(rows('  TCP  192.0.2.7:1  192.0.2.8:2  SCHLIESSEN_WARTEN  9\r\n'), [
      'TCP CLOSE-WAIT 192.0.2.7|1 192.0.2.8|2 9/',
    ]);
  });

  it('keeps words that nobody knows; a row to port 0 is a listener', () => {
    assert.deepEqual(
      rows(
        '  TCP  0.0.0.0:1  0.0.0.0:0  IN ATTESA  9\r\n' +
          '  TCP  192.0.2.7:1  192.0.2.8:2  IN ATTESA  9\r\n' +
          '  TCP  [::]:1  [::]:0  NASŁUCHIWANIE\r\n',
      ),
      [
        'TCP LISTEN 0.0.0.0|1 0.0.0.0|0 9/',
        'TCP "IN ATTESA" 192.0.2.7|1 192.0.2.8|2 9/',
        'TCP LISTEN ::|1 ::|0',
      ],
    );
  });

  it('takes statistics and routes for what they are', () => {
    const text =
      'Interface Statistics\n\n                           Received            Sent\n\n' +
      'Bytes                    3217246398       238971120\n' +
      'TCP Statistics for IPv4\n\n  Active Opens                        = 48112\n' +
      '  Current Connections                 = 71\n' +
      'IPv4 Route Table\n===========================================================================\n' +
      'Active Routes:\nNetwork Destination        Netmask          Gateway       Interface  Metric\n' +
      '          0.0.0.0          0.0.0.0        192.0.2.1      192.0.2.55     25\n';
    const { lines } = readDump(text);
    const { text: others, blank, counter, interface: interfaces, route } = lines;
    assert.deepEqual([others, blank, counter, interfaces, route], [0, 3, 3, 3, 5]);
  });

  it('says that a corrupt row is one', () => {
    for (const line of [
      '  TCP    192.0.2.7:135         ESTABLISHED       9',
      '  TCP    192.0.2.7:135          192.0.2.8:999999       ESTABLISHED     9 ',
      '  TXP    192.0.2.7:135          192.0.2.8:9            ESTABLISHED     9 ',
    ]) {
      const dump = readDump(HEADER + line);
      assert.equal(dump.table.length, 0, line);
      assert.deepEqual(dump.unrecognized, [4], line);
    }
  });

  it('knows that it was run without rights', () => {
    const dump = readDump(
      'The requested operation requires elevation.\n' + HEADER + '  UDP 0.0.0.0:5 *:*\n',
    );
    assert.equal(dump.snapshots[0]?.unprivileged, true);
  });

  describePublic('captures', () => {
    for (const name of publicDumpNames().filter(isWindows)) {
      it(`reads every row of ${name}`, () => {
        const { text } = decodeBytes(publicBytes(name));
        const dump = readDump(text);
        assertAllRead(dump);
        assertSpans(dump, text);
        // Every line that looks like one is a row, and nothing else is.
        const expected = text
          .split(/\r?\n/)
          .filter(line => /^[#\s]*(?:TCP|UDP|Kernel)\s/.test(line));
        assert.equal(dump.table.length, expected.length);
        assert.equal(dump.snapshots.length, 1);
        for (let i = 0; i < dump.table.length; i++) {
          const { protocol, state } = dump.table.socket(i);
          assert.equal(state !== null, protocol === 'tcp');
        }
      });
    }

    for (const name of ['netstat', 'netstat-an', 'netstat-aon', 'netstat-aonb']) {
      it(`agrees with jc on ${name}`, () => {
        const dump = readDump(publicText(`jc/windows/windows-10/${name}.out`));
        const expected = publicJson(`jc/windows/windows-10/${name}.json`) as JcRow[];
        assert.equal(dump.table.length, expected.length);
        for (let i = 0; i < expected.length; i++) {
          const { protocolWord, local, remote, rawState, owners } = dump.table.socket(i);
          const jc = expected[i];
          assert.ok(jc !== undefined && remote !== null);
          assert.equal(protocolWord, jc.proto);
          assert.equal(shown(local), bare(jc.local_address));
          assert.equal(shown(remote), bare(jc.foreign_address));
          assert.equal(String(local.port ?? local.service ?? '*'), jc.local_port);
          assert.equal(String(remote.port ?? remote.service ?? '*'), jc.foreign_port);
          assert.equal(rawState ?? '', jc.state ?? '');
          assert.equal(owners[0]?.pid, jc.pid ?? undefined);
          // jc keeps the brackets, and takes the sentence that there is none for a program.
          const program = jc.program_name?.startsWith('[') ? jc.program_name : null;
          assert.equal(owners[0]?.process ?? null, program === null ? null : bare(program));
        }
      });
    }
  });
});

function isWindows(name: string): boolean {
  return (
    (name.startsWith('windows') || name.startsWith('jc/windows')) &&
    /\.(?:txt|out)$/.test(name) &&
    !/Get-Net|linux/.test(name)
  );
}

function shown({ address, scope }: { address: string; scope: string | null }): string {
  return scope === null ? address : `${address}%${scope}`;
}

function bare(address: string): string {
  return address.replace(/^\[(.*)\]$/, '$1');
}

interface JcRow {
  readonly proto: string;
  readonly local_address: string;
  readonly local_port: string;
  readonly foreign_address: string;
  readonly foreign_port: string;
  readonly state?: string | null;
  readonly pid?: number;
  readonly program_name?: string;
}
