import { strict as assert } from 'node:assert';

import { explainState } from '../../../src/core/explain/state';
import { timeOutOf } from '../../../src/core/explain/stateTimeOut';
import { noContext } from '../../../src/core/explain/context';
import { situations } from '../../../src/core/explain/situations/all';
import { stateKnowledge, type Actor, type ClosedFirst } from '../../../src/core/knowledge/states';
import type { LimitId } from '../../../src/core/knowledge/systems';
import type { System } from '../../../src/core/vocabulary/system';
import { TCP_STATES, type TcpState } from '../../../src/core/vocabulary/state';
import { NETSTAT_HEADER, said, stateOf, localizer } from './rows';

/** A row of `netstat -antopee`, its expected situation, and who has to do what. */
type Case = readonly [
  what: string,
  rows: string | readonly string[],
  situation: string | null,
  closedFirst: ClosedFirst,
  turn: Actor,
  limit: LimitId | 'never',
  mentions: RegExp,
];

const row = (
  state: string,
  {
    recvQ = 0,
    sendQ = 0,
    inode = 4711,
    owner = '812/orders-api',
    timer = 'off (0.00/0/0)',
    local = '192.0.2.1:8080',
    remote = '192.0.2.7:51044',
  } = {},
): string => `tcp ${recvQ} ${sendQ} ${local} ${remote} ${state} 1000 ${inode} ${owner} ${timer}`;
const listener = (recvQ = 0): string => row('LISTEN', { recvQ, remote: '0.0.0.0:*', inode: 4000 });
const orphan = { inode: 0, owner: '-' };

