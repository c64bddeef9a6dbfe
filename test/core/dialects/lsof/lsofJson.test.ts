import { strict as assert } from 'node:assert';
import { analyze } from '../../../../src/core/analysis/analyze';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicText } from '../../publicDumps';
import { assertAllCounted, assertAllRead, briefly, classesOf, fieldsOf } from '../../rows';

/** An open file as jc writes it, with the columns of lsof's table. */
function file(columns: Record<string, string | number | null>): string {
  return JSON.stringify({
    command: 'java',
    pid: 950,
    tid: null,
    user: 'alice',
    fd: '46u',
    type: 'IPv4',
    device: '40001',
    size_off: 0,
    node: null,
    name: '10.0.0.1:443->10.0.0.2:5000 (ESTABLISHED)',
    ...columns,
  });
}

/** Of a peer that has closed, each on a descriptor of its own. */
const LEAK = Array.from({ length: 60 }, (_, i) =>
  file({
    fd: `${40 + i}u`,
    device: String(40_000 + i),
    name: `10.0.0.1:${44_000 + i}->10.0.0.2:5432 (CLOSE_WAIT)`,
  }),
);

describe('JSON of jc, of lsof', () => {
  it('reads sockets, and leaves other files', () => {
    const text = `[\n${[
      file({}),
      file({ fd: '7u', device: '40002', name: '*:22 (LISTEN)', type: 'IPv6', command: 'a\\x20b' }),
      file({ fd: '8u', device: '40003', name: '*:5353' }),
      file({ fd: '9u', type: 'unix', device: '0xffff98e4', node: 33, name: '/run/x type=STREAM' }),
      file({ fd: '10u', type: 'netlink', device: null, node: 20_650, name: 'ROUTE' }),
      file({
        fd: '11u',
        type: 'sock',
        device: '0,9',
        node: 26_217,
        name: "can't identify protocol",
      }),
      file({ fd: '12r', type: 'REG', device: '8,2', node: 7, name: '/srv/10.0.0.1:80' }),
      file({ fd: 'cwd', type: 'DIR', device: '8,2', node: 2, name: '/' }),
    ].join(',\n')}\n]\n`;
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP ESTABLISHED 10.0.0.1|443 10.0.0.2|5000 950/java/46',
      'TCP LISTEN *|22 - 950/a b/7',
      // Without NODE and state: jc has lost the protocol.
      'other - *|5353 - 950/java/8',
      'unix - /run/x|* - 950/java/9',
      'nl - ROUTE|* - 950/java/10',
      "other - can't identify protocol|* - 950/java/11",
    ]);
    const { table } = dump;
    assert.equal(table.socket(0).user, 'alice');
    assert.equal(table.socket(0).inode, 40_001);
    assert.equal(table.socket(1).family, 'ipv6');
    assert.equal(table.socket(3).handle, '0xffff98e4');
    assert.equal(table.socket(3).inode, 33);
    assert.equal(table.socket(5).handle, null);
    assert.equal(classesOf(dump), 'TSSSSSSTTT');
    assert.deepEqual(fieldsOf(dump, text, 1).slice(0, 4), [
      'process=java',
      'pid=950',
      'user=alice',
      'fd=46u',
    ]);
  });

  it('reads the protocol and what else jc -r leaves as text, one object per line', () => {
    const dump = readDump(
      `${file({ pid: '950', node: 'TCP', size_off: '0t0' })}\n${file({
        pid: '950',
        fd: '9u',
        node: 'UDP',
        size_off: '0t0',
        name: '10.0.0.1:53',
      })}\n`,
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'TCP ESTABLISHED 10.0.0.1|443 10.0.0.2|5000 950/java/46',
      'UDP - 10.0.0.1|53 - 950/java/9',
    ]);
    assert.equal(dump.snapshots.length, 1);
  });

  it('has a row for each open file: parent and child share one socket', () => {
    const shared = [file({}), file({ pid: 951 }), file({ fd: '47u' })];
    assert.equal(analyze(readDump(`[${shared.join(',')}]`)).last?.sockets, 1);
  });

  it('is judged as the table is', () => {
    const { findings, last } = analyze(readDump(`[${LEAK.join(',')}]`));
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [['CW-1', 'error']],
    );
    assert.equal(last?.stateCounts['CLOSE-WAIT'], 60);
  });

  it('knows what the command above it has left out', () => {
    for (const [command, filtered] of [
      ['jc lsof -i :443', true],
      ['lsof -i -nP | jc --lsof', false],
      ['lsof -i -nP | grep java | jc --lsof', true],
    ] as const) {
      const { snapshots } = readDump(`$ ${command}\n[${file({})}]\n`);
      assert.equal(snapshots[0]?.listing.filtered, filtered, command);
    }
  });

  it('counts what it cannot read, and takes no other JSON', () => {
    const broken = readDump(`[${file({ name: null })},\n${file({})}]`);
    assertAllCounted(broken);
    assert.deepEqual([broken.table.length, broken.unrecognized], [1, [0]]);
    for (const text of [
      '[{"command":"java","pid":1,"fd":"4u","type":"IPv4","name":"10.0.0.1:443 (LISTEN)"}]',
      `[${file({ type: 'REG', name: '/srv/a' })}]`,
      `[${file({ type: null, name: '10.0.0.1:443 (LISTEN)' })}]`,
    ]) {
      assert.equal(readDump(text).table.length, 0, text);
    }
  });

  it('accounts for every line of a text that is cut anywhere', () => {
    const text = `[\n${file({}).replaceAll(',', ',\n')},\n${file({ type: 'unix', node: 3 })}]\n`;
    for (let length = 0; length <= text.length; length++) {
      const { lines, table } = readDump(text.slice(0, length));
      assertAllCounted({ lines });
      assert.equal(table.length <= 2, true);
    }
  });
});

describePublic('published JSON of jc --lsof', () => {
  for (const name of ['lsof', 'lsof-sudo']) {
    it(`${name}: the same as the output it was made of, but for lost protocols`, () => {
      const json = readDump(publicText(`jc/ubuntu-18.04/${name}.json`));
      const out = readDump(publicText(`jc/ubuntu-18.04/${name}.out`));
      assertAllRead(json);
      assert.deepEqual(
        briefly(json),
        briefly(out).map(row => row.replace(/^UDP/, 'other')),
      );
    });
  }
});
