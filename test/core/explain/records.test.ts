import { strict as assert } from 'node:assert';

import { analyze } from '../../../src/core/analysis/analyze';
import { explainAt } from '../../../src/core/explain/explain';
import { plain } from '../../../src/core/wording/text';
import { readDump } from '../../../src/core/reading/reader';
import { problemOf } from '../../../src/core/report/problem';
import { localizer } from './rows';

/** `ss -tanp | jc --ss`: all on one line. */
const LINE = JSON.stringify(
  [
    ['LISTEN', '0.0.0.0', '*'],
    ['CLOSE-WAIT', '198.51.100.7', '50001'],
    ['CLOSE-WAIT', '198.51.100.8', '50002'],
  ].map(([state, peer_address, peer_port]) => ({
    netid: 'tcp',
    state,
    recv_q: '0',
    send_q: '0',
    local_address: '192.0.2.1',
    local_port: '8080',
    peer_address,
    peer_port,
  })),
);

describe('several sockets on a line', () => {
  const dump = readDump(LINE);
  const textOf = (): string => LINE;

  it('are each explained where they stand', () => {
    assert.equal(dump.table.length, 3);
    const at = LINE.lastIndexOf('CLOSE-WAIT');
    const found = explainAt(dump, 0, at, textOf, localizer);
    assert.equal(found?.start, at);
    assert.equal(found.row, 2);
    assert.match(plain(found.explanation.lead[0]!), /^198\.51\.100\.8:50002 closed/);
  });

  it('have the problem of each at its own place', () => {
    const [finding] = analyze(dump).findings;
    assert.equal(finding?.code, 'CW-1');
    const { place, related } = problemOf(finding, dump, textOf, localizer);
    const second = LINE.indexOf('192.0.2.1', LINE.indexOf('CLOSE-WAIT'));
    const third = LINE.indexOf('192.0.2.1', LINE.lastIndexOf('CLOSE-WAIT'));
    assert.deepEqual([place.start, related[0]?.place.start], [second, third]);
  });
});