const CASES: readonly Case[] = [
  [
    'LISTEN, nobody waits',
    listener(),
    'listen.queue',
    'nobody',
    'nobody',
    'never',
    /waits for connections/,
  ],
  [
    'LISTEN, some wait',
    listener(3),
    'listen.queue',
    'nobody',
    'program',
    'never',
    /Recv-Q 3: this many/,
  ],
  [
    'SYN_SENT, first try',
    row('SYN_SENT', { sendQ: 1, timer: 'on (0.80/0/0)' }),
    null,
    'nobody',
    'peer-kernel',
    'syn-sent',
    /No retransmission yet/,
  ],
  [
    'SYN_SENT, 5 retries on kernel 6.5',
    row('SYN_SENT', { sendQ: 1, timer: 'on (1.90/5/0)' }),
    null,
    'nobody',
    'peer-kernel',
    'syn-sent',
    /so far: 5. No answer for 5 s on kernel 6.5 or later, 61 s on earlier/,
  ],
  [
    'SYN_SENT, 3 retries on an old kernel',
    row('SYN_SENT', { sendQ: 1, timer: 'on (6.20/3/0)' }),
    null,
    'nobody',
    'peer-kernel',
    'syn-sent',
    /so far: 3\. No answer for 9 s/,
  ],
  [
    'SYN_SENT, 9 retries',
    row('SYN_SENT', { sendQ: 1, timer: 'on (20.00/9/0)' }),
    null,
    'nobody',
    'peer-kernel',
    'syn-sent',
    /so far: 9\. No answer for 47 s/,
  ],
  [
    'SYN_SENT to a server of this host that does not accept',
    [
      listener(3),
      row('SYN_SENT', { sendQ: 1, local: '192.0.2.1:40000', remote: '192.0.2.1:8080' }),
    ],
    'syn-sent.accept-queue',
    'nobody',
    'peer-program',
    'syn-sent',
    /Connections waiting there to be accepted \(orders-api \(812\), line 3\): 3\./,
  ],
  [
    'SYN_RECV, fresh',
    row('SYN_RECV', { ...orphan, timer: 'on (0.90/0/0)' }),
    'syn-received.fresh',
    'nobody',
    'peer-kernel',
    'syn-received',
    /`?-`? is expected/,
  ],
  [
    'SYN_RECV, repeated',
    row('SYN_RECV', { ...orphan, timer: 'on (3.00/2/0)' }),
    'syn-received.repeated',
    'nobody',
    'peer-kernel',
    'syn-received',
    /retransmissions so far: 2, for about 3 s.*TCP_DEFER_ACCEPT/,
  ],
  [
    'SYN_RECV, repeated, and connections wait to be accepted',
    [listener(3), row('SYN_RECV', { ...orphan, timer: 'on (3.00/2/0)' })],
    'syn-received.accept-queue',
    'nobody',
    'program',
    'syn-received',
    /Connections waiting to be accepted \(orders-api \(812\), line 3\): 3\./,
  ],
  [
    'ESTABLISHED, idle',
    row('ESTABLISHED'),
    null,
    'nobody',
    'either-program',
    'never',
    /notices only when it sends something/,
  ],
  [
    'ESTABLISHED, keepalive',
    row('ESTABLISHED', { timer: 'keepalive (7100.00/0/0)' }),
    null,
    'nobody',
    'either-program',
    'keepalive',
    /the peer is probed in 1 h 58 min/,
  ],
  [
    'ESTABLISHED, keepalive unanswered',
    row('ESTABLISHED', { timer: 'keepalive (30.00/0/4)' }),
    'established.keepalive-silent',
    'nobody',
    'peer-kernel',
    'keepalive',
    /4 keepalive probes are unanswered.*6 min 45 s/,
  ],
  [
    'ESTABLISHED, not accepted',
    [listener(1), row('ESTABLISHED', orphan)],
    'established.unaccepted',
    'nobody',
    'program',
    'never',
    /the listening program has not accepted this connection yet/,
  ],
  [
    'ESTABLISHED, peer does not read',
    row('ESTABLISHED', { sendQ: 65000, timer: 'probe (1.30/0/0)' }),
    'established.probe',
    'nobody',
    'peer-program',
    'never',
    /192\.0\.2\.7:51044 is not reading, or not as fast as this end sends/,
  ],
  [
    'ESTABLISHED, one probe unanswered is normal',
    row('ESTABLISHED', { sendQ: 65000, timer: 'probe (1.30/0/1)' }),
    'established.probe',
    'nobody',
    'peer-program',
    'never',
    /192\.0\.2\.7:51044 is not reading, or not as fast as this end sends/,
  ],
  [
    'ESTABLISHED, window closed and peer silent',
    row('ESTABLISHED', { sendQ: 65000, timer: 'probe (9.30/0/5)' }),
    'established.probe',
    'nobody',
    'peer-kernel',
    'retransmission',
    /5 probes in a row are unanswered/,
  ],
  [
    'ESTABLISHED, TCP_CORK',
    row('ESTABLISHED', { sendQ: 100, timer: 'probe (0.20/0/0)' }),
    'established.probe',
    'nobody',
    'peer-program',
    'never',
    /TCP_CORK/,
  ],
  [
    'ESTABLISHED, peer silent',
    row('ESTABLISHED', { sendQ: 500, timer: 'on (6.40/5/0)' }),
    'established.silent',
    'nobody',
    'peer-kernel',
    'retransmission',
    /5 retransmissions.*at least 6\.2 s/,
  ],
  [
    'ESTABLISHED, sending',
    row('ESTABLISHED', { sendQ: 500, timer: 'on (0.20/0/0)' }),
    'established.sending',
    'nobody',
    'either-program',
    'never',
    /Normal for a moment/,
  ],
  [
    'ESTABLISHED, unread',
    row('ESTABLISHED', { recvQ: 128512 }),
    null,
    'nobody',
    'either-program',
    'never',
    /128,512 bytes that orders-api \(812\) has not read/,
  ],
  [
    'ESTABLISHED with itself',
    row('ESTABLISHED', { remote: '192.0.2.1:8080' }),
    null,
    'nobody',
    'either-program',
    'never',
    /its own other end/,
  ],
  [
    'FIN_WAIT1, only the FIN',
    row('FIN_WAIT1', { ...orphan, sendQ: 1, timer: 'on (0.20/0/0)' }),
    'fin.queue',
    'local',
    'peer-kernel',
    'orphan',
    /only the FIN is unacknowledged/,
  ],
  [
    'FIN_WAIT1, data and FIN',
    row('FIN_WAIT1', { ...orphan, sendQ: 50, timer: 'on (0.20/0/0)' }),
    'fin.queue',
    'local',
    'peer-kernel',
    'orphan',
    /49 bytes of data and the FIN/,
  ],
  [
    'FIN_WAIT1, peer gone',
    row('FIN_WAIT1', { ...orphan, sendQ: 1, timer: 'on (25.00/6/0)' }),
    'fin.silent',
    'local',
    'peer-kernel',
    'orphan',
    /Our FIN was repeated, 6 times so far: no answer for at least 13 s/,
  ],
  [
    'FIN_WAIT1, owned, peer does not read',
    row('FIN_WAIT1', { sendQ: 65791, timer: 'probe (1.00/0/0)' }),
    'fin.window',
    'local',
    'peer-program',
    'orphan',
    /kernel keeps it for as long as the peer answers the probes/,
  ],
  [
    'FIN_WAIT1, peer does not read',
    row('FIN_WAIT1', { ...orphan, sendQ: 65791, timer: 'probe (1.00/0/0)' }),
    'fin.window',
    'local',
    'peer-program',
    'orphan',
    /is not reading, or not as fast as this end has sent/,
  ],
  [
    'FIN_WAIT1, still owned',
    row('FIN_WAIT1', { sendQ: 1, timer: 'on (0.20/0/0)' }),
    'fin.queue',
    'local',
    'peer-kernel',
    'retransmission',
    /shutdown\(\) without close\(\)/,
  ],
  [
    'FIN_WAIT2, orphan',
    row('FIN_WAIT2', { ...orphan, timer: 'timewait (58.10/0/0)' }),
    'fin-wait-2.orphan',
    'local',
    'peer-program',
    'fin-wait-2',
    /58 s left: closed here about 1\.9 s ago/,
  ],
  [
    'FIN_WAIT2, owned',
    row('FIN_WAIT2'),
    'fin-wait-2.held',
    'local',
    'peer-program',
    'never',
    /it called shutdown\(\), not close\(\)/,
  ],
  [
    'FIN_WAIT2, owned with keepalive',
    row('FIN_WAIT2', { timer: 'keepalive (7000.00/0/0)' }),
    'fin-wait-2.held',
    'local',
    'peer-program',
    'keepalive',
    /Keepalive is on/,
  ],
  [
    'CLOSE_WAIT, end consumed',
    row('CLOSE_WAIT'),
    'close-wait.consumed',
    'remote',
    'program',
    'never',
    /has not called close\(\): forgotten, or .* half-close, or its runtime read ahead/,
  ],
  [
    'CLOSE_WAIT, only the FIN unread',
    row('CLOSE_WAIT', { recvQ: 1 }),
    'close-wait.fin-only',
    'remote',
    'program',
    'never',
    /Most likely orders-api \(812\) is not looking/,
  ],
  [
    'CLOSE_WAIT, data unread',
    row('CLOSE_WAIT', { recvQ: 28 }),
    'close-wait.unread',
    'remote',
    'program',
    'never',
    /27 bytes and the FIN are unread\. Most likely/,
  ],
  [
    'CLOSE_WAIT, TLS 1.3',
    row('CLOSE_WAIT', { recvQ: 25 }),
    'close-wait.tls',
    'remote',
    'program',
    'never',
    /TLS close_notify/,
  ],
  [
    'CLOSE_WAIT, TLS 1.2',
    row('CLOSE_WAIT', { recvQ: 32 }),
    'close-wait.tls',
    'remote',
    'program',
    'never',
    /TLS close_notify/,
  ],
  [
    'CLOSE_WAIT, ChaCha20',
    row('CLOSE_WAIT', { recvQ: 24 }),
    'close-wait.tls',
    'remote',
    'program',
    'never',
    /TLS close_notify/,
  ],
  [
    'CLOSE_WAIT, AES256-SHA384',
    row('CLOSE_WAIT', { recvQ: 86 }),
    'close-wait.tls',
    'remote',
    'program',
    'never',
    /TLS close_notify/,
  ],
  [
    'CLOSE_WAIT, not accepted goes before unread data',
    [listener(1), row('CLOSE_WAIT', { ...orphan, recvQ: 5 })],
    'close-wait.unaccepted',
    'remote',
    'program',
    'never',
    /The missing call is accept\(\), not close\(\)/,
  ],
  [
    'CLOSE_WAIT, owner hidden and nobody waits: nothing concluded',
    row('CLOSE_WAIT', { owner: '-', recvQ: 28 }),
    'close-wait.unread',
    'remote',
    'program',
    'never',
    /27 bytes/,
  ],
  [
    'CLOSE_WAIT, inherited by a child',
    row('CLOSE_WAIT', { owner: '900/sleep' }),
    'close-wait.inherited',
    'remote',
    'program',
    'never',
    /Most likely it inherited/,
  ],
  [
    'CLOSE_WAIT, inherited from the listener',
    [listener(), row('CLOSE_WAIT', { owner: '900/sh' })],
    'close-wait.inherited',
    'remote',
    'program',
    'never',
    /orders-api listens there/,
  ],
  [
    'CLOSE_WAIT, half-close: still sending',
    row('CLOSE_WAIT', { sendQ: 3000, timer: 'on (0.20/0/0)' }),
    'close-wait.sending',
    'remote',
    'program',
    'never',
    /legal after the peer has half-closed/,
  ],
  [
    'CLOSE_WAIT, the peer does not read',
    row('CLOSE_WAIT', { sendQ: 3800000, timer: 'probe (5.00/0/0)' }),
    'close-wait.sending',
    'remote',
    'peer-program',
    'never',
    /closed for about 5 s or longer\. Most likely 192\.0\.2\.7:51044 is not reading/,
  ],
  [
    'CLOSE_WAIT, the peer is gone',
    row('CLOSE_WAIT', { sendQ: 3000, timer: 'on (12.00/5/0)' }),
    'close-wait.sending',
    'remote',
    'peer-kernel',
    'retransmission',
    /is no longer answering/,
  ],
  [
    'CLOSE_WAIT with keepalive',
    row('CLOSE_WAIT', { timer: 'keepalive (7000.00/0/0)' }),
    'close-wait.consumed',
    'remote',
    'program',
    'never',
    /the descriptor stays open/,
  ],
  [
    'CLOSING',
    row('CLOSING', { ...orphan, recvQ: 1, sendQ: 1, timer: 'on (0.20/0/0)' }),
    'fin.queue',
    'both',
    'peer-kernel',
    'orphan',
    /Both ends closed at once/,
  ],
  [
    'CLOSING behind a closed window',
    row('CLOSING', { ...orphan, recvQ: 1, sendQ: 60000, timer: 'probe (0.90/0/0)' }),
    'fin.window',
    'both',
    'peer-program',
    'orphan',
    /is not reading, or not as fast as this end has sent/,
  ],
  [
    'LAST_ACK',
    row('LAST_ACK', { ...orphan, sendQ: 12, timer: 'on (0.20/0/0)' }),
    'fin.queue',
    'remote',
    'peer-kernel',
    'orphan',
    /11 bytes of data and the FIN/,
  ],
  [
    'LAST_ACK, owned',
    row('LAST_ACK', { sendQ: 1, timer: 'on (0.20/0/0)' }),
    'fin.queue',
    'remote',
    'peer-kernel',
    'retransmission',
    /shutdown\(\) without close\(\)/,
  ],
  [
    'TIME_WAIT',
    row('TIME_WAIT', { ...orphan, timer: 'timewait (54.53/0/0)' }),
    'time-wait.linux',
    'local',
    'kernel-timer',
    'time-wait',
    /55 s left of 60 s: closed about 5\.5 s ago/,
  ],
  [
    'CLOSE',
    row('CLOSE', { remote: '0.0.0.0:*' }),
    null,
    'nobody',
    'program',
    'never',
    /not connected/,
  ],
];

