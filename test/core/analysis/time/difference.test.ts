import assert from 'node:assert/strict';
import { type Difference, differenceOf } from '../../../../src/core/analysis/time/difference';
import { Localizer } from '../../../../src/core/wording/text';
import { diffJson, diffReport } from '../../../../src/core/report/diff';
import { renderMarkdown } from '../../../../src/core/report/markdown';
import { analysed, loop, many, netstat, row, ss } from '../scene';

const java = { owner: '4321/java' };
const cw = (port: number): string => row('CLOSE_WAIT', '192.0.2.1:9443', `192.0.2.7:${port}`, java);
const est = (port: number): string =>
  row('ESTABLISHED', '192.0.2.1:9443', `192.0.2.7:${port}`, java);

const FIRST = netstat(
  row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', java),
  cw(1),
  cw(2),
  est(3),
  est(4),
  row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '9/sshd' }),
);
const SECOND = netstat(
  row('LISTEN', '0.0.0.0:9443', '0.0.0.0:*', java),
  cw(2),
  cw(3),
  est(4),
  est(5),
  row('LISTEN', '0.0.0.0:22', '0.0.0.0:*', { owner: '9/sshd' }),
);

function lines(difference: Difference): Record<string, unknown> {
  const port = (side: 'before' | 'after', one: number): number =>
    difference[side].analysis.dump.table.remotePort[one]!;
  return {
    added: Array.from(difference.added, one => port('after', one)),
    gone: Array.from(difference.gone, one => port('before', one)),
    changed: difference.changed.map(pair => port('after', pair.after)),
    stuck: difference.stuck.map(pair => port('after', pair.after)),
    same: difference.same,
  };
}

const EXPECTED = { added: [5], gone: [1], changed: [3], stuck: [2], same: 3 };

describe('the difference of two snapshots', () => {
  it('is the same within one dump and between two', () => {
    const both = analysed(loop(FIRST, SECOND));
    const within = differenceOf({ analysis: both, snapshot: 0 }, { analysis: both, snapshot: 1 });
    assert.deepEqual(lines(within), EXPECTED);
    assert.equal(within.seconds, 30);
    const between = differenceOf(
      { analysis: analysed(FIRST), snapshot: 0 },
      { analysis: analysed(SECOND), snapshot: 0 },
    );
    assert.deepEqual(lines(between), EXPECTED);
    assert.equal(between.seconds, null);
  });

  it('matches what different tools print', () => {
    const between = differenceOf(
      { analysis: analysed(FIRST), snapshot: 0 },
      {
        analysis: analysed(
          ss(
            'LISTEN 0 128 *:22 *:* users:(("sshd",pid=9,fd=3))',
            'CLOSE-WAIT 1 0 [::ffff:192.0.2.1]:9443 [::ffff:192.0.2.7]:2 users:(("java",pid=4321,fd=9))',
          ),
        ),
        snapshot: 0,
      },
    );
    assert.equal(between.added.length, 0);
    assert.equal(between.gone.length, 4);
    assert.equal(between.stuck.length, 1);
    assert.equal(between.same, 1);
  });

  it('counts by state and by owner', () => {
    const both = analysed(loop(FIRST, SECOND));
    const { states, owners } = differenceOf(
      { analysis: both, snapshot: 0 },
      { analysis: both, snapshot: 1 },
    );
    assert.deepEqual(states, [
      { state: 'LISTEN', before: 2, after: 2, added: 0, gone: 0, entered: 0, left: 0 },
      { state: 'ESTABLISHED', before: 2, after: 2, added: 1, gone: 0, entered: 0, left: 1 },
      { state: 'CLOSE-WAIT', before: 2, after: 2, added: 0, gone: 1, entered: 1, left: 0 },
    ]);
    // before + added + entered − gone − left = after, whatever the dump.
    for (const { before, after, added, gone, entered, left } of states) {
      assert.equal(before + added + entered - gone - left, after);
    }
    assert.deepEqual(owners, [
      {
        owner: { pid: 4321, process: 'java' },
        before: 5,
        after: 5,
        added: 1,
        gone: 1,
        closeWaitBefore: 2,
        closeWaitAfter: 2,
      },
    ]);
  });

  it('takes what was away in between for another connection', () => {
    const away = analysed(loop(FIRST, netstat(cw(1)), FIRST));
    const { added, gone, stuck } = differenceOf(
      { analysis: away, snapshot: 0 },
      { analysis: away, snapshot: 2 },
    );
    assert.deepEqual([added.length, gone.length, stuck.length], [5, 5, 1]);
  });

  it('keeps sockets that went from process to process together, and not a single one', () => {
    const held = (pid: number, count: number): string =>
      netstat(
        ...many(count, i =>
          row('CLOSE_WAIT', `192.0.2.1:${40_000 + i}`, '192.0.2.7:443', { owner: `${pid}/w` }),
        ),
      );
    for (const [count, lost] of [
      [1, 1],
      [2, 0],
      [9, 0],
    ] as const) {
      const { added, gone, kept } = differenceOf(
        { analysis: analysed(held(1, count)), snapshot: 0 },
        { analysis: analysed(held(2, count)), snapshot: 0 },
      );
      assert.deepEqual([added.length, gone.length, kept.length], [lost, lost, count - lost]);
    }
  });

  it('pairs sockets with the same ends one to one', () => {
    const ports = (...pids: number[]): string =>
      netstat(...pids.map(pid => row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: `${pid}/w` })));
    const { added, gone, same } = differenceOf(
      { analysis: analysed(ports(1, 2, 3)), snapshot: 0 },
      { analysis: analysed(ports(3, 2, 4, 5)), snapshot: 0 },
    );
    assert.deepEqual([added.length, gone.length, same], [2, 1, 2]);
  });

  it('reports as Markdown and JSON', () => {
    const both = analysed(loop(FIRST, SECOND));
    const difference = differenceOf(
      { analysis: both, snapshot: 0 },
      { analysis: both, snapshot: 1 },
    );
    const names = { before: 'a.netstat', after: 'a.netstat' };
    const text = renderMarkdown(diffReport(difference, names, new Localizer()));
    assert.match(
      text,
      /1 new, 1 gone, 1 changed state, 1 stuck, 3 unchanged\\?\. Time between them: 30 s/,
    );
    assert.match(text, /ESTABLISHED → CLOSE\\?_WAIT/);
    const json = JSON.parse(diffJson(difference, names)) as Record<string, unknown[]>;
    assert.equal(json['new']?.length, 1);
    assert.deepEqual(json['before'], {
      source: 'a.netstat',
      snapshot: 1,
      time: '2026-01-05T10:00:00Z',
      host: null,
    });
    const localizer = new Localizer();
    assert.deepEqual(
      [localizer.signed(5), localizer.signed(-2), localizer.signed(0)],
      ['+5', '\u22122', '0'],
    );
  });

  it('counts what it does not list', () => {
    const rows = many(60, i => cw(1000 + i));
    const both = analysed(loop(netstat(), netstat(...rows), netstat(...rows)));
    const last = both.snapshots.length - 1;
    const text = renderMarkdown(
      diffReport(
        differenceOf({ analysis: both, snapshot: last - 1 }, { analysis: both, snapshot: last }),
        { before: 'a', after: 'a' },
        new Localizer(),
      ),
    );
    assert.match(text, /No changes\./);
    assert.match(text, /10 more/);
  });
});
