import { strict as assert } from 'node:assert';
import { Shut, TimerKind } from '../../../../src/core/vocabulary/timer';
import { durationAt } from '../../../../src/core/dialects/linux/ssDetails';
import { readDump } from '../../../../src/core/reading/reader';
import {
  describePublic,
  ownDumpNames,
  ownText,
  publicDumpNames,
  publicJson,
  publicText,
} from '../../publicDumps';
import { assertAllRead, briefly } from '../../rows';
import { assertSpans } from '../../spans';

const NETID = 'Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\n';
const STATE = 'State      Recv-Q Send-Q  Local Address:Port  Peer Address:Port Process\n';
const BARE = 'Recv-Q Send-Q Local Address:Port Peer Address:Port\n';

function rows(text: string): string[] {
  const dump = readDump(text);
  assertAllRead(dump);
  assertSpans(dump, text);
  return briefly(dump);
}

describe('ss', () => {
  it('reads every kind of socket', () => {
    assert.deepEqual(
      rows(
        NETID +
          'nl     UNCONN   0  0     rtnl:systemd-resolve/893                  *\n' +
          'nl     UNCONN   0  0     0:530                  *\n' +
          'p_raw  UNCONN   0  0     LLDP:ens33                                *\n' +
          'p_dgr  UNCONN   0  0     [35020]:ens33                             *\n' +
          'u_str  LISTEN   0  128   /run/user/1000/systemd/private 93069      * 0\n' +
          'u_dgr  ESTAB    0  0     @/tmp/a b 1234   /run/c d 5678\n' +
          'u_seq  ESTAB    0  0     * 1234   * 5678\n' +
          'icmp6  UNCONN   0  0     *%ens33:ipv6-icmp *:*\n' +
          'raw    UNCONN   0  0     0.0.0.0:icmp 0.0.0.0:*\n' +
          '???    UNCONN   0  0     0.0.0.0:1 0.0.0.0:*\n' +
          'v_str  ESTAB    0  0     999900439:1023 0:976\n' +
          'tcp    LISTEN   0  511   [::]:80 [::]:*\n' +
          'tcp    LISTEN   0  511   :::80 :::*\n' +
          'tcp    ESTAB    0  0     [::ffff:192.0.2.1]:80 [::ffff:192.0.2.2]:4000\n' +
          'udp    UNCONN   0  0     127.0.0.53%lo:53 0.0.0.0:*\n' +
          'tcp    ESTAB    0  0     [fe80::1]%eth0:80 fe80::2%eth0:4000\n' +
          'sctp   LISTEN   0  128   192.0.2.1:5000 *:*\n' +
          '       `- ESTAB 0  0     192.0.2.1%lo:5000 192.0.2.2:3000\n' +
          'dccp   LISTEN   0  0     *:5001 *:*\n' +
          'mptcp  ESTAB    0  0     192.0.2.1:80 192.0.2.2:4000\n' +
          'xdp    UNCONN   0  0     eth0:q0 *\n',
      ),
      [
        'nl "UNCONN" rtnl:systemd-resolve/893|* *|* 0/0',
        'nl "UNCONN" 0:530|* *|* 0/0',
        'p_raw "UNCONN" LLDP:ens33|* *|* 0/0',
        'p_dgr "UNCONN" [35020]:ens33|* *|* 0/0',
        'u_str "LISTEN" /run/user/1000/systemd/private|* - 0/128',
        'u_dgr "ESTAB" @/tmp/a b|* /run/c d|* 0/0',
        'u_seq "ESTAB" *|* 5678|* 0/0',
        'icmp6 "UNCONN" *%ens33|ipv6-icmp *|* 0/0',
        'raw "UNCONN" 0.0.0.0|icmp 0.0.0.0|* 0/0',
        'raw "UNCONN" 0.0.0.0|1 0.0.0.0|* 0/0',
        'v_str "ESTAB" 999900439|1023 0|976 0/0',
        'tcp LISTEN ::|80 ::|* 0/511',
        'tcp LISTEN ::|80 ::|* 0/511',
        'tcp ESTABLISHED ::ffff:192.0.2.1|80 ::ffff:192.0.2.2|4000 0/0',
        'udp "UNCONN" 127.0.0.53%lo|53 0.0.0.0|* 0/0',
        'tcp ESTABLISHED fe80::1%eth0|80 fe80::2%eth0|4000 0/0',
        'sctp "LISTEN" 192.0.2.1|5000 *|* 0/128',
        'sctp "ESTAB" 192.0.2.1%lo|5000 192.0.2.2|3000 0/0',
        'dccp "LISTEN" *|5001 *|* 0/0',
        'mptcp "ESTAB" 192.0.2.1|80 192.0.2.2|4000 0/0',
        'xdp "UNCONN" eth0:q0|* *|* 0/0',
      ],
    );
  });

  it('knows UDP without Netid by its state, or by the command', () => {
    const udp = 'ESTAB 0 0 192.0.2.1:53 192.0.2.2:53\nUNCONN 0 0 0.0.0.0:53 0.0.0.0:*\n';
    assert.deepEqual(rows(STATE + udp), [
      'udp "ESTAB" 192.0.2.1|53 192.0.2.2|53 0/0',
      'udp "UNCONN" 0.0.0.0|53 0.0.0.0|* 0/0',
    ]);
    const established = 'ESTAB 0 0 192.0.2.1:53 192.0.2.2:53\n';
    assert.deepEqual(rows(STATE + established), ['tcp ESTABLISHED 192.0.2.1|53 192.0.2.2|53 0/0']);
    assert.deepEqual(rows('$ ss -un\n' + STATE + established), [
      'udp "ESTAB" 192.0.2.1|53 192.0.2.2|53 0/0',
    ]);
    // The next header may be of another protocol.
    assert.deepEqual(rows(STATE + udp + STATE + established).slice(2), [
      'tcp ESTABLISHED 192.0.2.1|53 192.0.2.2|53 0/0',
    ]);
  });

  it('reads rows without a state: filtered, or empty', () => {
    const row = '1      0      192.0.2.1:80  192.0.2.2:4000  users:(("a",pid=1,fd=2))\n';
    assert.deepEqual(rows(BARE + row), ['tcp - 192.0.2.1|80 192.0.2.2|4000 1/0 1/a/2']);
    assert.deepEqual(rows('$ ss -tnp state close-wait\n' + BARE + row), [
      'tcp CLOSE-WAIT 192.0.2.1|80 192.0.2.2|4000 1/0 1/a/2',
    ]);
    assert.deepEqual(rows(row), ['tcp - 192.0.2.1|80 192.0.2.2|4000 1/0 1/a/2']);
    const old =
      'tcp               0      128     *:25     *:*     users:(("sendmail",3965,4)) ino:11604 sk:ffff88013a3b5800\n';
    assert.deepEqual(rows(NETID + old), ['tcp LISTEN *|25 *|* 0/128 3965/sendmail/4']);
    assert.deepEqual(rows(old), ['tcp LISTEN *|25 *|* 0/128 3965/sendmail/4']);
    assert.deepEqual(rows(STATE + 'NEVER-SEEN 0 0 192.0.2.1:80 192.0.2.2:4000\n'), [
      'tcp "NEVER-SEEN" 192.0.2.1|80 192.0.2.2|4000 0/0',
    ]);
  });

  it('leaves rows of net-tools alone, whatever header is in force', () => {
    const netTools =
      'tcp        0      0 192.0.2.1:80            192.0.2.2:4000          CLOSE_WAIT  1/a\n' +
      'udp        0      0 0.0.0.0:68              0.0.0.0:*                           1/a\n';
    for (const header of [NETID, STATE, BARE]) {
      for (const prompt of ['', '$ netstat -anp | grep 1/a\n']) {
        const text = header + 'tcp ESTAB 0 0 192.0.2.1:80 192.0.2.2:9\n' + prompt + netTools;
        assert.deepEqual(rows(text).slice(-2), [
          'tcp CLOSE-WAIT 192.0.2.1|80 192.0.2.2|4000 0/0 1/a',
          'udp - 0.0.0.0|68 0.0.0.0|* 0/0 1/a',
        ]);
      }
    }
  });

  it('reads rows without header, and without queues', () => {
    assert.deepEqual(
      rows('tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:*\nESTAB 0 0 192.0.2.1:80 192.0.2.2:9\n'),
      ['tcp LISTEN 0.0.0.0|80 0.0.0.0|* 0/5', 'tcp ESTABLISHED 192.0.2.1|80 192.0.2.2|9 0/0'],
    );
    assert.deepEqual(
      rows(
        'Netid State  Local Address:Port Peer Address:Port Process\ntcp LISTEN 0.0.0.0:80 0.0.0.0:*\n',
      ),
      ['tcp LISTEN 0.0.0.0|80 0.0.0.0|*'],
    );
  });

  it('reads owners whatever their names, with threads and contexts', () => {
    for (const name of [
      'plain',
      'svc(1',
      'my proc',
      'pro:c',
      'a,b',
      'q"uote',
      '))',
      'x",y',
      '",0,9)a',
    ]) {
      const line = `tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:* users:(("${name}",pid=3201,fd=3),("b",pid=9,fd=4)) ino:7 sk:a004 cgroup:/ <->\n`;
      const dump = readDump(NETID + line);
      assertSpans(dump, NETID + line);
      const { owners, inode, shut } = dump.table.socket(0);
      assert.deepEqual(owners, [
        { pid: 3201, process: name, fd: 3 },
        { pid: 9, process: 'b', fd: 4 },
      ]);
      assert.equal(inode, 7);
      assert.equal(shut, Shut.Open);
    }
    assert.deepEqual(
      rows(
        NETID +
          'tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:* users:(("a",pid=1,tid=2,fd=3))\n' +
          'tcp LISTEN 0 5 0.0.0.0:81 0.0.0.0:* users:(("a",pid=1,proc_ctx=system_u:system_r:x_t:s0:c1,c2,fd=3))\n',
      ),
      ['tcp LISTEN 0.0.0.0|80 0.0.0.0|* 0/5 1/a/3', 'tcp LISTEN 0.0.0.0|81 0.0.0.0|* 0/5 1/a/3'],
    );
  });

  it('reads details on lines of their own, indented or wrapped', () => {
    const text =
      STATE +
      'ESTAB   0       0        127.0.0.1:41317    127.0.0.1:40534\n' +
      '\t timer:(keepalive,11sec,0) uid:33 ino:144 sk:4 --> skmem:(r0,rb131072) ts sack cubic wscale:7,7 send 594026739bps app_limited\n' +
      'ESTAB   0       0        127.0.0.1:41318    127.0.0.1:40534\n' +
      'users:(("a b",pid=1,fd=2))\n' +
      'timer:(on,,4) bbr wscale:7,7 rto:206.666\n' +
      '\t inet-sockopt: ( recverr mc_ttl:1)\n' +
      'A note on the row above.\n' +
      '  note: leaking since yesterday\n';
    const dump = readDump(text);
    assertAllRead(dump);
    assert.equal(dump.lines.continuation, 4);
    assert.equal(dump.lines.text, 2);
    const first = dump.table.socket(0);
    assert.deepEqual(first.timer, {
      kind: TimerKind.Keepalive,
      seconds: 11,
      retransmits: 0,
      probes: 0,
    });
    assert.deepEqual([first.user, first.inode, first.shut], ['33', 144, Shut.Receive]);
    const second = dump.table.socket(1);
    assert.deepEqual(second.owners, [{ pid: 1, process: 'a b', fd: 2 }]);
    assert.equal(second.timer?.seconds, 0);
    assert.equal(second.timer.retransmits, 4);
  });

  it('reads the times of timers, also those of versions that print seconds as ms', () => {
    for (const [text, seconds] of [
      ['11sec', 11],
      ['200ms', 0.2],
      ['1min12sec', 72],
      ['120min', 7200],
      ['6.400ms', 6.4],
      ['1.124ms', 1.124],
      ['6.400sec', 6.4],
      ['', 0],
      ['soon', -1],
    ] as const) {
      assert.ok(Math.abs(durationAt(text, 0, text.length) - seconds) < 1e-9, text);
    }
  });

  it('knows headers that are glued, wrapped or spaced anew', () => {
    for (const header of [
      'Netid State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess',
      'State      Recv-Q Send-Q Local Address:Port               Peer Address:Port',
      'Recv-Q Send-Q Local Address:Port Peer Address:Port',
      'State Recv-Q Send-Q Local Address:Port Peer\nAddress:Port Process',
      'State Recv-Q Send-Q Local\nAddress:Port Peer Address:Port',
      'State Recv-Q Send-Q Local Address:Port\nPeer Address:Port',
    ]) {
      const { lines } = readDump(header);
      assert.equal(lines.header, lines.total, header);
    }
  });

  it('takes its summary for counters', () => {
    const { lines, table } = readDump(
      'Total: 295 (kernel 312)\nTCP:   48 (estab 1, closed 31, orphaned 0, timewait 0/0), ports 13\n\n' +
        'Transport Total     IP        IPv6\n*         312       -         -\nRAW\t  0         0         0\n',
    );
    assert.equal(lines.counter + lines.blank, lines.total);
    assert.equal(table.length, 0);
  });

  describePublic('captures', () => {
    for (const name of ownDumpNames().filter(found => found.includes('_ss_'))) {
      it(`reads every row of ${name}`, () => {
        const text = ownText(name);
        const dump = readDump(text);
        assertAllRead(dump);
        assertSpans(dump, text);
        assert.equal(dump.lines.text, 0);
        assert.equal(dump.table.length, name.includes('tlnp') ? 4 : 37);
      });
    }

    for (const name of publicDumpNames().filter(
      found => /[/-]ss-(?!info\/ss-s|s-)/.test(found) && !found.endsWith('.json'),
    )) {
      it(`reads every row of ${name}`, () => {
        const text = publicText(name);
        const dump = readDump(text);
        assertAllRead(dump);
        assertSpans(dump, text);
        assert.equal(dump.snapshots.length, 1);
        assert.ok(dump.lines.text <= 1, 'a prompt is all that is not of ss');
      });
    }

    it('finds no sockets in summaries', () => {
      for (const name of ['ss-info/ss-s-new.txt', 'ss-info/ss-s-old.txt']) {
        const dump = readDump(publicText(name));
        assertAllRead(dump);
        assert.equal(dump.table.length, 0);
      }
    });

    it('agrees with the published result of ss -i', () => {
      const { rows: expected } = publicJson('ss-info/tcpmon-expected.json') as {
        rows: TcpMonRow[];
      };
      const dump = readDump(publicText('ss-info/tcpmon-ss-info.txt'));
      assert.deepEqual(
        Array.from({ length: dump.table.length }, (_, i) => {
          const { rawState, recvQ, sendQ, local, remote } = dump.table.socket(i);
          return [
            rawState,
            `${local.address}:${local.port ?? '*'}`,
            `${remote?.address ?? ''}:${remote?.port ?? '*'}`,
            // The result gives queues of listeners only.
            ...(rawState === 'LISTEN' ? [recvQ, sendQ] : []),
          ];
        }),
        expected.map(({ state, local, peer, recvq, sendq }) => [
          state,
          local,
          peer,
          ...(state === 'LISTEN' ? [recvq, sendq] : []),
        ]),
      );
    });

    for (const name of [
      'generic/ss-wide',
      'ubuntu-18.04/ss-sudo-a',
      'ubuntu-18.04/ss-sudo-tulpen',
    ]) {
      it(`agrees with jc on ${name}`, () => {
        const dump = readDump(publicText(`jc/${name}.out`));
        const expected = publicJson(`jc/${name}.json`) as JcRow[];
        assert.equal(dump.table.length, expected.length);
        expected.forEach((jc, i) => {
          const socket = dump.table.socket(i);
          const { local, remote } = socket;
          assert.equal(socket.protocolWord, jc.netid);
          assert.equal(socket.rawState, jc.state);
          assert.equal(socket.recvQ, jc.recv_q);
          assert.equal(socket.sendQ, jc.send_q);
          const owners = Object.entries(jc.opts?.process_id ?? {});
          // jc keys owners by process id and so keeps one file descriptor of each.
          assert.deepEqual(
            [...new Map(socket.owners.map(o => [String(o.pid), o.process])).entries()].sort(),
            owners.map(([pid, { user }]) => [pid, user]).sort(),
          );
          if (jc.opts?.inode_number !== undefined) {
            assert.equal(socket.inode, Number(jc.opts.inode_number));
          }
          if (socket.protocol === 'unix' || jc.local_address === undefined) {
            return;
          }
          assert.equal(local.address, bare(jc.local_address));
          assert.equal(String(local.port ?? local.service ?? '*'), jc.local_port);
          assert.equal(local.scope ?? undefined, jc.interface);
          assert.equal(remote?.address, bare(jc.peer_address ?? ''));
          assert.equal(String(remote.port ?? remote.service ?? '*'), jc.peer_port);
        });
      });
    }
  });
});

function bare(address: string): string {
  return address.replace(/^\[(.*)\]$/, '$1');
}

interface TcpMonRow {
  readonly state: string;
  readonly recvq?: number;
  readonly sendq?: number;
  readonly local: string;
  readonly peer: string;
}

interface JcRow {
  readonly netid: string;
  readonly state: string;
  readonly recv_q: number;
  readonly send_q: number;
  readonly local_address?: string;
  readonly local_port?: string;
  readonly interface?: string;
  readonly peer_address?: string;
  readonly peer_port?: string;
  readonly opts?: {
    readonly process_id?: Record<string, { user: string }>;
    readonly inode_number?: string;
  };
}