describe('situations on Linux', () => {
  for (const [what, rows, situation, closedFirst, turn, limit, mentions] of CASES) {
    it(what, () => {
      const explanation = stateOf(NETSTAT_HEADER + [rows].flat().join('\n'));
      const { facts } = explanation;
      assert.ok(facts !== null);
      assert.deepEqual(
        {
          situation: facts.situation,
          closedFirst: facts.closedFirst,
          turn: facts.turn,
          limit: facts.timeOut.kind === 'limit' ? facts.timeOut.limit : 'never',
        },
        { situation, closedFirst, turn, limit },
      );
      assert.match(said(explanation), mentions);
    });
  }

  it('are each tried', () => {
    const tried = new Set(CASES.map(([, , situation]) => situation));
    const elsewhere = ['close-wait.nothing-unread', 'listen.bsd-queues', 'time-wait.windows'];
    assert.deepEqual(
      situations
        .filter(({ id, also }) => also !== true && !tried.has(id) && !elsewhere.includes(id))
        .map(({ id }) => id),
      [],
    );
  });
});

/** Seconds after which a state ends by itself on a system, from and to; null for never. */
type Limits = readonly [number, number] | null;

const SYSTEMS: readonly System[] = ['linux', 'windows', 'macos', 'freebsd', 'solaris', 'openbsd'];

