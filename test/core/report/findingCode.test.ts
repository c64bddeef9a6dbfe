import assert from 'node:assert/strict';

import { analyze } from '../../../src/core/analysis/analyze';
import type { Finding } from '../../../src/core/analysis/finding';
import { readDump } from '../../../src/core/reading/reader';
import { findingCode } from '../../../src/core/report/findingCode';
import { many, netstat, row } from '../analysis/scene';

function leakOf(owner: string): Finding {
  const rows = many(60, i =>
    row('CLOSE_WAIT', '192.0.2.1:8080', `192.0.2.7:${50_000 + i}`, { recvQ: 1, owner }),
  );
  const { findings } = analyze(readDump(netstat(...rows)), {});
  const finding = findings.find(({ code }) => code.startsWith('CW-'));
  assert.ok(finding);
  return finding;
}

describe('the code that a finding is about', () => {
  it('is that of the runtime that the program is named for', () => {
    assert.equal(findingCode(leakOf('4321/java'))?.filesToInclude, '*.java,*.kt,*.scala,*.groovy');
    assert.match(findingCode(leakOf('4321/nginx'))!.query, /proxy_pass/);
  });

  it('is that of every runtime where the name tells none', () => {
    const search = findingCode(leakOf('4321/orders-api'));
    assert.match(search!.filesToInclude, /\*\.go,.*\*\.py/);
  });

  it('is the same whatever the program is called: no word of a dump is looked for', () => {
    assert.deepEqual(findingCode(leakOf('4321/x|.*')), findingCode(leakOf('4321/orders-api')));
  });

  it('is none where the finding is no matter of code', () => {
    assert.equal(findingCode({ ...leakOf('4321/java'), code: 'EXP-1' }), null);
  });
});
