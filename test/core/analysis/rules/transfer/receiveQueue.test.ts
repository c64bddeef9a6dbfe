import assert from 'node:assert/strict';

import {
  everythingSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  ss,
  truth,
} from '../../scene';

const waiting = (recvQ: number, owner = '3/app'): string =>
  netstat(
    row('LISTEN', '0.0.0.0:9001', '0.0.0.0:*', { recvQ: owner === '-' ? 1 : 0, owner: '3/app' }),
    row('ESTABLISHED', '192.0.2.1:9001', '198.51.100.7:50000', { recvQ, owner }),
  );

describe('RQ-1', () => {
  it('takes much at one moment on one connection for a download', () => {
    expectFinding(waiting(412_203), 'RQ-1', {
      severity: 'info',
      confidence: 'low',
      pid: 3,
      title: /^app \(3\) has 412,203 bytes to read/,
    });
    expectSilence(waiting(0), 'RQ-1');
  });

  const several = (count: number, recvQ: number): string =>
    netstat(
      row('LISTEN', '0.0.0.0:9001', '0.0.0.0:*', { owner: '3/app' }),
      ...many(count, i =>
        row('ESTABLISHED', '192.0.2.1:9001', `198.51.100.7:${50_000 + i}`, {
          recvQ,
          owner: '3/app',
        }),
      ),
    );

  it('warns, hedged, of a heap on several at once, and not of busy uploads', () => {
    expectFinding(several(3, 1_048_576), 'RQ-1', {
      severity: 'warning',
      confidence: 'low',
      title: /^app \(3\) may not be reading: /,
    });
    // What else waits there is counted, and not what is on another port.
    const rest = [
      ...many(4, i =>
        row('ESTABLISHED', '192.0.2.1:9001', `198.51.100.9:${50_000 + i}`, {
          recvQ: 412_331,
          owner: '3/app',
        }),
      ),
      row('ESTABLISHED', '192.0.2.1:41000', '198.51.100.9:443', { recvQ: 90_000, owner: '3/app' }),
    ];
    expectFinding(`${several(3, 1_048_576)}${rest.join('\n')}\n`, 'RQ-1', {
      severity: 'warning',
      rows: 7,
      title: 'app (3) may not be reading: 4,795,052 bytes wait on 7 in ESTABLISHED',
    });
    expectHealthy(several(2, 1_048_576));
    expectHealthy(several(12, 180_223));
  });

  it('warns, hedged, of the one connection of a server that is left out', () => {
    const others = many(2, i =>
      row('ESTABLISHED', '192.0.2.1:9001', `198.51.100.8:${50_000 + i}`, { owner: '3/app' }),
    );
    expectFinding(`${waiting(141_480)}${others.join('\n')}\n`, 'RQ-1', {
      severity: 'warning',
      confidence: 'low',
      rows: 1,
    });
    // Two that are unread are a server at work.
    expectHealthy(`${several(2, 141_480)}${others.join('\n')}\n`);
  });

  it('warns, hedged, where requests wait on every one of many connections, and not on some', () => {
    const found = expectFinding(several(150, 41), 'RQ-1', {
      severity: 'warning',
      confidence: 'low',
      title: 'app (3) may not be reading: 6,150 bytes wait on 150 in ESTABLISHED',
    });
    const said = everythingSaid(found).join(' ');
    assert.match(said, /port 9001 .*150 of 150.*busy program/);
    const read = row('ESTABLISHED', '192.0.2.1:9001', '198.51.100.8:50000', { owner: '3/app' });
    for (const text of [`${several(150, 41)}${read}\n`, several(19, 41), several(4, 41)]) {
      const some = everythingSaid(expectFinding(text, 'RQ-1', { severity: 'info' })).join(' ');
      assert.match(some, /A busy program looks like this for a moment/);
      assert.doesNotMatch(some, /download| of 150/);
    }
    expectHealthy(several(150, 180_223));
    assert.match(
      everythingSaid(expectFinding(several(12, 180_223), 'RQ-1')).join(' '),
      /A large download/,
    );
  });

  it('knows how long data has been unread', () => {
    const since = (lastReceived: number): string =>
      ss(
        `ESTAB 200000 0 192.0.2.1:9001 198.51.100.7:50000 users:(("app",pid=3,fd=4))\n\t cubic rto:204 lastrcv:${lastReceived} lastack:95000`,
      );
    const found = expectFinding(since(95_000), 'RQ-1', {
      severity: 'warning',
      confidence: 'medium',
      title: /^app \(3\) is most likely not reading/,
    });
    assert.ok(
      everythingSaid(found).some(said => said.includes('for at least 95 s (lastrcv)')),
      everythingSaid(found).join('\n'),
    );
    expectHealthy(since(400));
  });

  it('is surer of what stays the same through snapshots', () => {
    expectFinding(loop(waiting(40), waiting(40)), 'RQ-1', {
      severity: 'warning',
      confidence: 'medium',
      title: 'app (3) is most likely not reading: 40 bytes wait on 1 in ESTABLISHED',
    });
    expectFinding(loop(waiting(40), waiting(40), waiting(40)), 'RQ-1', {
      severity: 'warning',
      confidence: 'high',
      title: 'app (3) is not reading: 40 bytes wait on 1 in ESTABLISHED',
    });
  });

  it('is sure only of what has been so for a minute, as some read in batches', () => {
    const soon = loop(waiting(40), waiting(40), waiting(40))
      .replace('10:00:30', '10:00:06')
      .replace('10:01:00', '10:00:12');
    const found = expectFinding(soon, 'RQ-1', {
      severity: 'warning',
      confidence: 'medium',
    });
    assert.ok(everythingSaid(found).some(text => text.includes('in batches')));
  });

  describe('of a program that reads on other connections', () => {
    const rows = (queues: readonly number[]): string =>
      netstat(
        row('LISTEN', '0.0.0.0:9001', '0.0.0.0:*', { owner: '16/app' }),
        ...queues.map((recvQ, i) =>
          row('ESTABLISHED', '192.0.2.1:9001', `192.0.2.8:${44_000 + i}`, {
            recvQ,
            owner: '16/app',
          }),
        ),
      );
    const turn = (at: number): string => rows(many(30, i => (i % 10 === at ? 0 : 14)));

    it('takes as many bytes for the next request', () => {
      expectHealthy(loop(turn(0), turn(1), turn(2)));
      const found = expectFinding(loop(turn(0), turn(0), turn(0)), 'RQ-1', {
        severity: 'warning',
        confidence: 'high',
      });
      assert.ok(everythingSaid(found).some(text => text.endsWith('snapshots in a row on 27.')));
    });

    it('takes what grows for read more slowly than it comes', () => {
      const proxy = (first: number, other: number): string =>
        rows([first, other, other + 3000]).replace(/^.*LISTEN.*\n/m, '');
      expectHealthy(loop(proxy(99_912, 112_944), proxy(155_840, 72_944), proxy(197_200, 35_840)));
      expectFinding(
        loop(proxy(99_912, 12_944), proxy(155_840, 22_944), proxy(197_200, 35_840)),
        'RQ-1',
        { severity: 'warning' },
      );
    });

    it('still doubts that it reads where much stands', () => {
      const some = (moving: number): string => rows([90_000, 90_000, moving]);
      expectFinding(loop(some(14), some(0), some(14), some(0)), 'RQ-1', {
        severity: 'warning',
        confidence: 'low',
        title: 'app (16) may not be reading: 180,000 bytes wait on 2 in ESTABLISHED',
      });
    });
  });

  it('goes by what came meanwhile, where the listing counts it', () => {
    const download = (recvQ: number, received: number): string =>
      ss(
        `ESTAB ${recvQ} 0 192.0.2.1:40310 198.51.100.3:443 users:(("app",pid=3,fd=9))`,
        `\t cubic wscale:7,7 bytes_sent:900 bytes_acked:901 bytes_received:${received} lastrcv:2`,
      );
    const course = (...steps: readonly (readonly [number, number])[]): string =>
      loop(...steps.map(([recvQ, received]) => download(recvQ, received)));
    // As much waits as before, and other data.
    expectHealthy(course([190_000, 8e10], [190_000, 8e10 + 2e8]));
    expectHealthy(course([190_000, 8e10], [231_040, 8e10 + 2e8]));
    // What came is what waits: nothing was read.
    expectFinding(course([190_000, 8e10], [231_040, 8e10 + 41_040]), 'RQ-1', {
      severity: 'warning',
    });
    expectFinding(course([190_000, 8e10], [190_000, 8e10]), 'RQ-1', { severity: 'warning' });
  });

  it('takes a fall in one of the last steps for reading, not one of long ago', () => {
    const queues = (...list: readonly number[]): string => loop(...list.map(n => waiting(n)));
    expectHealthy(queues(180_224, 2_896, 91_224));
    expectFinding(queues(180_224, 2_896, 91_224, 120_000, 150_000, 190_000), 'RQ-1', {
      severity: 'warning',
    });
  });

  it('takes what falls for read, and little that grows for new', () => {
    expectHealthy(loop(waiting(3_000_000), waiting(2_000_000)));
    expectHealthy(loop(waiting(40), waiting(39)));
    expectHealthy(loop(waiting(40), waiting(400)));
    expectFinding(loop(waiting(400), waiting(3_000_000)), 'RQ-1', {
      severity: 'warning',
      confidence: 'low',
    });
  });

  it('believes a sender in the dump whose window closes for moments only', () => {
    expectHealthy(truth('slow-reader.netstat.txt'));
  });

  it('leaves what is not accepted yet to the listener', () => {
    expectSilence(waiting(80_000, '-'), 'RQ-1');
  });
});