/* What nobody knows of a system is the range of all systems. */
const TIME_OUTS: Readonly<Record<TcpState, readonly Limits[]>> = {
  LISTEN: [null, null, null, null, null, null],
  'SYN-SENT': [
    [127, 131],
    [21, 21],
    [75, 75],
    [75, 75],
    [180, 180],
    [75, 75],
  ],
  'SYN-RECEIVED': [
    [7, 63],
    [7, 75],
    [75, 75],
    [7, 75],
    [7, 75],
    [7, 75],
  ],
  ESTABLISHED: [null, null, null, null, null, null],
  'FIN-WAIT-1': [
    [102, 400],
    [102, 400],
    [102, 400],
    [102, 400],
    [300, 300],
    [102, 400],
  ],
  'FIN-WAIT-2': [
    [60, 60],
    [120, 300],
    [60, 60],
    [60, 600],
    [60, 675],
    [60, 675],
  ],
  'CLOSE-WAIT': [null, null, null, null, null, null],
  CLOSING: [
    [102, 400],
    [102, 400],
    [102, 400],
    [102, 400],
    [300, 300],
    [102, 400],
  ],
  'LAST-ACK': [
    [102, 400],
    [102, 400],
    [102, 400],
    [102, 400],
    [300, 300],
    [102, 400],
  ],
  'TIME-WAIT': [
    [60, 60],
    [120, 240],
    [30, 30],
    [60, 60],
    [60, 240],
    [60, 60],
  ],
  CLOSED: [null, null, null, null, null, null],
  BOUND: [null, null, null, null, null, null],
  IDLE: [null, null, null, null, null, null],
  'DELETE-TCB': [null, null, null, null, null, null],
};

