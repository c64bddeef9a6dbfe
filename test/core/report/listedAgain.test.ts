import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis/analyze';
import { readDump } from '../../../src/core/reading/reader';
import { USUAL } from '../../../src/core/report/limits';
import { renderMarkdown } from '../../../src/core/report/markdown';
import { report } from '../../../src/core/report/report';
import { Localizer } from '../../../src/core/wording/text';

const rows = [
  'Proto Recv-Q Send-Q Local Address Foreign Address State',
  'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN',
  'tcp 0 900 192.0.2.1:22 192.0.2.9:50000 ESTABLISHED',
];
const later = rows.map(line => line.replace(' 900 ', ' 500 '));

const reported = (...lines: readonly string[]): string =>
  renderMarkdown(
    report('a.txt', analyze(readDump(`${lines.join('\n')}\n`)), new Localizer(), USUAL),
  );

describe('a report on a listing that was pasted twice', () => {
  it('says that its rows are taken for one moment', () => {
    const prompt = 'root@web1:~# netstat -ant';
    const text = reported(prompt, ...rows, prompt, ...rows);
    assert.match(text, /: 2 sockets/);
    assert.match(text, /listed more than once at one moment: 2\. Each socket counts once\./);
    assert.doesNotMatch(text, /snapshots|same number of bytes/);
  });

  it('says nothing of two moments, nor of two tools', () => {
    const date = (minute: number): string => `Mon Jan  5 10:0${minute}:00 UTC 2026`;
    const ss = [
      'State Recv-Q Send-Q Local Address:Port Peer Address:Port',
      'LISTEN 0 128 0.0.0.0:22 0.0.0.0:*',
      'ESTAB 0 900 192.0.2.1:22 192.0.2.9:50000',
    ];
    for (const text of [
      reported(date(0), ...rows, date(5), ...rows),
      reported(...rows, ...later),
      reported(...rows, ...ss),
      reported(...rows),
    ]) {
      assert.doesNotMatch(text, /listed again/);
    }
  });
});
