import assert from 'node:assert/strict';
import { assertNeverSaid, expectFinding, expectHealthy, expectSilence, loop } from '../../scene';

/** What an interface counts, as `netstat -i` shows it: OK, ERR, DRP, OVR. */
type Counts = readonly [ok: number, errors: number, dropped: number, overruns: number];

const table = (received: Counts, sent: Counts = [500, 0, 0, 0], name = 'eth0'): string =>
  [
    'Kernel Interface table',
    'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg',
    `${name}      1500 ${received.join(' ')} ${sent.join(' ')} BMRU`,
    '',
  ].join('\n');

/** The same with what only `ip -s link` tells apart. */
const link = (dropped: number, missed: number, carrier = 0): string =>
  [
    '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP mode DEFAULT',
    '    link/ether 00:00:5e:00:53:01 brd ff:ff:ff:ff:ff:ff',
    '    RX:  bytes packets errors dropped  missed   mcast',
    `          9000     ${dropped + 1000}      0       ${dropped}       ${missed}       0`,
    '    TX:  bytes packets errors dropped carrier collsns',
    `          9000     1000      ${carrier}       0       ${carrier}       0`,
    '',
  ].join('\n');

const IDLE = table([1000, 3, 4, 5]);

describe('IF-1 interface-overrun', () => {
  it('speaks where overruns grew', () => {
    const found = expectFinding(loop(IDLE, table([9000, 3, 4, 25])), 'IF-1', {
      severity: 'warning',
      confidence: 'high',
      title: 'This host is too slow for eth0; frames lost before they were read: 20',
    });
    assert.deepEqual(
      found.evidence.map(({ line }) => line),
      [8],
    );
  });

  it('speaks where frames were missed', () => {
    expectFinding(loop(link(0, 0), link(0, 7)), 'IF-1', { title: /: 7$/ });
  });

  it('says nothing of what happened before, once, or to another interface', () => {
    expectSilence(table([9000, 3, 4, 25]), 'IF-1');
    expectHealthy(loop(IDLE, table([9000, 3, 4, 5])));
    expectSilence(loop(IDLE, table([9000, 0, 0, 25], [9000, 0, 0, 0], 'eth1')), 'IF-1');
  });

  it('says nothing where an interface was made anew, or the host started again', () => {
    expectHealthy(loop(IDLE, table([10, 0, 0, 25])));
  });
});

describe('IF-2 interface-errors', () => {
  it('speaks where errors grew', () => {
    expectFinding(loop(IDLE, table([9000, 50, 4, 5])), 'IF-2', {
      severity: 'warning',
      confidence: 'medium',
      title: 'eth0 most likely has a bad cable, port or duplex setting; frames with errors: 47',
    });
  });

  it('speaks where the link was lost', () => {
    const found = expectFinding(loop(link(0, 0), link(0, 0, 9)), 'IF-2', { title: /: 9$/ });
    assert.ok(found.why.some(({ id }) => id.startsWith('The link was lost')));
  });

  it('blames no cable where the link itself went away', () => {
    const gone = link(0, 0, 9).replace('<BROADCAST,MULTICAST,UP,LOWER_UP>', '<NO-CARRIER,UP>');
    const found = expectFinding(loop(link(0, 0), gone), 'IF-2', {
      confidence: 'high',
      title: 'eth0 has lost its link; frames that could not be sent or had errors: 9',
    });
    assert.ok(found.remedy.some(({ id }) => id.startsWith('Look for what is at the other end')));
    expectFinding(loop(gone, gone.replaceAll(' 9 ', ' 18 ')), 'IF-2', { confidence: 'medium' });
    // It was switched off before: that it had a link is not known.
    const off = link(0, 0).replace('<BROADCAST,MULTICAST,UP,LOWER_UP>', '<BROADCAST,MULTICAST>');
    expectFinding(loop(off, gone), 'IF-2', { confidence: 'medium' });
  });

  it('says nothing of one among very many, or of errors that are overruns', () => {
    expectHealthy(loop(IDLE, table([90_000, 4, 4, 5])));
    expectSilence(loop(IDLE, table([9000, 23, 4, 25])), 'IF-2');
    expectHealthy(loop(table([9000, 50, 4, 5]), table([9900, 50, 4, 5])));
  });
});

describe('IF-3 interface-drops', () => {
  it('is information, and names no cause where netstat adds up two', () => {
    const found = expectFinding(loop(IDLE, table([9000, 3, 15, 5])), 'IF-3', {
      severity: 'info',
      confidence: 'high',
      title: 'eth0 dropped frames: 11',
    });
    assertNeverSaid(loop(IDLE, table([9000, 3, 15, 5])), /most likely|that TCP sent/);
    assert.ok(
      found.alternatives.some(({ id }) => id.startsWith('netstat and /proc/net/dev include')),
    );
    expectHealthy(loop(IDLE, table([9000, 3, 15, 5])));
  });

  it('calls no large part of all frames harmless', () => {
    const found = expectFinding(loop(IDLE, table([101_000, 3, 50_004, 5])), 'IF-3', {
      severity: 'info',
      confidence: 'high',
      title: 'eth0 dropped 50,000 of 100,000 received frames',
    });
    assert.ok(!found.why.some(({ id }) => id.startsWith('Frames of such protocols are no loss')));
    assert.ok(found.confirm.some(({ command }) => command?.includes('softnet_stat')));
    for (const [ok, dropped] of [
      // On a quiet network, spanning tree may be all there is.
      [1900, 900],
      [101_000, 1500],
    ] as const) {
      expectFinding(loop(IDLE, table([ok, 3, dropped, 5])), 'IF-3', {
        title: `eth0 dropped frames: ${(dropped - 4).toLocaleString('en')}`,
      });
    }
    // A small part of very many, and far more often than any such protocol sends.
    for (const [dropped, isMuch] of [
      [3000, true],
      [2999, false],
    ] as const) {
      const busy = link(dropped, 0).replace(` ${dropped + 1000} `, ' 9000000 ');
      expectFinding(loop(link(0, 0), busy), 'IF-3', {
        confidence: isMuch ? 'high' : 'medium',
        title: isMuch ? /^eth0 dropped 3,000 of 8,999,000/ : /most likely .*: 2,999$/,
      });
    }
  });

  it('most likely is no loss where ip tells apart what was missed', () => {
    const found = expectFinding(loop(link(0, 0), link(11, 0)), 'IF-3', {
      severity: 'info',
      confidence: 'medium',
      title: 'eth0 dropped frames, most likely of protocols that this host does not use: 11',
    });
    assert.deepEqual(found.alternatives, []);
  });

  it('says nothing beside overruns, of one moment, or of other systems', () => {
    expectSilence(loop(IDLE, table([9000, 3, 15, 6])), 'IF-3');
    expectSilence(loop(link(0, 0), link(11, 1)), 'IF-3');
    expectSilence(table([9000, 3, 15, 5]), 'IF-3');
    const bsd = (dropped: number): string =>
      [
        'Name    Mtu Network       Address              Ipkts Ierrs Idrop    Opkts Oerrs  Coll',
        `em0    1500 <Link#1>      08:00:27:aa:bb:cc     2133     5 ${dropped} 1200     0     0`,
        '',
      ].join('\n');
    expectSilence(loop(bsd(0), bsd(11)), 'IF-3');
  });
});
