import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import { analysed, expectFinding, expectHealthy } from '../../scene';

const FOLDER = path.join(import.meta.dirname, '../../../statistics/captures');

/** What a staged scene shows from before to after, with the sockets that a tool lists, or without. */
function scene(name: string, listing: string | null): string {
  const moment = (side: string, seconds: string): string =>
    [
      `Mon Jan  5 10:00:${seconds} UTC 2026\n`,
      readFileSync(path.join(FOLDER, name, side, 'netstat-s.txt'), 'utf8'),
      listing === null ? '' : readFileSync(path.join(FOLDER, name, side, listing), 'utf8'),
    ].join('');
  return moment('before', '00') + moment('after', '08');
}

/** The graver findings of each scene: without sockets, with ss, with netstat. */
const FOUND: Readonly<Record<string, readonly [string[], string[], string[]]>> = {
  '01-accept-queue-overflow': [['CT-1'], ['SS-3'], ['SS-3']],
  '03-udp-receive-buffer': [['CT-3'], ['CT-3'], ['CT-3']],
  '07-time-wait-overflow': [['CT-4'], ['CT-4'], ['CT-4']],
  '10-packet-loss': [['CT-8'], ['CT-8'], ['CT-8']],
};

describe('staged scenes with counters', () => {
  for (const name of readdirSync(FOLDER).filter(entry => /^\d/.test(entry))) {
    for (const [i, listing] of [null, 'ss-tuanpo.txt', 'netstat-tuanpo.txt'].entries()) {
      it(`${name}, ${listing ?? 'counters alone'}: finds what was staged, and nothing else`, () => {
        const text = scene(name, listing);
        const found = analysed(text).findings.filter(({ severity }) => severity !== 'info');
        assert.deepEqual(
          found.map(({ code }) => code),
          FOUND[name]?.[i] ?? [],
        );
        if (FOUND[name] === undefined) {
          expectHealthy(text);
        }
      });
    }
  }

  for (const [name, code, title] of [
    ['02-refused-connects', 'CT-9', /^Programs of this host most likely connect to a port here/],
    ['05-linger-zero', 'CT-13', /^Connections were reset after close\(\): 5$/],
  ] as const) {
    it(`${name}: says what happened, as information`, () => {
      expectFinding(scene(name, null), code, { severity: 'info', title });
    });
  }

  it('says nothing at all of the healthy scene', () => {
    const { findings } = analysed(scene('15-healthy', null));
    assert.deepEqual(
      findings.map(({ code }) => code),
      [],
    );
  });

  it('names the program in the scene of the full accept queue', () => {
    const [found] = analysed(scene('01-accept-queue-overflow', 'ss-tuanpo.txt')).findings;
    assert.equal(found?.owner?.pid, 16302);
    assert.ok(found.merged.some(({ code }) => code === 'CT-1'));
  });
});
