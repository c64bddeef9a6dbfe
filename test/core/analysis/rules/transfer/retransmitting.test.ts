import assert from 'node:assert/strict';

import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  everythingSaid,
  many,
  netstat,
  row,
  ss,
  titles,
  truth,
} from '../../scene';

const cut = (b: number, state = 'ESTABLISHED'): string =>
  netstat(
    row(state, '192.0.2.1:50000', '198.51.100.7:22', {
      sendQ: 36,
      owner: '3/ssh',
      timer: `on (6.40/${b}/0)`,
    }),
  );

describe('RT-1', () => {
  it("speaks of a mount and its options where the kernel's NFS client waits", () => {
    const waiting = (local: number, owner = '-'): string =>
      netstat(
        row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '2/sshd' }),
        row('ESTABLISHED', `192.0.2.1:${local}`, '198.51.100.7:2049', {
          sendQ: 2124,
          owner,
          timer: 'on (43.51/11/0)',
        }),
      );
    const found = expectFinding(waiting(791), 'RT-1', {
      title: /^The kernel's NFS client has had no answer from 198\.51\.100\.7:2049/,
    });
    assert.match(everythingSaid(found).join('\n'), /most likely an NFS mount[^]*`?timeo/);
    assert.doesNotMatch(everythingSaid(found).join('\n'), /TCP_USER_TIMEOUT ends|tcp_retries2/);
    for (const other of [waiting(40_791), waiting(791, '7/ganesha')]) {
      assertNeverSaid(other, /NFS|timeo/);
    }
  });

  it('tells how long the peer has been silent', () => {
    expectFinding(cut(5), 'RT-1', {
      severity: 'warning',
      pid: 3,
      title: 'ssh (3) has had no answer from 198.51.100.7:22 for at least 6.2 s',
    });
    expectSilence(cut(4), 'RT-1');
    expectFinding(cut(9), 'RT-1', { severity: 'error', confidence: 'high' });
  });

  describe('knows a path that drops large packets', () => {
    const each = (
      count: number,
      details: (i: number) => string,
      remote: (i: number) => string,
    ): string =>
      ss(
        'LISTEN 0 128 0.0.0.0:443 0.0.0.0:* users:(("nginx",pid=25,fd=3))\n\t bbr cwnd:10',
        ...many(
          count,
          i =>
            `ESTAB 0 5000 192.0.2.1:443 ${remote(i)}:${44_000 + i} users:(("nginx",pid=25,fd=${8 + i})) timer:(on,1.620ms,5)\n` +
            `\t ts sack bbr wscale:10,10 rto:6912 backoff:5 ${details(i)}`,
        ),
      );
    const stuck = (count: number, details: string, remote = '198.51.100.7'): string =>
      each(
        count,
        () => details,
        () => remote,
      );
    const MTU = /takes only smaller packets \(MTU\)/;
    const MSS = 'mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:1';
    /** As measured: three segments of the full size are lost, and the peer has the rest of 656 bytes. */
    const TAIL = `${MSS} bytes_sent:16884 bytes_retrans:11584 bytes_acked:300 unacked:4 retrans:1/8 lost:3 sacked:1`;
    /** As measured: none of the full size was ever acknowledged, the first answer of 300 bytes was. */
    const ALL = `${MSS} bytes_sent:26364 bytes_retrans:8688 bytes_acked:300 unacked:12 retrans:1/6 lost:12`;

    it('by a smaller segment that arrived', () => {
      for (const details of [TAIL, TAIL.replace('acked:300', 'acked:301')]) {
        const found = expectFinding(stuck(1, details), 'RT-1', {
          severity: 'warning',
          title:
            'nginx (25) gets no large packets through to 198.51.100.7:44000 for at least 6.2 s',
        });
        assert.match(everythingSaid(found).join('\n'), MTU);
        // Nor by what SQ-1 adds.
        assert.doesNotMatch(everythingSaid(found).join('\n'), /switched off|The peer is gone/);
        assert.equal(found.confirm[0]?.command, 'ping -c 3 -M do -s 1472 198.51.100.7');
      }
      const six = expectFinding(stuck(1, TAIL, '[2001:db8::7]'), 'RT-1');
      assert.equal(six.confirm[0]?.command, 'ping -c 3 -M do -s 1452 2001:db8::7');
    });

    it('by several connections that are all stuck at the first segment of the full size', () => {
      assert.match(everythingSaid(expectFinding(stuck(3, ALL), 'RT-1')).join('\n'), MTU);
    });

    /** Nothing of the answer was acknowledged, and the request has come. */
    const FIRST = `${MSS} bytes_sent:25000 bytes_retrans:11584 bytes_acked:1 bytes_received:517 lastrcv:88000 unacked:10 retrans:1/8 lost:10`;
    const clients = (count: number, details: (i: number) => string): string =>
      each(count, details, i => `10.88.0.${i + 1}`);
    const noSack = (text: string): string => text.replaceAll(' sack ', ' ');
    const FROM_FIRST = /handshakes and requests came through\. .* \(MTU\)/;

    it('by all that is silent of a network, from the first segment on', () => {
      const whole = FIRST.replace('25000', '26064').replace('bytes_acked:1 ', '');
      const later = (i: number): string => FIRST.replace('88000', `${88_000 - i * 20_000}`);
      for (const text of [
        noSack(clients(4, () => FIRST)),
        clients(4, () => whole),
        noSack(each(3, later, () => '10.88.0.7')),
      ]) {
        const found = expectFinding(text, 'RT-1', { title: /gets no large packets through/ });
        assert.match(everythingSaid(found).join('\n'), FROM_FIRST);
      }
    });

    it('and does not take clients of a network for it that are gone, or a few', () => {
      const small = `${MSS} bytes_sent:48211 bytes_retrans:704 bytes_acked:47419 bytes_received:90122 lastrcv:98000 unacked:1 retrans:1/8 lost:1`;
      for (const text of [
        clients(4, () => small),
        noSack(clients(6, i => (i < 4 ? FIRST : small))),
        noSack(clients(2, () => FIRST)),
        noSack(stuck(4, FIRST)),
        noSack(clients(4, () => FIRST.replace('bytes_received:517 ', ''))),
        // A small segment is lost, too.
        clients(4, () => FIRST),
        noSack(clients(4, () => FIRST.replace('11584', '11000'))),
        noSack(
          each(
            4,
            () => FIRST,
            i => `198.51.${i}.7`,
          ),
        ),
      ]) {
        expectFinding(text, 'RT-1');
        assertNeverSaid(text, /\(MTU\)|large packets/);
      }
    });

    it('and does not take a peer that is gone, or lost packets of any size, for it', () => {
      for (const text of [
        // One connection alone, whose peer may have gone just then.
        stuck(1, ALL),
        // What was acknowledged before was more than a segment of the full size.
        stuck(
          3,
          ALL.replace('bytes_sent:26364', 'bytes_sent:126364').replace('acked:300', 'acked:100300'),
        ),
        // Nothing at all was acknowledged.
        stuck(
          3,
          ALL.replace('bytes_sent:26364 ', 'bytes_sent:26064 ').replace('bytes_acked:300 ', ''),
        ),
        // A small segment is lost, too.
        stuck(3, ALL.replace('26364', '25900')),
        // What arrived may have been as large as what is lost.
        stuck(3, TAIL.replace('16884', '17676')),
        // One of several is stuck at something else.
        stuck(3, ALL) +
          stuck(3, `${MSS} bytes_sent:900 bytes_retrans:500 bytes_acked:300 unacked:1 lost:1`),
        cut(5),
      ]) {
        expectFinding(text, 'RT-1');
        assertNeverSaid(text, MTU);
      }
    });
  });

  it('tells which way loses where both ends are in the dump', () => {
    const ends = (acked: number, received: number | null): string => {
      const client = many(
        3,
        i =>
          `ESTAB 0 8 192.0.2.1:${50_000 + i} 198.51.100.7:5432 users:(("app",pid=3,fd=${4 + i})) timer:(on,1.620ms,5)\n` +
          `\t ts sack cubic wscale:7,7 rto:6912 backoff:5 mss:1448 pmtu:1500 bytes_sent:57 bytes_retrans:48 bytes_acked:${acked} unacked:1 lost:1`,
      );
      const server = many(
        3,
        i =>
          `ESTAB 0 0 198.51.100.7:5432 192.0.2.1:${50_000 + i} users:(("db",pid=9,fd=${4 + i}))\n` +
          `\t ts sack cubic wscale:7,7 rto:232 mss:1448 pmtu:1500 bytes_received:${received}`,
      );
      return (
        `root@web1:~# ss -tanpoi\n${ss(...client)}\n` +
        (received === null ? '' : `root@db1:~# ss -tanpoi\n${ss(...server)}`)
      );
    };
    const said = (text: string): string => everythingSaid(expectFinding(text, 'RT-1')).join('\n');
    assert.match(said(ends(2, 9)), /acknowledgments are lost on the way back/);
    assert.match(said(ends(2, 9)), /Test the path between the two hosts/);
    assert.doesNotMatch(said(ends(2, 9)), /switched off/);
    for (const received of [1, 2]) {
      assert.match(said(ends(2, received)), /what is sent is lost on the way there/);
    }
    // Of another moment, or without the other end.
    assert.doesNotMatch(said(ends(20, 1)), /Both ends are/);
    assert.doesNotMatch(said(ends(2, null)), /Both ends are/);
    assert.match(said(ends(2, null)), /switched off/);
  });

  it('does not call a host switched off that has the connections open', () => {
    const client = many(
      3,
      i =>
        `ESTAB 0 1320 192.0.2.1:${50_000 + i} 198.51.100.7:8080 users:(("app",pid=3,fd=${4 + i})) timer:(on,9sec,8)`,
    );
    const server = (state: string): string[] =>
      many(
        3,
        i =>
          `${state} 0 0 198.51.100.7:8080 192.0.2.1:${50_000 + i} users:(("java",pid=9,fd=${4 + i}))`,
      );
    const hosts = (other: readonly string[], earlier = '', later = ''): string =>
      `${earlier}root@api1:~# ss -tanpo\n${ss(...other)}\n${later}root@web1:~# ss -tanpo\n${ss(...client)}`;
    const said = (text: string): string => everythingSaid(expectFinding(text, 'RT-1')).join('\n');
    const at = (minute: number): string => `Mon Jan  5 10:0${minute}:00 UTC 2026\n`;
    const open =
      /At the other end, api1: java \(9\) has 3 connections in ESTABLISHED, with 0 bytes to read and 0 bytes unacknowledged\./;
    for (const [text, means] of [
      [hosts(server('ESTAB')), /listed at the same time or later, that host is up/],
      [hosts(server('ESTAB'), at(1), at(1)), /So that host is up/],
      [hosts(server('ESTAB'), at(5), at(1)), /So that host is up/],
    ] as const) {
      assert.match(said(text), open);
      assert.match(said(text), means);
      assert.match(said(text), /Test the path between the two hosts/);
      assert.doesNotMatch(said(text), /switched off|peer is gone/);
    }
    // Listed long before the silence; or no longer open there.
    for (const text of [hosts(server('ESTAB'), at(1), at(5)), hosts(server('FIN-WAIT-2'))]) {
      assert.doesNotMatch(said(text), /that host is up/);
      assert.match(said(text), /switched off/);
    }
  });

  it('is not about handshakes', () => {
    expectSilence(cut(6, 'SYN_SENT'), 'RT-1');
  });

  it('speaks of a mobile client that is gone', () => {
    expectFinding(truth('k6.txt'), 'RT-1', { severity: 'warning', confidence: 'high' });
  });

  const server = (silent: number, others: number, remote = '203.0.113.9'): string =>
    netstat(
      row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '5/nginx' }),
      ...many(silent, i =>
        row('ESTABLISHED', '192.0.2.1:443', `${remote}:${20_000 + i}`, {
          sendQ: 1400,
          owner: '5/nginx',
          timer: 'on (9.00/9/0)',
        }),
      ),
      ...many(others, i =>
        row('ESTABLISHED', '192.0.2.1:443', `198.51.100.${i + 1}:40000`, { owner: '5/nginx' }),
      ),
    );

  it('takes a client that is gone for everyday life where many others answer', () => {
    expectHealthy(server(1, 20));
    expectFinding(server(1, 20), 'RT-1', { severity: 'info' });
    expectFinding(server(1, 5), 'RT-1', { severity: 'error' });
    expectFinding(server(3, 60), 'RT-1', { severity: 'error' });
  });

  it('does not take a whole network that is silent for clients that have gone', () => {
    const cut = (
      silent: number,
      from: (i: number) => string,
      times: (i: number) => number = () => 7,
      ...others: readonly string[]
    ): string =>
      netstat(
        row('LISTEN', '0.0.0.0:443', '0.0.0.0:*', { owner: '5/nginx' }),
        ...many(silent, i =>
          row('ESTABLISHED', '192.0.2.1:443', `${from(i)}:${20_000 + i}`, {
            sendQ: 1400,
            owner: '5/nginx',
            timer: `on (9.00/${times(i)}/0)`,
          }),
        ),
        ...others,
        ...many(200, i => row('ESTABLISHED', '192.0.2.1:443', `198.51.100.${i + 1}:40000`)),
      );
    assert.deepEqual(titles(cut(12, i => `203.0.113.${i + 1}`)), [
      'RT-1+SQ-1 warning: nginx (5) has had no answer from 12 remote addresses of 203.0.113.0/24 for at least 25 s',
    ]);
    expectFinding(
      cut(12, i => `203.0.${i}.9`),
      'RT-1',
      {
        severity: 'info',
        title: /from 12 remote addresses for/,
      },
    );
    // What is said of all holds of each, and a network that closes connections answers.
    const lost = (i: number): string => `203.0.113.${i + 1}`;
    assert.match(
      titles(cut(12, lost, i => (i === 3 ? 11 : 6)))[0]!,
      /of 203\.0\.113\.0\/24 for at least 12 s$/,
    );
    const closed = many(9, i =>
      row('TIME_WAIT', `192.0.2.1:${41_000 + i}`, `203.0.113.${i + 100}:443`, {
        timer: 'timewait (50.00/0/0)',
      }),
    );
    assert.doesNotMatch(titles(cut(12, lost, () => 7, ...closed)).join(), /203\.0\.113\.0/);
  });

  it('is one finding with connects that the same remote does not answer', () => {
    const text = netstat(
      ...many(4, i =>
        row('ESTABLISHED', `192.0.2.1:${40_000 + i}`, '198.51.100.7:6379', {
          sendQ: 90,
          owner: '3/worker',
          timer: 'on (9.00/9/0)',
        }),
      ),
      ...many(4, i =>
        row('SYN_SENT', `192.0.2.1:${41_000 + i}`, '198.51.100.7:6379', {
          sendQ: 1,
          owner: '3/worker',
          timer: 'on (9.00/4/0)',
        }),
      ),
    );
    assert.deepEqual(
      titles(text).map(title => title.split(':')[0]),
      ['RT-1+SQ-1+SS-1 error'],
    );
  });

  /** A pool of which four connections are silent; the rest had an ACK so many milliseconds ago. */
  const pool = (lastAck: number, remote = '198.51.100.7:1521'): string =>
    ss(
      ...many(
        4,
        i =>
          `ESTAB 0 412 192.0.2.1:${41_000 + i} 198.51.100.7:1521 users:(("java",pid=3,fd=${i + 4})) timer:(on,15sec,9)`,
      ),
      ...many(
        3,
        i =>
          `ESTAB 0 0 192.0.2.1:${42_000 + i} ${remote} users:(("java",pid=3,fd=${i + 9}))\n\t cubic rto:204 lastsnd:212 lastrcv:${lastAck} lastack:${lastAck}`,
      ),
    );

  it('does not say that a peer is gone which answers other connections', () => {
    const found = expectFinding(pool(208), 'RT-1', {
      title:
        'java (3) has had no answer from 198.51.100.7:1521 on 4 connections for at least 102 s, while others are answered',
    });
    const said = everythingSaid(found).join('\n');
    assert.doesNotMatch(said, /switched off|The peer is gone|does not answer\./);
    assert.match(said, /The peer is up.*firewall or NAT has forgotten/);
    assert.match(said, /Let keepalive come sooner/);
    assert.match(said, /answered meanwhile: 3\./);
  });

  it('takes no answer from before the silence, from another host or from an idle one for that', () => {
    for (const text of [
      pool(103_000),
      pool(103_000, '198.51.100.7:22'),
      pool(208, '198.51.100.8:1521'),
    ]) {
      const found = expectFinding(text, 'RT-1', { title: /for at least 102 s$/ });
      assert.match(everythingSaid(found).join('\n'), /switched off/);
    }
  });

  it('does not say that a host is switched off which answers on another port', () => {
    const found = expectFinding(pool(208, '198.51.100.7:22'), 'RT-1', { title: /least 102 s$/ });
    const said = everythingSaid(found).join('\n');
    assert.doesNotMatch(said, /switched off|The peer is gone|Let keepalive come sooner/);
    assert.match(said, /answers on other ports.*MTU/);
    assert.match(said, /other ports of the same address that were answered meanwhile: 3\./);
  });

  it('knows a peer that answered by a connection that it closed since', () => {
    const text = netstat(
      row('ESTABLISHED', '192.0.2.1:41000', '198.51.100.7:1521', {
        sendQ: 412,
        owner: '3/java',
        timer: 'on (9.00/9/0)',
      }),
      row('TIME_WAIT', '192.0.2.1:41001', '198.51.100.7:1521', { timer: 'timewait (50.00/0/0)' }),
    );
    expectFinding(text, 'RT-1', { title: /while others are answered$/ });
  });

  it('does not take one client behind a NAT for another', () => {
    const text = ss(
      'LISTEN 0 128 0.0.0.0:443 0.0.0.0:* users:(("nginx",pid=5,fd=3))',
      'ESTAB 0 412 192.0.2.1:443 203.0.113.9:20000 users:(("nginx",pid=5,fd=4)) timer:(on,15sec,9)',
      'ESTAB 0 0 192.0.2.1:443 203.0.113.9:20001 users:(("nginx",pid=5,fd=5))\n\t cubic rto:204 lastack:90',
    );
    assert.match(everythingSaid(expectFinding(text, 'RT-1')).join('\n'), /switched off/);
  });
});
