/*
 * What was once said and is not true. Each test is named by the number that the fault has in a
 * review by experiments (Linux 6.18) and sources.
 */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { noContext, type ExplainContext } from '../../../src/core/explain/context';
import { explainAt } from '../../../src/core/explain/explain';
import type { Explanation } from '../../../src/core/explain/explanation';
import { plainText } from '../../../src/core/explain/explanationText';
import { explainField } from '../../../src/core/explain/field';
import { explainRowState, explainState } from '../../../src/core/explain/state';
import { stateCodes, stateWords } from '../../../src/core/knowledge/codes';
import { questions } from '../../../src/core/knowledge/faq';
import { otherState } from '../../../src/core/knowledge/nonTcpStates';
import { exposureOf } from '../../../src/core/knowledge/sensitivePorts';
import { detailText } from '../../../src/core/knowledge/ssDetails';
import { Field } from '../../../src/core/model/field';
import type { Socket } from '../../../src/core/model/socket';
import { readDump } from '../../../src/core/reading/reader';
import { TCP_STATES, type TcpState } from '../../../src/core/vocabulary/state';
import type { System } from '../../../src/core/vocabulary/system';
import { Shut } from '../../../src/core/vocabulary/timer';
import { projectFolder } from '../../harness/paths';
import { localizer, NETSTAT_HEADER, said, stateOf, tokenOf } from './rows';

/** Everything that is said of a state on a row, without the titles of its sources. */
function whole(explanation: Explanation | null): string {
  return explanation === null
    ? ''
    : plainText(explanation, 'full', localizer).replace(/\n\nSources: .*$/, '');
}

const row = (
  state: string,
  {
    recvQ = 0,
    sendQ = 0,
    user = '1000',
    inode = 4711,
    owner = '812/api',
    timer = 'off (0.00/0/0)',
  } = {},
): string =>
  `tcp ${recvQ} ${sendQ} 192.0.2.1:8080 192.0.2.7:51044 ${state} ${user} ${inode} ${owner} ${timer}`;
const orphan = { user: '0', inode: 0, owner: '-' };
const linux = (...rows: string[]): string => NETSTAT_HEADER + rows.join('\n');
const listener = (recvQ: number): string =>
  `tcp ${recvQ} 0 192.0.2.1:8080 0.0.0.0:* LISTEN 1000 4000 812/api off (0.00/0/0)`;
const ss = (...rows: string[]): string =>
  ['State Recv-Q Send-Q Local Address:Port Peer Address:Port Process', ...rows].join('\n');
const windows = (state: string, local = '192.0.2.1:49800'): string =>
  `\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n  TCP    ${local}        192.0.2.7:443          ${state}       812`;
const macos = (state: string, local = '192.0.2.1.49800', remote = '192.0.2.7.443'): string =>
  'Active Internet connections (including servers)\n' +
  'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    \n' +
  `tcp4       0      0  ${local}        ${remote}          ${state}`;

const answer = (id: string): string =>
  questions
    .filter(question => question.id === id)
    .flatMap(question => question.answer.map(({ text }) => text))
    .join('\n');

/** A text, what it has to say, and what it must not. */
type Truth = readonly [number: string, text: () => string, says: RegExp, never: RegExp];

const NEVER = /\u0000/;

