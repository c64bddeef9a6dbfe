import assert from 'node:assert/strict';

import { plain } from '../../../src/core/wording/text';
import { analysed, everythingSaid, loop, many, ss, titles } from './scene';

const SSH = 'ESTAB 0 0 192.0.2.10:22 198.51.100.9:50000';
const held = (pid: number | null, count = 12, from = 40_000, name = 'app'): string[] =>
  many(count, i => {
    const owner = pid === null ? '' : `users:(("${name}",pid=${pid},fd=4))`;
    return `CLOSE-WAIT 1 0 192.0.2.10:${from + i} 198.51.100.7:443 ${owner}`;
  });
const owned = (...rows: string[]): string =>
  `$ ss -tanp\n${ss(`${SSH} users:(("sshd",pid=9,fd=3))`, ...rows)}`;
const bare = (...rows: string[]): string => `$ ss -tan\n${ss(SSH, ...rows)}`;

/** All that the findings of a text say. */
const said = (text: string): string =>
  analysed(text)
    .findings.flatMap(finding => everythingSaid(finding))
    .join('\n');

describe('sockets that another process is listed with later', () => {
  it('are one finding, and not over', () => {
    const text = loop(owned(...held(100)), owned(...held(200)));
    assert.equal(titles(text).length, 1, titles(text).join('\n'));
    assert.match(titles(text)[0]!, /app \(200\) has 12 in CLOSE_WAIT/);
    assert.match(said(text), /Snapshot 1 lists 12 of these sockets with app \(100\)\./);
    assert.doesNotMatch(said(text), /gone in the last/);
    assert.equal(analysed(text).findings[0]!.since, 0);
  });

  it('are others where the ports or inodes are others, or where it is one port only', () => {
    const inode = (pid: number, from: number): string[] =>
      held(pid).map((row, i) => `${row} ino:${from + i}`);
    for (const [before, after] of [
      [held(100), held(200, 12, 50_000)],
      [inode(100, 7000), inode(200, 8000)],
      [held(100), [...held(200, 1), ...held(200, 11, 50_000)]],
    ] as const) {
      const text = loop(owned(...before), owned(...after));
      assert.match(titles(text).join('\n'), /Until snapshot 1 of 2: app \(100\)/);
      assert.doesNotMatch(said(text), /of these sockets with/);
    }
  });

  it('are over where the other process does not hold them any more either', () => {
    const text = loop(owned(...held(100)), owned(...held(200)), owned());
    assert.equal(titles(text).length, 1, titles(text).join('\n'));
    assert.match(titles(text)[0]!, /Until snapshot 2 of 3: app \(200\)/);
  });

  it('are not told to be with another process where the same one is listed again', () => {
    for (const middle of [bare(...held(null)), owned(...held(200))]) {
      const text = loop(owned(...held(100)), middle, owned(...held(100)));
      assert.equal(titles(text).length, 1, titles(text).join('\n'));
      assert.doesNotMatch(said(text), /sockets with app \(100\)/);
    }
  });
});

describe('sockets that are listed without a process later', () => {
  it('are one finding, which names the process of before', () => {
    const text = loop(owned(...held(100)), bare(...held(null)));
    const [found, ...others] = analysed(text).findings;
    assert.deepEqual(others, []);
    assert.equal(found!.severity, 'warning');
    assert.match(plain(found!.title), /12 in CLOSE_WAIT.* \(in snapshot 1: app \(100\)\)$/);
    assert.match(said(text), /Snapshot 2 does not show their process\./);
  });

  it('are told of each process where they were of several', () => {
    const text = loop(
      owned(...held(100), ...held(300, 12, 50_000, 'web')),
      bare(...held(null), ...held(null, 12, 50_000)),
    );
    assert.equal(titles(text).length, 3, titles(text).join('\n'));
    for (const name of ['app (100)', 'web (300)']) {
      assert.ok(said(text).includes(`Snapshot 1 lists 12 of these sockets with ${name}.`));
    }
  });
});