describe('time-outs', () => {
  for (const state of TCP_STATES) {
    it(`of ${state} on every system`, () => {
      const { limit } = stateKnowledge(state);
      assert.deepEqual(
        SYSTEMS.map(system => {
          const timeOut = timeOutOf(limit, system, null);
          return timeOut.kind === 'never' ? null : timeOut.seconds;
        }),
        TIME_OUTS[state],
      );
    });
  }

  it('are not claimed for systems of which nobody knows them', () => {
    const explanation = explainState('LAST-ACK', { ...noContext, system: 'windows' }, localizer);
    assert.match(said(explanation), /after how long on Windows is not known to us/);
  });
});

describe('states by themselves', () => {
  const expected: Readonly<Record<TcpState, readonly [ClosedFirst, Actor]>> = {
    LISTEN: ['nobody', 'nobody'],
    'SYN-SENT': ['nobody', 'peer-kernel'],
    'SYN-RECEIVED': ['nobody', 'peer-kernel'],
    ESTABLISHED: ['nobody', 'either-program'],
    'FIN-WAIT-1': ['local', 'peer-kernel'],
    'FIN-WAIT-2': ['local', 'peer-program'],
    'CLOSE-WAIT': ['remote', 'program'],
    CLOSING: ['both', 'peer-kernel'],
    'LAST-ACK': ['remote', 'peer-kernel'],
    'TIME-WAIT': ['local', 'kernel-timer'],
    CLOSED: ['nobody', 'program'],
    BOUND: ['nobody', 'program'],
    IDLE: ['nobody', 'program'],
    'DELETE-TCB': ['nobody', 'kernel-timer'],
  };
  for (const state of TCP_STATES) {
    it(`${state}: who closed, whose turn`, () => {
      const { facts } = explainState(state, noContext, localizer);
      assert.deepEqual([facts?.closedFirst, facts?.turn], expected[state]);
    });
  }
});