const TRUTHS: readonly Truth[] = [
  [
    'A1: a short window probe may be a slow reader',
    () => said(stateOf(linux(row('ESTABLISHED', { sendQ: 5000, timer: 'probe (0.22/0/0)' })))),
    /is not reading, or not as fast as this end sends/,
    /recv\(\)|program does not|Most likely/,
  ],
  [
    'A1: a long one tells how long the window has been closed',
    () => said(stateOf(linux(row('ESTABLISHED', { sendQ: 5000, timer: 'probe (24.70/0/0)' })))),
    /closed for about 25 s or longer\. Most likely .* is not reading/,
    /recv\(\)/,
  ],
  [
    'A1: the timer itself',
    () =>
      said(tokenOf(linux(row('ESTABLISHED', { sendQ: 5000, timer: 'probe (0.22/0/0)' })), 'probe')),
    /is not reading, or not as fast/,
    /Most likely|program does not/,
  ],
  [
    'A1: FIN_WAIT_1',
    () =>
      said(
        stateOf(linux(row('FIN_WAIT1', { ...orphan, sendQ: 5000, timer: 'probe (12.50/0/0)' }))),
      ),
    /closed for about 13 s or longer/,
    /does not read/,
  ],
  [
    'A1: CLOSE_WAIT',
    () => said(stateOf(linux(row('CLOSE_WAIT', { sendQ: 5000, timer: 'probe (0.20/0/0)' })))),
    /or not as fast as it is sent/,
    /fault is at the peer/,
  ],
  ['A1: questions', () => answer('blame'), /window is closed/, /does not read/],
  [
    'A1, B2: FIN_WAIT_1 by itself',
    () => whole(explainState('FIN-WAIT-1', noContext, localizer)),
    /persist.*window is closed/,
    /does not read/,
  ],
  [
    'A2: a repeated SYN,ACK may mean a full accept queue',
    () => said(stateOf(linux(row('SYN_RECV', { ...orphan, timer: 'on (6.75/3/0)' })))),
    /accept queue may be full/,
    /does not arrive/,
  ],
  [
    'A2: with a queue in netstat',
    () =>
      said(stateOf(linux(listener(65), row('SYN_RECV', { ...orphan, timer: 'on (6.75/3/0)' })))),
    /Waiting for the listening program to call accept\(\)[^]*Most likely the accept queue is full, and the ACK came and was dropped/,
    /may be lost/,
  ],
  [
    'A2: with a full queue in ss',
    () =>
      said(
        stateOf(
          ss(
            'LISTEN 65 64 192.0.2.1:8080 0.0.0.0:* users:(("api",pid=812,fd=3))',
            'SYN-RECV 0 0 192.0.2.1:8080 192.0.2.7:51044 timer:(on,6.7sec,3)',
          ),
        ),
      ),
    /accept queue is full \(65 of 65/,
    /may be lost/,
  ],
  [
    'A2: with a queue that is not full in ss',
    () =>
      said(
        stateOf(
          ss(
            'LISTEN 1 64 192.0.2.1:8080 0.0.0.0:* users:(("api",pid=812,fd=3))',
            'SYN-RECV 0 0 192.0.2.1:8080 192.0.2.7:51044 timer:(on,6.7sec,3)',
          ),
        ),
      ),
    /may be lost/,
    /queue is full/,
  ],
  [
    'A2: a request that was not repeated',
    () =>
      said(stateOf(linux(listener(65), row('SYN_RECV', { ...orphan, timer: 'on (0.75/0/0)' })))),
    /No SYN,ACK retransmission yet/,
    /queue is full/,
  ],
  [
    'A2, C1: by itself',
    () => whole(explainState('SYN-RECEIVED', noContext, localizer)),
    /accept queue is full[^]*tcp_abort_on_overflow/,
    /Retransmissions mean that the ACK is lost":/,
  ],
  [
    'A3, C2: Recv-Q 0 may be a half-close',
    () => said(stateOf(linux(row('CLOSE_WAIT')))),
    /still working on its answer/,
    /forgot close/,
  ],
  [
    'A3: by itself',
    () => whole(explainState('CLOSE-WAIT', noContext, localizer)),
    /only half-closed/,
    /Is this normal\?\n- Milliseconds/,
  ],
  [
    'A4: unread data may be read slowly',
    () => said(stateOf(linux(row('CLOSE_WAIT', { recvQ: 3000001 })))),
    /If the next dump shows less, it is reading slowly/,
    NEVER,
  ],
  [
    'A5, C4, C5: TIME_WAIT ends early',
    () => whole(stateOf(linux(row('TIME_WAIT', { ...orphan, timer: 'timewait (57.00/0/0)' })))),
    /A RST.*earlier[^]*tcp_rfc1337[^]*tcp_tw_reuse[^]*tcp_max_tw_buckets.*TCPTimeWaitOverflow/,
    /timer, always/,
  ],
  [
    'A6: TIME_WAIT was closed longer ago',
    () => said(stateOf(linux(row('TIME_WAIT', { ...orphan, timer: 'timewait (59.89/0/0)' })))),
    /or longer, because the timer starts anew/,
    /later/,
  ],
  [
    'A6: the timer',
    () =>
      said(
        tokenOf(linux(row('TIME_WAIT', { ...orphan, timer: 'timewait (12.00/0/0)' })), 'timewait'),
      ),
    /48 s ago, or longer: the timer starts anew/,
    /later/,
  ],
  [
    'A7: backoff',
    () => detailText('backoff:5')?.text ?? '',
    /window probes.*although the peer answers/,
    /answers are missing/,
  ],
  [
    'A8: no timer of a listening socket',
    () => said(tokenOf(linux(listener(0)), 'off (')),
    /No timer runs for such a socket/,
    /keepalive/,
  ],
  [
    'A8: no timer of UDP',
    () => said(tokenOf(linux('udp 0 0 0.0.0.0:53 0.0.0.0:* 0 1 1/dns off (0.00/0/0)'), 'off (')),
    /No timer runs for such a socket/,
    /keepalive/,
  ],
  [
    'A8: no timer of a connection',
    () => said(tokenOf(linux(row('ESTABLISHED')), 'off (')),
    /keepalive is off/,
    /such a socket/,
  ],
  [
    'A9: user 0 of TIME_WAIT',
    () =>
      said(
        tokenOf(linux(row('TIME_WAIT', { ...orphan, timer: 'timewait (12.00/0/0)' })), '0 0 - '),
      ),
    /No user/,
    /root/,
  ],
  [
    'A9: user 0 of a program',
    () => said(tokenOf(linux(row('ESTABLISHED', { user: '0' })), '0 4711')),
    /The user root/,
    /No user/,
  ],
  [
    'A9: inode 0',
    () =>
      said(
        tokenOf(
          linux(
            row('TIME_WAIT', { user: '7', inode: 0, owner: '-', timer: 'timewait (12.00/0/0)' }),
          ),
          '0 - ',
        ),
      ),
    /No process has this socket open/,
    NEVER,
  ],
  [
    'A10: ---',
    () => detailText('---')?.text ?? '',
    /shutdown\(\)/,
    /the program has closed the socket/,
  ],
  [
    'A11: FIN_WAIT_2 that is held',
    () => said(stateOf(linux(row('FIN_WAIT2')))),
    /unless it also shut that side/,
    NEVER,
  ],
  [
    'A11: with both sides shut',
    () =>
      said(
        stateOf(
          ss(
            'FIN-WAIT-2 0 0 192.0.2.1:8080 192.0.2.7:51044 users:(("api",pid=812,fd=3)) ino:4711 sk:1 ---',
          ),
        ),
      ),
    /answered by a reset/,
    /may still receive/,
  ],
  [
    'A12: keepalive of FIN_WAIT_2 without a process',
    () => said(stateOf(linux(row('FIN_WAIT2', { ...orphan, timer: 'keepalive (59.65/0/0)' })))),
    /first timer expires in 60 s[^]*sends no probe/,
    /expires after 60 s/,
  ],
  [
    'A12: the timer',
    () =>
      said(
        tokenOf(
          linux(row('FIN_WAIT2', { ...orphan, timer: 'keepalive (59.65/0/0)' })),
          'keepalive',
        ),
      ),
    /no probe is sent/,
    /the peer is probed/,
  ],
  [
    'A12: with a process it is keepalive',
    () => said(tokenOf(linux(row('FIN_WAIT2', { timer: 'keepalive (59.65/0/0)' })), 'keepalive')),
    /the peer is probed/,
    /no probe/,
  ],
  [
    'A13: SYN_RECV is dropped sooner',
    () => said(tokenOf(linux(row('SYN_RECV', { ...orphan, timer: 'on (6.75/3/0)' })), 'on (')),
    /63 s at most by default, and sometimes after 7 s/,
    /given up after 63 s/,
  ],
  [
    'A14, C14: SYN_RECV by itself',
    () => whole(explainState('SYN-RECEIVED', noContext, localizer)),
    /on the systems that are known to us[^]*macOS: 75 s/,
    /depending on the system/,
  ],
  [
    'A17: SO_REUSEADDR on Windows',
    () => whole(stateOf(windows('TIME_WAIT'))),
    /SO_EXCLUSIVEADDRUSE/,
    /needs SO_REUSEADDR/,
  ],
  [
    'A20, C7: load balancers',
    () => whole(explainState('ESTABLISHED', noContext, localizer)),
    /AWS Classic closes them[^]*Keepalive probes do not keep a connection open/,
    /by default in silence/,
  ],
  [
    'A21, C8: keepalive of FreeBSD',
    () => said(explainRowState(bare('CLOSE-WAIT'), 'CLOSE-WAIT', on('freebsd'), localizer)),
    /always_keepalive/,
    /never/,
  ],
  [
    'A21: keepalive of OpenBSD',
    () => said(explainRowState(bare('CLOSE-WAIT'), 'CLOSE-WAIT', on('openbsd'), localizer)),
    /It never times out/,
    /keepalive/,
  ],
  [
    'A21: questions',
    () => answer('remove'),
    /FreeBSD: keepalive is on by default/,
    /^No kernel setting/m,
  ],
  [
    'A22: port 80 on macOS',
    () => said(tokenOf(macos('LISTEN', '*.80', '*.*'), '80 ')),
    /10\.14 any program/,
    /CAP_NET/,
  ],
  [
    'A22: port 80 on Linux',
    () =>
      said(tokenOf(linux('tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN 0 1 1/nginx off (0.00/0/0)'), '80 ')),
    /CAP_NET_BIND_SERVICE.*ip_unprivileged_port_start/,
    NEVER,
  ],
  [
    'A22: port 443 of the peer',
    () => said(tokenOf(macos('ESTABLISHED'), '443')),
    /system port/,
    /root|program may/,
  ],
  [
    'A23: link-local',
    () =>
      said(
        tokenOf(
          linux('tcp 0 0 169.254.20.10:53 0.0.0.0:* LISTEN 0 1 1/dns off (0.00/0/0)'),
          '169.254.20.10',
        ),
      ),
    /often.*some services have a fixed one/,
    /means that DHCP gave none/,
  ],
  [
    'A24: connect timeout',
    () => whole(explainState('SYN-SENT', noContext, localizer)),
    /20 s to 3 min/,
    /minutes on most systems/,
  ],
  [
    'A25: port 4444',
    () => exposureOf(4444)?.text.text ?? '',
    /Selenium/,
    /administration interface/,
  ],
  [
    'A28: one keepalive probe',
    () => said(stateOf(linux(row('ESTABLISHED', { timer: 'keepalive (75.00/0/1)' })))),
    /normal until the answer is back/,
    /not answering/,
  ],
  [
    'A28: one keepalive probe, the timer',
    () => said(tokenOf(linux(row('ESTABLISHED', { timer: 'keepalive (75.00/0/1)' })), 'keepalive')),
    /normal until the answer is back/,
    /unanswered/,
  ],
  ['A29: number of BOUND', () => String(stateCodes('BOUND').proc), /null/, /0D/],
  [
    'A29: words that no tool prints',
    () => [...stateWords('BOUND'), ...stateWords('SYN-RECEIVED')].map(({ word }) => word).join(' '),
    /SYN_RECV/,
    /INACTIVE|NEW/,
  ],
  [
    'A31: FIN_WAIT_2',
    () => said(stateOf(linux(row('FIN_WAIT2')))),
    /As a rule the connection is in CLOSE_WAIT there/,
    /has not closed/,
  ],
  [
    'A32: FIN_WAIT_2 on Windows',
    () => said(stateOf(windows('FIN_WAIT_2'))),
    /depends on the system/,
    /never|TcpFinWait2Delay/,
  ],
  [
    'A32: FIN_WAIT_2 on Linux',
    () => said(explainState('FIN-WAIT-2', { ...noContext, system: 'linux' }, localizer)),
    /while a process holds it, never/,
    NEVER,
  ],
  [
    'A33: ports of the peer',
    () => said(tokenOf(linux(row('ESTABLISHED')), '51044')),
    /many systems/,
    /others from 49152/,
  ],
  [
    'A36: SCTP',
    () => String(otherState('sctp', 'CLOSE_WAIT')?.sources),
    /linux-sctp-constants-h/,
    NEVER,
  ],
  [
    'A37: CONNECTING',
    () => otherState('unix', 'CONNECTING')?.text ?? '',
    /server's end/,
    /A client that waits/,
  ],
  [
    'B1: 0.0.0.0',
    () => said(stateOf(linux('tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN 0 1 1/nginx off (0.00/0/0)'))),
    /all IPv4 addresses/,
    NEVER,
  ],
  [
    'B1: tcp4 of macOS',
    () => said(stateOf(macos('LISTEN', '*.80', '*.*'))),
    /all IPv4 addresses/,
    NEVER,
  ],
  [
    'B1: [::] of ss',
    () => said(stateOf(ss('LISTEN 0 128 [::]:80 [::]:* users:(("nginx",pid=1,fd=3))'))),
    /all IPv6 addresses/,
    /IPv4/,
  ],
  [
    'B1: :: of netstat',
    () => said(stateOf(linux('tcp6 0 0 :::80 :::* LISTEN 0 1 1/nginx off (0.00/0/0)'))),
    /including IPv4 unless IPV6_V6ONLY/,
    NEVER,
  ],
  [
    'B2: persist of ss',
    () =>
      said(
        stateOf(
          ss(
            'ESTAB 0 5000 192.0.2.1:8080 192.0.2.7:51044 users:(("api",pid=812,fd=3)) timer:(persist,4.428ms,0)',
          ),
        ),
      ),
    /timer persist/,
    /probe`/,
  ],
  [
    'B3: TIME_WAIT',
    () => said(stateOf(linux(row('TIME_WAIT', { ...orphan, timer: 'timewait (12.00/0/0)' })))),
    /or both did at once/,
    /acknowledged/,
  ],
  [
    'B4: FIN_WAIT_2 of clients',
    () => whole(explainState('FIN-WAIT-2', noContext, localizer)),
    /most likely the clients have not closed/,
    NEVER,
  ],
  [
    'B5: close() with unread data',
    () => answer('data-after-close'),
    /Linux: close\(\) while data is still unread/,
    NEVER,
  ],
  [
    'B6, C6: tcp_tw_reuse',
    () => `${whole(explainState('TIME-WAIT', noContext, localizer))}${answer('time-wait-zero')}`,
    /both ends use TCP timestamps[^]*needs TCP timestamps/,
    NEVER,
  ],
  [
    'B7: keepalive in Java',
    () => whole(explainState('ESTABLISHED', noContext, localizer)),
    /Java: .* after 2 h\. Also set ExtendedSocketOptions/,
    NEVER,
  ],
  [
    'B9: nothing is noticed until something is sent',
    () => whole(stateOf(linux(row('ESTABLISHED')))),
    /notices only when it sends/,
    /ever notice|will notice/,
  ],
  [
    'B10: TCP_KEEPALIVE of macOS',
    () => whole(stateOf(macos('ESTABLISHED'))),
    /TCP_KEEPALIVE/,
    /TCP_USER_TIMEOUT|`TCP_KEEPIDLE/,
  ],
  [
    'B13: least times are of default timers',
    () => said(stateOf(linux(row('ESTABLISHED', { sendQ: 500, timer: 'on (6.40/5/0)' })))),
    /with default timers/,
    NEVER,
  ],
  [
    'B14: timeouts of Node.js',
    () => whole(explainState('SYN-SENT', noContext, localizer)),
    /fetch\(\) gives up after 10 s; autoSelectFamily/,
    NEVER,
  ],
  [
    'C9: removing a connection on FreeBSD',
    () => whole(explainRowState(bare('CLOSE-WAIT'), 'CLOSE-WAIT', on('freebsd'), localizer)),
    /tcpdrop/,
    /ss -K/,
  ],
  [
    'C9: removing a connection on Windows',
    () => whole(stateOf(windows('CLOSE_WAIT'))),
    /TCPView/,
    /ss -K|tcpdrop/,
  ],
  [
    'C10: bind() before connect()',
    () => whole(explainState('TIME-WAIT', noContext, localizer)),
    /IP_BIND_ADDRESS_NO_PORT/,
    NEVER,
  ],
  ['C11: loopback before 4.19', () => answer('harmless'), /before 4\.19/, NEVER],
  [
    'C12: TCP_LINGER2',
    () => said(explainState('FIN-WAIT-2', { ...noContext, system: 'linux' }, localizer)),
    /TCP_LINGER2/,
    NEVER,
  ],
  [
    'C12: TCP_USER_TIMEOUT',
    () => said(stateOf(linux(row('ESTABLISHED', { sendQ: 500, timer: 'on (6.40/5/0)' })))),
    /TCP_USER_TIMEOUT/,
    NEVER,
  ],
  [
    'C13: self-connection',
    () =>
      said(
        stateOf(
          linux(
            'tcp 0 0 192.0.2.1:40000 192.0.2.1:40000 ESTABLISHED 1000 4711 812/api off (0.00/0/0)',
          ),
        ),
      ),
    /on which no program listens/,
    NEVER,
  ],
  [
    'FIN_WAIT_1 says since when it is repeated',
    () => said(stateOf(linux(row('FIN_WAIT1', { ...orphan, sendQ: 1, timer: 'on (0.80/2/0)' })))),
    /Retransmissions so far: 2\. No ACK for at least 0\.6 s/,
    NEVER,
  ],
  [
    'LAST_ACK says that it is new',
    () => said(stateOf(linux(row('LAST_ACK', { ...orphan, sendQ: 1, timer: 'on (0.20/0/0)' })))),
    /No retransmission yet/,
    NEVER,
  ],
  [
    'CLOSING with data says what is repeated',
    () =>
      said(
        stateOf(linux(row('CLOSING', { ...orphan, recvQ: 1, sendQ: 50, timer: 'on (25.00/6/0)' }))),
      ),
    /The data before our FIN was repeated, 6 times/,
    NEVER,
  ],
];

describe('what was once said and is not true', () => {
  for (const [number, text, says, never] of TRUTHS) {
    it(number, () => {
      const given = text();
      assert.match(given, says);
      assert.doesNotMatch(given, never);
    });
  }

  it('A35: macOS values behind a process whose name has blanks', () => {
    const folder = path.join(projectFolder, 'test/core/explain/snapshots');
    const text = readFileSync(path.join(folder, 'macos-netstat.netstat'), 'utf8');
    const header = text.split('\n')[1] ?? '';
    const names = header.slice(header.indexOf('process:pid')).trim().split(/\s+/).slice(1);
    for (const line of [2, 3, 4]) {
      const printed = text.split('\n')[line] ?? '';
      const end = /:\d+ +\S+ 0000/.exec(printed)?.index ?? 0;
      const values = [...printed.slice(end).matchAll(/ (\S+)/g)];
      assert.equal(values.length, names.length);
      for (const [i, value] of values.entries()) {
        const at = end + value.index + 1;
        const found = explainAt(
          readDump(text),
          line,
          at,
          n => text.split('\n')[n] ?? '',
          localizer,
        );
        assert.match(said(found?.explanation ?? null), new RegExp(`\\n${names[i] ?? ''}: `));
      }
    }
  });

  it('a listener of netstat -L shows its queue', () => {
    const text =
      'Current listen queue sizes (qlen/incqlen/maxqlen)\n' +
      'Proto Listen                           Local Address         \n' +
      'tcp4  3/0/128                          *.8080';
    const explanation = stateOf(text);
    assert.doesNotMatch(said(explanation), /netstat -L|always 0/);
  });
});

const captures = path.resolve(projectFolder, '../shared/dumps/own/truth');
const describeCaptures = existsSync(captures) ? describe : describe.skip;
if (!existsSync(captures)) {
  console.warn('skipped, no captures beside the project: what is said of real captures');
}

describeCaptures('what is said of real captures', () => {
  const all = (file: string, state: TcpState): string[] => {
    const text = readFileSync(path.join(captures, file), 'utf8');
    const lines = text.split('\n');
    const dump = readDump(text);
    const found: string[] = [];
    for (let i = 0; i < dump.table.length; i++) {
      const socket = dump.table.socket(i);
      const line = lines[socket.line] ?? '';
      if (socket.state === state && socket.rawState !== null) {
        const at = line.indexOf(socket.rawState);
        found.push(
          said(
            explainAt(dump, socket.line, at, n => lines[n] ?? '', localizer)?.explanation ?? null,
          ),
        );
      }
    }
    assert.ok(found.length > 0, file);
    return found;
  };

  it('A1: a slow reader is never called one that does not read', () => {
    for (const text of all('slow-reader.netstat.txt', 'ESTABLISHED')) {
      assert.doesNotMatch(text, /Most likely .* is not reading|recv\(\)/);
    }
  });
  it('A1, B2: a closed window, in the words of each tool', () => {
    assert.match(
      all('closed-window.netstat.txt', 'ESTABLISHED').join('\n'),
      /timer probe: .* 4\.4 s or longer/,
    );
    assert.match(
      all('closed-window.ss.txt', 'ESTABLISHED').join('\n'),
      /timer persist: .* 4\.4 s or longer/,
    );
  });
  it('A2: a full accept queue', () => {
    const repeated = all('full-accept-queue.netstat.txt', 'SYN-RECEIVED').filter(text =>
      text.includes('SYN,ACK retransmissions'),
    );
    assert.ok(repeated.length >= 20, String(repeated.length));
    for (const text of repeated) {
      assert.match(text, /Most likely the accept queue is full/);
    }
  });
  it('A3: a half-close', () => {
    for (const text of all('half-close-three-snapshots.netstat.txt', 'CLOSE-WAIT')) {
      assert.match(text, /still working on its answer/);
    }
  });
  it('A6: a restarted TIME_WAIT', () => {
    assert.match(all('time-wait-restarted.netstat.txt', 'TIME-WAIT').join('\n'), /or longer/);
  });
  it('A12: FIN_WAIT_2 with tcp_fin_timeout 120', () => {
    for (const text of all('fin-timeout-120.netstat.txt', 'FIN-WAIT-2')) {
      assert.doesNotMatch(text, /expires after 60 s|is probed/);
    }
  });
});

/** A row with nothing but a state. */
function bare(state: TcpState): Socket {
  const end = { port: 8080, service: null, scope: null };
  return {
    index: 0,
    line: 0,
    protocol: 'tcp',
    protocolWord: 'tcp',
    family: null,
    state,
    rawState: state,
    local: { ...end, address: '192.0.2.1' },
    remote: state === 'LISTEN' ? null : { ...end, address: '192.0.2.7', port: 51044 },
    recvQ: 0,
    sendQ: 0,
    owners: [{ pid: 812, process: 'api', fd: null }],
    components: [],
    ownerUnknown: false,
    timer: null,
    inode: null,
    handle: null,
    user: '0',
    shut: Shut.NotPrinted,
    created: null,
    flow: null,
  };
}

function on(system: System | null): ExplainContext {
  return { ...noContext, system };
}

/** Words that belong to systems, with those that may say them. */
const WORDS: readonly (readonly [RegExp, readonly (System | null)[]])[] = [
  [
    /\b(?:ss|nstat)\b|\/proc\b|\btcp_[a-z]|net\.(?:core|ipv4)\b|\bsomaxconn\b|CONFIG_|CAP_NET|\bLinux\b|syncookies|IP_BIND_ADDRESS|TCP_(?:USER_TIMEOUT|DEFER_ACCEPT|LINGER2|CORK)/,
    ['linux', 'android'],
  ],
  [
    /\bWindows\b|Get-NetTCPConnection|\bnetsh\b|TCPView|Tcp(?:TimedWait|FinWait2)Delay|KeepAliveTime|SIO_|SO_EXCLUSIVEADDRUSE|dynamicport|tasklist|\.NET and PowerShell/,
    ['windows'],
  ],
  [
    /SO_REUSEADDR\b(?!.*two programs)|\bulimit\b|FD_CLOEXEC|SHUT_WR|\bfd\b/,
    ['linux', 'android', 'macos', 'freebsd', 'openbsd', 'netbsd', 'solaris', 'aix', 'hpux'],
  ],
  [/net\.inet\b/, ['macos', 'freebsd', 'openbsd', 'netbsd']],
  [/\bmacOS\b|\bTCP_KEEPALIVE\b/, ['macos']],
  [/\bFreeBSD\b|always_keepalive/, ['freebsd']],
  [/(?<!ExtendedSocketOptions\.)TCP_KEEPIDLE/, ['linux', 'android', 'freebsd']],
  [/tcpdrop/, ['freebsd', 'openbsd']],
  [/netstat -L/, ['macos', 'freebsd']],
  [/\bBSD\b/, ['macos', 'freebsd', 'openbsd', 'netbsd']],
  [/sockstat|fstat/, ['freebsd', 'openbsd', 'netbsd']],
  [
    /\b(?:OpenBSD|NetBSD|Solaris|illumos|AIX|HP-UX)\b|pfiles/,
    ['solaris', 'openbsd', 'netbsd', 'aix', 'hpux'],
  ],
];

const SYSTEMS: readonly (System | null)[] = [
  'linux',
  'windows',
  'macos',
  'freebsd',
  'openbsd',
  'netbsd',
  'solaris',
  'aix',
  'hpux',
  'android',
  'cisco',
  'esxi',
  'junos',
  null,
];

const FIELDS = [
  [Field.RecvQ, '0'],
  [Field.SendQ, '0'],
  [Field.LocalPort, '80'],
  [Field.RemotePort, '51044'],
  [Field.LocalAddress, '192.0.2.1'],
  [Field.RemoteAddress, '192.0.2.7'],
  [Field.Pid, '812'],
  [Field.User, '0'],
  [Field.Inode, '4711'],
] as const;

describe('no row is told of another system', () => {
  for (const system of SYSTEMS) {
    it(`on ${system ?? 'an unknown system'}`, () => {
      for (const state of TCP_STATES) {
        for (const owners of [bare(state).owners, []]) {
          const socket = { ...bare(state), owners };
          // Of an unknown system all clocks are told, by the names of their systems.
          const given = [
            whole(explainRowState(socket, state, on(system), localizer)).replace(
              system === null ? /Timeouts by system:[^]*?\n\n/ : '',
              '',
            ),
          ];
          for (const [field, token] of FIELDS) {
            given.push(
              whole(explainField({ field, token, socket, context: on(system) }, localizer)),
            );
          }
          for (const [word, systems] of WORDS) {
            if (!systems.includes(system)) {
              assert.doesNotMatch(given.join('\n'), word, `${state} on ${String(system)}`);
            }
          }
        }
      }
    });
  }

  it('though by itself a state is explained for all, by their names', () => {
    const text = whole(explainState('CLOSE-WAIT', noContext, localizer));
    assert.match(text, /- Linux: As a last resort[^]*- FreeBSD, OpenBSD: As[^]*- Windows: As/);
  });
});

const owned = (users: string, state = 'ESTAB', recvQ = 0): string =>
  ss(`${state} ${recvQ} 0 192.0.2.1:45678 198.51.100.7:50051 users:(${users})`);

describe('processes that hold a socket', () => {
  const twice = '("api",pid=11,fd=6),("api",pid=11,fd=7)';
  const shared = `${twice},("child",pid=12,fd=8)`;

  it('are counted once, however many descriptors they have', () => {
    const one = owned(twice);
    assert.match(said(tokenOf(one, '11')), /api \(11\) holds this socket/);
    assert.doesNotMatch(whole(stateOf(owned(twice, 'CLOSE-WAIT', 1))), /processes hold it/);
    assert.match(
      said(tokenOf(owned(shared), '11')),
      /2 processes hold this socket: api \(11\), child \(12\)/,
    );
    assert.match(
      whole(stateOf(owned(shared, 'CLOSE-WAIT', 1))),
      /2 processes hold this socket \(api 11, child 12\)/,
    );
  });

  it('are not taken for the first one by a descriptor', () => {
    const text = owned(shared);
    assert.doesNotMatch(said(tokenOf(text, '8)')), /api/);
    assert.match(said(tokenOf(text, '8)')), /the process next to it/);
    assert.match(said(tokenOf(owned('("api",pid=11,fd=6)'), '6)')), /api \(11\) knows the socket/);
  });

  it('need not be gone where Windows prints PID 0', () => {
    const text = `\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n  TCP    192.0.2.1:49800        192.0.2.7:443          TIME_WAIT       0`;
    const column = text.lastIndexOf('0') - text.lastIndexOf('\n') - 1;
    const lines = text.split('\n');
    const found = explainAt(
      readDump(text),
      lines.length - 1,
      column,
      n => lines[n] ?? '',
      localizer,
    );
    assert.match(said(found?.explanation ?? null), /No process holds this connection any longer/);
  });
});

describe('how long our FIN is repeated', () => {
  const fin = (owner: string, inode = '4711'): string =>
    said(
      tokenOf(
        linux(
          `tcp 0 1 192.0.2.1:8080 192.0.2.7:51044 FIN_WAIT1 1000 ${inode} ${owner} on (20.00/6/0)`,
        ),
        'on (',
      ),
    );

  it('depends on whether a process holds the socket', () => {
    assert.match(fin('812/api'), /about 15 min of silence/);
    assert.doesNotMatch(fin('812/api'), /102 s/);
    assert.match(fin('-', '0'), /102 s \(no process holds the socket\)/);
  });

  it('is not known where the dump does not show owners', () => {
    const bare = ss('FIN-WAIT-1 0 1 192.0.2.1:8080 192.0.2.7:51044 timer:(on,20sec,6)');
    assert.match(said(tokenOf(bare, 'timer')), /102 s of silence if no process holds/);
  });
});

describe('which end is the server', () => {
  const timeWait = ss('TIME-WAIT 0 0 192.0.2.1:443 192.0.2.7:51044');

  it('is certain only where the listening socket is in the dump', () => {
    assert.match(whole(stateOf(timeWait)), /most likely the server: then the row uses up no/);
    assert.doesNotMatch(whole(stateOf(timeWait)), /listens\)/);
    const listening = ss(
      'LISTEN 0 511 0.0.0.0:443 0.0.0.0:*',
      'TIME-WAIT 0 0 192.0.2.1:443 192.0.2.7:51044',
    );
    assert.match(whole(stateOf(listening)), /the server \(192\.0\.2\.1:443 is listening\)/);
    const client = ss('TIME-WAIT 0 0 192.0.2.1:51044 192.0.2.7:443');
    assert.match(whole(stateOf(client)), /most likely the client: until TIME_WAIT ends/);
  });

  it('is not told by a remote port alone', () => {
    const text = said(tokenOf(owned('("api",pid=11,fd=6)'), '50051'));
    assert.match(text, /gRPC/);
    assert.doesNotMatch(text, /client's end/);
  });
});

describe('addresses of a listening socket', () => {
  const mac = (word: string): string =>
    macos('LISTEN', '*.5000', '*.*').replace('tcp4 ', word.padEnd(5));

  it('are of both families for tcp46, of one for tcp6', () => {
    assert.match(said(stateOf(mac('tcp46'))), /all addresses of this host, IPv4 and IPv6/);
    assert.match(said(stateOf(mac('tcp6'))), /all IPv6 addresses of this host\./);
    assert.match(said(stateOf(mac('tcp4'))), /all IPv4 addresses of this host\./);
  });

  it('may be of both for IPv6 in lsof, which says no more', () => {
    const lsof = (type: string): string =>
      'COMMAND     PID     USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\n' +
      `java        744     root    3u  ${type}  18820      0t0  TCP *:8080 (LISTEN)`;
    assert.match(said(stateOf(lsof('IPv6'))), /unless IPV6_V6ONLY is set\./);
    assert.match(said(stateOf(lsof('IPv4'))), /all IPv4 addresses of this host\./);
  });

  it('are told alike where the address is pointed at', () => {
    const netstat = (address: string): string =>
      linux(`tcp6 0 0 ${address}:8080 :::* LISTEN 1000 4000 812/api off (0.00/0/0)`);
    assert.match(said(tokenOf(netstat('::'), '::')), /every IPv4 address unless IPV6_V6ONLY/);
    assert.match(said(tokenOf(mac('tcp46'), '*')), /IPv4 and IPv6, as far/);
    assert.match(said(tokenOf(mac('tcp4'), '*')), /of that family/);
  });
});

describe('words of ss', () => {
  const netid = (word: string): string =>
    'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n' +
    `${word} ESTAB 0 0 [2001:db8::1]:45678 [2001:db8::2]:443`;

  it('are not those of busybox', () => {
    assert.doesNotMatch(said(tokenOf(netid('tcp'), 'tcp')), /busybox/);
    assert.match(said(tokenOf(netid('tcp'), 'tcp')), /Over IPv6/);
  });

  it('say no more than they can', () => {
    const text = (token: string): string => detailText(token)?.text ?? '';
    assert.match(text('-->'), /or the program here called shutdown\(\)/);
    assert.doesNotMatch(text('<->'), /open/);
    assert.match(text('lastsnd:17637572'), /in SYN_SENT from the start of the machine/);
    assert.match(text('rwnd_limited:9ms(99%)'), /too small for the path/);
    assert.match(text('snd_wnd:5'), /leaves it out while it is 0/);
    assert.match(text('bytes_received:11'), /a FIN counts as one/);
  });
});

describe('an empty Send-Q', () => {
  it('says nothing of a SYN or FIN, which only Linux counts', () => {
    for (const state of ['SYN_SENT', 'FIN_WAIT_1', 'LAST_ACK']) {
      const header = macos(state);
      const lines = header.split('\n');
      const line = lines[2] ?? '';
      const found = explainAt(
        readDump(header),
        2,
        line.indexOf('0', line.indexOf('0') + 1),
        n => lines[n] ?? '',
        localizer,
      );
      const text = said(found?.explanation ?? null);
      assert.match(text, /^Send-Q 0\nNo data is waiting/);
      assert.doesNotMatch(text, /Everything/);
    }
  });
});

describe('silence of load balancers', () => {
  it('is told of Azure only, whose documents say so', () => {
    const text = whole(explainState('ESTABLISHED', noContext, localizer));
    assert.match(text, /NLB ends them after 350 s, and Azure drops them in silence/);
    assert.doesNotMatch(text, /NLB[^,.]*silence/);
  });
});

describe('ports with a name', () => {
  it('are no proof of what runs there', () => {
    for (const port of [2375, 6379, 8500, 3389]) {
      assert.match(exposureOf(port)?.text.text ?? '', /^(?:The|A) port of /);
    }
  });
});
