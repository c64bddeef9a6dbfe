import { strict as assert } from 'node:assert';

import { analyze } from '../../../src/core/analysis/analyze';
import { snapshotCounts, snapshotLine } from '../../../src/core/capture/snapshotLine';
import { Localizer } from '../../../src/core/wording/text';
import { readDump } from '../../../src/core/reading/reader';
import { renderMarkdown } from '../../../src/core/report/markdown';
import { report } from '../../../src/core/report/report';
import { many, netstat, row } from '../analysis/scene';

const SCENE = netstat(
  ...many(1500, i =>
    row('CLOSE_WAIT', '192.0.2.1:9443', `198.51.100.7:${2000 + i}`, { owner: '4321/java' }),
  ),
);

/** Everything that is said of the scene. */
function said(localizer: Localizer): string {
  const analysis = analyze(readDump(SCENE), { localizer });
  const { dump } = analysis;
  const counts = snapshotCounts(dump);
  const line = snapshotLine(counts, { ...counts, sockets: 0 }, localizer);
  return `${renderMarkdown(report('a', analysis, localizer))}\n${line}`;
}

describe('numbers', () => {
  it('are written as in English where nothing else is known', () => {
    const text = said(new Localizer());
    assert.match(text, /1,500/);
    const localizer = new Localizer();
    assert.deepEqual(
      [0, 999, 1000, 1234567, -4321, 0.125, 1024.5].map(value => localizer.number(value)),
      ['0', '999', '1,000', '1,234,567', '-4,321', '0.13', '1,024.5'],
    );
    assert.deepEqual(
      [5000, -2, 0].map(value => localizer.signed(value)),
      ['+5,000', '\u22122', '0'],
    );
  });

  it('are written as in the language in all that is said, not in some of it', () => {
    const format = new Intl.NumberFormat('de', { maximumFractionDigits: 2 });
    const text = said(new Localizer(undefined, undefined, value => format.format(value)));
    assert.match(text, /1\.500/);
    assert.doesNotMatch(text, /1,500/);
  });
});