describe('rows of other systems', () => {
  const windows = (tail: string): string =>
    `\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n  TCP    192.0.2.1:49800        192.0.2.7:443          ${tail}`;
  const macos = (state: string, recvQ: number): string =>
    'Active Internet connections (including servers)\n' +
    'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    \n' +
    `tcp4      ${recvQ}      0  192.0.2.1.49800        192.0.2.7.443          ${state}`;

  it('Windows TIME_WAIT has PID 0, which is no program', () => {
    const explanation = stateOf(windows('TIME_WAIT       0'));
    assert.equal(explanation.facts?.situation, 'time-wait.windows');
    assert.match(said(explanation), /PID 0 is not a program/);
    assert.match(said(explanation), /2 to 4 min \(Microsoft documents both/);
  });

  it('Windows CLOSE_WAIT has no queues to judge by', () => {
    const explanation = stateOf(windows('CLOSE_WAIT      812'));
    assert.equal(explanation.facts?.situation, null);
    assert.match(said(explanation), /process 812 has not/);
    assert.match(said(explanation), /It never times out/);
  });

  it('German Windows words mean the same', () => {
    const explanation = stateOf(
      `\nAktive Verbindungen\n\n  Proto  Lokale Adresse         Remoteadresse          Status           PID\n  TCP    192.0.2.1:49800        192.0.2.7:443          SCHLIESSEN_WARTEN 812`,
    );
    assert.match(said(explanation), /^SCHLIESSEN_WARTEN \(CLOSE-WAIT\)/);
  });

  it('macOS does not count the FIN', () => {
    assert.match(said(stateOf(macos('CLOSE_WAIT', 28))), /Recv-Q 28: 28 bytes/);
    const nothing = stateOf(macos('CLOSE_WAIT', 0));
    assert.equal(nothing.facts?.situation, 'close-wait.nothing-unread');
    assert.match(said(nothing), /On this system, that does not show/);
  });

  it('macOS listeners show their queues elsewhere', () => {
    const text = macos('LISTEN', 0).replace('192.0.2.7.443  ', '*.*            ');
    assert.equal(stateOf(text).facts?.situation, 'listen.bsd-queues');
  });

  it('macOS TIME_WAIT lasts 30 s', () => {
    assert.match(said(stateOf(macos('TIME_WAIT', 0))), /30 s \(2 × `?net\.inet\.tcp\.msl/);
  });
});

describe('the accept queue in ss', () => {
  const ss = (recvQ: number, sendQ: number): string =>
    'State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n' +
    `LISTEN ${recvQ}      ${sendQ}      192.0.2.1:8080     0.0.0.0:*         users:(("orders-api",pid=812,fd=3))`;
  it('is full when it holds one more than the backlog', () => {
    assert.match(said(stateOf(ss(3, 2))), /the accept queue is full \(3 at most\)/);
  });
  it('is not full when it holds as many as the backlog', () => {
    assert.match(said(stateOf(ss(2, 2))), /The queue holds 3/);
  });
  it('is empty', () => {
    assert.match(said(stateOf(ss(0, 128))), /The accept queue is empty\. Capacity: 129/);
  });
});

describe('the other end', () => {
  const pair =
    NETSTAT_HEADER +
    row('FIN_WAIT2', { local: '192.0.2.1:40000', remote: '192.0.2.1:8080', owner: '77/client' }) +
    '\n';
  it('is named with its line, and who has to do what', () => {
    const text = said(stateOf(pair + row('CLOSE_WAIT', { remote: '192.0.2.1:40000' })));
    assert.match(text, /The other end is client \(77\), line 3: FIN_WAIT2/);
    assert.match(text, /client \(77\) has closed; orders-api \(812\) has not called close\(\)/);
  });
  it('is linked', () => {
    const { links } = stateOf(pair + row('CLOSE_WAIT', { remote: '192.0.2.1:40000' }));
    const link = links.find(one => one.kind === 'line');
    assert.equal(link?.line, 2);
  });
  it('that was given up is accounted for', () => {
    const text = said(stateOf(NETSTAT_HEADER + row('CLOSE_WAIT', { remote: '192.0.2.1:40000' })));
    assert.match(text, /not in this dump\. Most likely it has expired/);
  });
});
