import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { analyze } from '../../../src/core/analysis/analyze';
import type { Finding } from '../../../src/core/analysis/finding';
import { Field } from '../../../src/core/model/field';
import { readDump } from '../../../src/core/reading/reader';
import { placesOf } from '../../../src/core/reading/locate';
import { type Place, placeOf, type Problem, problemOf } from '../../../src/core/report/problem';
import { Localizer } from '../../../src/core/wording/text';
import { projectFolder } from '../../harness/paths';
import { loop, many, netstat, row, scene, ss, statistics, windows } from '../analysis/scene';
import { sampleText } from '../rows';
import { linesOf } from '../spans';

const localizer = new Localizer();

/** The problems of a dump, and the words that they mark. */
class Problems {
  public readonly dump;
  public readonly findings: readonly Finding[];
  private readonly lines: readonly string[];

  public constructor(text: string) {
    this.dump = readDump(text);
    this.findings = analyze(this.dump).findings;
    this.lines = linesOf(text);
  }

  public readonly textOf = (line: number): string => this.lines[line] ?? '';

  public of(code: string): Problem & { readonly word: string; readonly words: readonly string[] } {
    const finding = this.findings.find(one => one.code === code);
    assert.ok(finding, `${code} in ${this.findings.map(one => one.code).join(', ')}`);
    const problem = problemOf(finding, this.dump, this.textOf, localizer);
    return {
      ...problem,
      word: this.at(problem.place),
      words: problem.related.map(({ place }) => this.at(place)),
    };
  }

  public at({ line, start, end }: Place): string {
    return this.textOf(line).slice(start, end);
  }
}

const LEAK = netstat(
  row('LISTEN', '192.0.2.1:8080', '0.0.0.0:*', { owner: '4321/orders-api' }),
  ...many(60, i =>
    row('CLOSE_WAIT', '192.0.2.1:8080', `198.51.100.7:${50_000 + i}`, {
      owner: '4321/orders-api',
      recvQ: 1,
    }),
  ),
);

/** Files whose dumps hold sockets of all formats, and of everything that rules find. */
const FILES = [
  ...readdirSync(path.join(projectFolder, 'samples'))
    .filter(name => name.endsWith('.netstat'))
    .map(name => [name, () => sampleText(name)] as const),
  ...readdirSync(new URL('../analysis/scenes/truth/', import.meta.url)).map(
    name => [name, () => scene(name)] as const,
  ),
];

