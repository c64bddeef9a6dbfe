import assert from 'node:assert/strict';

import { closeWaitText } from '../../../src/core/report/closeWaitText';
import { Localizer } from '../../../src/core/wording/text';
import { analysed, many, netstat, row } from '../analysis/scene';

function textOf(...owners: readonly string[]): string | undefined {
  const { snapshots } = analysed(
    netstat(
      row('LISTEN', '192.0.2.1:80', '0.0.0.0:*', { owner: '1/httpd' }),
      ...owners.map((owner, i) =>
        row('CLOSE_WAIT', '192.0.2.1:80', `192.0.2.9:${50_000 + i}`, { owner }),
      ),
    ),
  );
  return closeWaitText(snapshots[0]!.closeWait, new Localizer());
}

describe('who has CLOSE_WAIT, in a few words', () => {
  it('is the process that has them', () => {
    assert.equal(textOf(), undefined);
    assert.equal(textOf('5/java', '5/java'), '2 CLOSE_WAIT in java (5)');
    assert.equal(textOf('5/java', '5/java', '6/httpd'), '3 CLOSE_WAIT, 2 in java (5)');
    assert.equal(textOf('-', '-'), '2 CLOSE_WAIT');
    assert.equal(textOf('-', '-', '5/java'), '3 CLOSE_WAIT, 1 in java (5)');
  });

  it('is all processes of a name that have them together', () => {
    const workers = many(120, i => `${1300 + i}/httpd`);
    assert.equal(textOf(...workers), '120 CLOSE_WAIT in httpd (120 processes)');
    assert.equal(textOf(...workers, '5/java'), '121 CLOSE_WAIT, 120 in httpd (120 processes)');
  });

  it('is one process of several of a name that has the half of theirs', () => {
    const workers = many(3, i => `${1300 + i}/httpd`);
    assert.equal(
      textOf('9/httpd', '9/httpd', '9/httpd', ...workers),
      '6 CLOSE_WAIT, 3 in httpd (9)',
    );
  });
});
