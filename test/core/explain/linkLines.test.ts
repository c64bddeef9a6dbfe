import assert from 'node:assert/strict';
import { explainAt } from '../../../src/core/explain/explain';
import { readDump } from '../../../src/core/reading/reader';
import { Localizer, plain } from '../../../src/core/wording/text';

/** What is said of the first place of a word in a line of a text; empty where nothing is. */
function said(lines: readonly string[], number: number, word: string, last = false): string {
  const dump = readDump(lines.join('\n'));
  const at = last ? lines[number]!.lastIndexOf(word) : lines[number]!.indexOf(word);
  assert.ok(at >= 0, word);
  const found = explainAt(dump, number, at, line => lines[line]!, new Localizer());
  return found === null
    ? ''
    : [found.explanation.title, ...found.explanation.lead].map(plain).join(' ');
}

const TABLE = [
  'Kernel Interface table',
  'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg',
  'eth0      1500        9      1 77 0             8      0      0      0 BMRU',
];
const LINK = [
  '2: eth0: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP mode DEFAULT',
  '    RX:  bytes packets errors dropped  missed   mcast',
  '          9000    1000      0       7      31       0',
  '    RX errors:  length    crc   frame    fifo overrun',
  '                     0     44       0       0       0',
];
const ROUTES = [
  'Kernel IP routing table',
  'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
  '0.0.0.0         192.0.2.1       0.0.0.0         UG        0 0          0 eth0',
  '203.0.113.0     -               255.255.255.0   !         - -          - -',
];

describe('hovers of interfaces and routes', () => {
  it('explain heads, and numbers by the heads above', () => {
    assert.match(said(TABLE, 1, 'RX-DRP'), /^RX-DRP .*without any trouble/);
    assert.match(said(TABLE, 2, '77'), /^RX-DRP 77 Frames that arrived whole/);
    assert.match(said(LINK, 2, '31'), /^missed 31 /);
    assert.match(said(LINK, 4, '44'), /^crc 44 /);
    assert.match(said(ROUTES, 2, '192.0.2.1'), /^Gateway 192\.0\.2\.1 The router/);
    assert.match(said(ROUTES, 1, 'irtt'), /milliseconds/);
  });

  it('explain each letter and word of flags', () => {
    const letters = said(TABLE, 2, 'BMRU');
    for (const part of [
      'all hosts of its network',
      'groups of hosts',
      'there is a link',
      'switched on',
    ]) {
      assert.ok(letters.includes(part), part);
    }
    assert.match(said(LINK, 0, 'LOWER_UP'), /^LOWER_UP The driver sees a link/);
    assert.match(said(ROUTES, 2, 'UG'), /^UG U: it is in use\. G: by way of a router\./);
    assert.match(said(ROUTES, 3, '!'), /refused/);
    const bsd = [
      'Internet:',
      'Destination        Gateway            Flags        Refs      Use   Netif Expire',
      'default            192.0.2.1          UGSc           20       16     en0',
    ];
    assert.match(said(bsd, 2, 'UGSc'), /S: set by hand or by a program\. c: the protocol/);
    assert.match(said(bsd, 2, 'en0'), /^Netif en0/);
  });

  it('explain the words of ip route', () => {
    const lines = [
      '192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10 ',
      'blackhole 203.0.113.0/24 ',
    ];
    assert.match(said(lines, 0, 'proto'), /Who set the route/);
    assert.match(said(lines, 0, 'kernel'), /The kernel set it/);
    assert.match(said(lines, 0, 'link'), /on the link itself/);
    assert.match(said(lines, 1, 'blackhole'), /thrown away/);
    assert.equal(said(lines, 0, '192.0.2.10'), '');
  });

  it('count the numbers of the BSDs from the right', () => {
    const lines = [
      'Name       Mtu   Network       Address            Ipkts Ierrs     Ibytes    Opkts Oerrs     Obytes  Coll',
      'lo0        16384 <Link#1>                         62443     5    9911346    62444     0    9911346     3',
    ];
    assert.match(said(lines, 1, '62443'), /^Ipkts 62,?443/);
    assert.match(said(lines, 1, '3', true), /^Coll 3/);
    assert.match(said(lines, 1, '16384'), /^Mtu 16384/);
  });
});
