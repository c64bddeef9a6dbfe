import assert from 'node:assert/strict';

import { checkOf, findingAt } from '../../../src/core/analysis/finding';
import { analyze } from '../../../src/core/analysis/analyze';
import { readDump } from '../../../src/core/reading/reader';
import { many, netstat, row } from './scene';

const { findings } = analyze(
  readDump(
    netstat(
      row('LISTEN', '192.0.2.1:8080', '0.0.0.0:*', { owner: '4321/orders-api' }),
      ...many(60, i =>
        row('CLOSE_WAIT', '192.0.2.1:8080', `198.51.100.7:${50_000 + i}`, {
          owner: '4321/orders-api',
          recvQ: 1,
        }),
      ),
      row('SYN_SENT', '192.0.2.1:40000', '198.51.100.77:443', {
        owner: '77/agent',
        sendQ: 1,
        timer: 'on (3.00/3/0)',
      }),
      row('ESTABLISHED', '192.0.2.1:40001', '198.51.100.78:443', { owner: '77/agent' }),
    ),
  ),
);

describe('the finding of a row', () => {
  it('is the one whose rows hold it', () => {
    assert.equal(findingAt(findings, 1)?.code, 'CW-1');
    assert.equal(findingAt(findings, 60)?.code, 'CW-1');
    assert.equal(findingAt(findings, 61)?.code, 'SS-1');
  });

  it('is none for rows that no finding is about', () => {
    assert.equal(findingAt(findings, 0), undefined);
    assert.equal(findingAt(findings, 62), undefined);
    assert.equal(findingAt([], 0), undefined);
  });

  it('is the gravest of several', () => {
    const [first] = findings;
    assert.ok(first);
    const lesser = { ...first, code: 'TW-2' as const, severity: 'info' as const };
    assert.equal(findingAt([first, lesser], 1)?.code, 'CW-1');
  });

  it('has a first check with a command, where its system has one', () => {
    const [first] = findings;
    assert.ok(first);
    assert.match(checkOf(first) ?? '', /^ss .*4321/);
    const { text } = first.confirm[0]!;
    assert.equal(
      checkOf({
        ...first,
        confirm: [
          { text, command: null },
          { text, command: 'x' },
        ],
      }),
      'x',
    );
    assert.equal(checkOf({ ...first, confirm: [{ text, command: null }] }), null);
  });
});