describe('problems', () => {
  it('mark the program that leaks, say what to do first, and name three further rows', () => {
    const { word, words, message, related, place } = new Problems(LEAK).of('CW-1');
    assert.equal(word, '4321/orders-api');
    assert.equal(place.line, 3);
    assert.match(
      message,
      /^orders-api \(4321\) .*60 in CLOSE_WAIT, .*\d\. See what the threads of [^.]*\?$/,
    );
    assert.deepEqual(words, ['4321/orders-api', '4321/orders-api', '4321/orders-api']);
    assert.deepEqual(
      related.map(({ text }) => text),
      [
        '198.51.100.7:50001, Recv-Q 1',
        '198.51.100.7:50002, Recv-Q 1',
        '198.51.100.7:50003, Recv-Q 1',
      ],
    );
  });

  it('name what waits in both queues of a row', () => {
    const { related } = new Problems(
      netstat(
        ...many(6, i =>
          row('ESTABLISHED', '192.0.2.1:8080', `198.51.100.7:${50_000 + i}`, {
            owner: '4321/orders-api',
            recvQ: 90_000,
            sendQ: 7,
          }),
        ),
      ),
    ).of('RQ-1');
    assert.equal(related[0]?.text, '198.51.100.7:50001, Recv-Q 90,000, Send-Q 7');
  });

  it('mark the local address where the program is not shown', () => {
    const text = LEAK.replaceAll('4321/orders-api', '-');
    assert.equal(new Problems(text).of('CW-1').word, '192.0.2.1:8080');
  });

  it('mark the first program of ss, and not what stands around it', () => {
    const text = ss(
      ...many(
        60,
        i =>
          `CLOSE-WAIT 1 0 192.0.2.1:8080 198.51.100.7:${50_000 + i} users:(("api",pid=12,fd=${i}),("api",pid=13,fd=${i}))`,
      ),
    );
    assert.equal(new Problems(text).of('CW-1').word, 'api",pid=12');
  });

  it('mark the program on the line below its socket', () => {
    const text = windows(
      ...many(60, i => `CLOSE_WAIT 192.0.2.1:8080 198.51.100.7:${50_000 + i} 4321`),
    ).replaceAll(/ {4}4321/g, '\r\n [orders.exe]');
    const { word, place } = new Problems(text).of('CW-1');
    assert.equal(word, 'orders.exe');
    assert.equal(place.line, 5);
  });

  it('mark the peer that does not answer', () => {
    const { word, related } = new Problems(
      netstat(
        ...many(6, i =>
          row('SYN_SENT', `192.0.2.1:${40_000 + i}`, '198.51.100.77:443', {
            owner: '77/agent',
            sendQ: 1,
            timer: 'on (3.00/3/0)',
          }),
        ),
      ),
    ).of('SS-1');
    assert.equal(word, '198.51.100.77:443');
    assert.equal(related[0]?.text, '198.51.100.77:443, Send-Q 1');
  });

  it('mark the address that listens', () => {
    const { word } = new Problems(
      ss('LISTEN 129 128 192.0.2.1:8080 0.0.0.0:* users:(("api",pid=12,fd=3))'),
    ).of('LQ-1');
    assert.equal(word, '192.0.2.1:8080');
  });

  it('mark the program that is accused, not the other one of the finding', () => {
    const text = ss(
      'ESTAB 0 500000 192.0.2.1:40000 192.0.2.1:8080 users:(("sender",pid=11,fd=3)) timer:(persist,1min,0)',
      'ESTAB 500000 0 192.0.2.1:8080 192.0.2.1:40000 users:(("reader",pid=12,fd=3))',
    );
    const { word, place } = new Problems(text).of('PAIR-2');
    assert.equal(word, 'reader",pid=12');
    assert.equal(place.line, 2);
  });

  it('mark the counters that a finding without rows names', () => {
    const grown = { TcpExtListenOverflows: 28, TcpExtListenDrops: 28 };
    const problems = new Problems(
      loop(statistics({ TcpExtListenOverflows: 0 }), statistics(grown)),
    );
    const { word, message, related, place } = problems.of('CT-1');
    assert.equal(word, 'ListenOverflows: 28');
    assert.match(message, /28 connection packets met a full accept queue/);
    assert.deepEqual(related, []);
    assert.deepEqual(place, placeOf(problems.findings[0]!, problems.dump, problems.textOf));
  });

  for (const [name, textOf] of FILES) {
    it(`leave the state to its explanation, in ${name}`, () => {
      const problems = new Problems(textOf());
      const { dump } = problems;
      for (const finding of problems.findings) {
        const problem = problemOf(finding, dump, problems.textOf, localizer);
        assert.deepEqual(problem.place, placeOf(finding, dump, problems.textOf));
        assert.doesNotMatch(problem.message, /[\n\r]|undefined|\.\./);
        assert.ok(problem.related.length <= 3);
        for (const { line, start, end } of [problem, ...problem.related].map(one => one.place)) {
          assert.ok(start < end && end <= problems.textOf(line).length, finding.code);
          const states = Array.from(finding.rows.subarray(0, 5)).flatMap(one =>
            placesOf(dump, one, problems.textOf).filter(
              span => span.field === Field.State && span.line === line,
            ),
          );
          assert.ok(
            states.every(state => end <= state.start || state.end <= start),
            `${finding.code} in line ${line + 1}: ${problems.at({ line, start, end })}`,
          );
        }
      }
    });
  }
});
