import { strict as assert } from 'node:assert';
import { readDump } from '../../../../src/core/reading/reader';
import { describePublic, publicText } from '../../publicDumps';
import { assertAllRead, briefly, fieldsOf, sampleText } from '../../rows';

describe('Cisco show tcp brief', () => {
  it('reads both tables, each as a moment of its own', () => {
    const text = sampleText('cisco-show-tcp-brief.netstat');
    const dump = readDump(text);
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.2|646 198.51.100.4|52429',
      'tcp SYN-SENT 192.0.2.2|31411 198.51.100.1|179',
      'tcp CLOSE-WAIT 192.0.2.2|179 198.51.100.9|51200',
      'tcp FIN-WAIT-1 2001:DB8::2|179 2001:DB8::1|41022',
      'tcp LISTEN *|22 *|*',
      'tcp LISTEN ::|443 ::|* 309/[IOS]HTTP CORE',
      'tcp LISTEN *|443 *|* 309/[IOS]HTTP CORE',
      'udp - *|67 0.0.0.0|0 387/[IOS]DHCPD Receive',
    ]);
    assert.deepEqual(
      dump.snapshots.map(({ system, endRow }) => [system, endRow]),
      [
        ['cisco', 5],
        ['cisco', 8],
      ],
    );
    assert.deepEqual(fieldsOf(dump, text, 12).slice(-2), ['pid=387', 'process=[IOS]DHCPD Receive']);
  });

  it('reads show control-plane host open-ports', () => {
    const dump = readDump(
      'Active internet connections (servers and established)\n' +
        'Prot        Local Address      Foreign Address                  Service    State\n' +
        ' tcp                 *:22                  *:0               SSH-Server   LISTEN\n' +
        ' udp                 *:67                  *:0            DHCPD Receive   LISTEN\n',
    );
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp LISTEN *|22 *|0 /SSH-Server',
      'udp "LISTEN" *|67 *|0 /DHCPD Receive',
    ]);
    assert.equal(dump.snapshots[0]?.system, 'cisco');
  });

  it('knows every state of IOS', () => {
    const states =
      'CLOSED LISTEN SYNSENT SYNRCVD ESTAB FINWAIT1 FINWAIT2 CLOSEWAIT CLOSING LASTACK TIMEWAIT';
    const dump = readDump(
      states
        .split(' ')
        .map((state, i) => `03012F1${i % 10}  192.0.2.1.179  198.51.100.1.${4000 + i}  ${state}`)
        .join('\n'),
    );
    assert.deepEqual(
      Array.from({ length: dump.table.length }, (_, i) => dump.table.socket(i).state),
      [
        'CLOSED',
        'LISTEN',
        'SYN-SENT',
        'SYN-RECEIVED',
        'ESTABLISHED',
        'FIN-WAIT-1',
        'FIN-WAIT-2',
        'CLOSE-WAIT',
        'CLOSING',
        'LAST-ACK',
        'TIME-WAIT',
      ],
    );
  });

  describePublic('published dumps', () => {
    for (const [name, rows] of [
      ['misc/cisco-ios-show-tcp-brief.txt', 6],
      ['misc/cisco-iosxe-show-tcp-brief-SYNSENT.txt', 1],
      ['misc/cisco-iosxe-show-tcp-brief-numeric.txt', 2],
      ['misc/ios-xe-show-ip-ports-all.txt', 3],
    ] as const) {
      it(`reads ${name}`, () => {
        const dump = readDump(publicText(name));
        assertAllRead(dump);
        assert.equal(dump.table.length, rows);
        assert.equal(dump.snapshots.length, 1);
        assert.equal(dump.snapshots[0]?.system, 'cisco');
      });
    }
  });
});
