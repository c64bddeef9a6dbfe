import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis/analyze';
import { readDump } from '../../../src/core/reading/reader';
import { USUAL } from '../../../src/core/report/limits';
import { renderMarkdown } from '../../../src/core/report/markdown';
import { report } from '../../../src/core/report/report';
import { Localizer } from '../../../src/core/wording/text';

const reported = (...lines: readonly string[]): string =>
  renderMarkdown(
    report('a.txt', analyze(readDump(`${lines.join('\n')}\n`)), new Localizer(), USUAL),
  ).replaceAll('`', '');

/** A row of `netstat -i`: OK, ERR, DRP, OVR of what was received. */
const received = (name: string, ...counts: readonly number[]): string =>
  `${name} 1500 ${counts.join(' ')} 500 0 0 0 BMRU`;

const HEAD = 'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg';

describe('reports of interfaces', () => {
  it('show errors and losses with their share of the packets, and that they are sums', () => {
    const text = reported(HEAD, received('eth0', 200_000, 70, 0, 3), received('lo', 9, 0, 0, 0));
    assert.match(text, /\| eth0 \| RX errors \|\s+70 \|\s+0\.04% \|/);
    assert.match(text, /\| eth0 \| RX overruns \|\s+3 \|\s+<0\.01% \|/);
    assert.match(text, /sums since boot/);
    assert.match(text, /ip -s -s link show dev eth0/);
    assert.doesNotMatch(text, /\| lo/);
    assert.doesNotMatch(text, /frames that no protocol took/);
  });

  it('say of drops that many of them are no loss', () => {
    assert.match(
      reported(HEAD, received('eth0', 91_220_331, 0, 188_210, 0)),
      /188,210 \|\s+0\.21%[^]*which are no loss/,
    );
  });

  it('say that a healthy interface counts nothing of the kind', () => {
    const text = reported(HEAD, received('eth0', 9000, 0, 0, 0));
    assert.match(text, /No errors, drops or overruns are counted/);
    assert.doesNotMatch(text, /worth a look/);
  });

  it('make no command of a name that a shell would take apart', () => {
    assert.doesNotMatch(reported(HEAD, received('a;b', 9000, 5, 0, 0)), /ip -s -s/);
  });

  it('say nothing of them beside sockets', () => {
    const sockets = [
      'Proto Recv-Q Send-Q Local Address Foreign Address State',
      'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN',
    ];
    assert.doesNotMatch(
      reported(...sockets, HEAD, received('eth0', 9000, 5, 0, 0)),
      /worth a look/,
    );
  });
});

describe('reports of routes', () => {
  it('name several default routes with their metrics', () => {
    assert.match(
      reported(
        'default via 192.0.2.1 dev eth0 proto dhcp metric 100',
        'default via 198.51.100.1 dev wlan0 proto dhcp metric 600',
        '192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.9 metric 100',
      ),
      /Default routes of IPv4: via 192\.0\.2\.1 dev eth0 metric 100, via 198\.51\.100\.1 dev wlan0 metric 600\. Of several default routes, the one with the lowest metric is used\.\n/,
    );
  });

  const HEADS = [
    'Kernel IP routing table',
    'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
  ];

  it('say where metrics are shown, if this output leaves them out', () => {
    assert.match(
      reported(
        ...HEADS,
        '0.0.0.0         192.0.2.1       0.0.0.0         UG        0 0          0 eth0',
        '0.0.0.0         198.51.100.1    0.0.0.0         UG        0 0          0 eth1',
      ),
      /does not show metrics\. To see them, run ip route\./,
    );
  });

  it('name a single one without more, and routes to other tables or to nowhere not at all', () => {
    const text = reported(
      'default via 192.0.2.1 dev eth0',
      'default via 198.51.100.1 dev eth1 table 7',
      'unreachable default dev lo metric 4278198272 error -101',
    );
    assert.match(text, /Default routes of IPv4: via 192\.0\.2\.1 dev eth0\.\n/);
    assert.doesNotMatch(text, /lowest metric|4278198272|198\.51/);
  });
});
