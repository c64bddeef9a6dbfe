import { expectFinding, expectHealthy, expectSilence, many } from '../../scene';

function flow(
  state: string,
  target: string,
  server: string,
  i: number,
  mark = '[UNREPLIED]',
): string {
  const [host = '', port = ''] = target.split(':');
  const end = mark === '[UNREPLIED]' ? '' : ' [ASSURED]';
  return `tcp      6 100 ${state} src=192.0.2.${i + 1} dst=${host} sport=${40_000 + i} dport=${port} ${mark === '' ? '' : `${mark} `}src=${server} dst=192.0.2.${i + 1} sport=${port} dport=${40_000 + i}${end} mark=0 use=1`;
}

function udp(target: string, i: number, port = 53, mark = '[UNREPLIED] '): string {
  return `udp      17 20 src=192.0.2.${i + 1} dst=${target} sport=${40_000 + i} dport=${port} ${mark}src=${target} dst=192.0.2.${i + 1} sport=${port} dport=${40_000 + i} mark=0 use=1`;
}

const dump = (...rows: string[]): string => `# conntrack -L\n${rows.join('\n')}\n`;
const TARGET = '198.51.100.80:8080';
const HOST = '198.51.100.80';

describe('FL-1: SYNs that pass and get no answer', () => {
  it('speaks of one target', () => {
    expectFinding(dump(...many(5, i => flow('SYN_SENT', TARGET, HOST, i))), 'FL-1', {
      severity: 'warning',
      confidence: 'medium',
      title: '198.51.100.80:8080 most likely does not answer; unanswered SYNs that passed: 5',
      rows: 5,
    });
  });

  it('is less sure where others are answered', () => {
    expectFinding(
      dump(
        ...many(5, i => flow('SYN_SENT', TARGET, HOST, i)),
        flow('ESTABLISHED', TARGET, HOST, 9, ''),
      ),
      'FL-1',
      {
        confidence: 'low',
        title: 'Unanswered SYNs to 198.51.100.80:8080, while others are answered: 5',
      },
    );
  });

  it('is silent below the threshold, of many targets, and where answers came', () => {
    expectHealthy(dump(...many(4, i => flow('SYN_SENT', TARGET, HOST, i))));
    expectHealthy(
      dump(...many(20, i => flow('SYN_SENT', `198.51.100.${i}:80`, `198.51.100.${i}`, i))),
    );
    expectHealthy(dump(...many(20, i => flow('ESTABLISHED', TARGET, HOST, i, ''))));
  });

  it('speaks of the target that the remote end began with in pf', () => {
    const rows = many(
      6,
      i => `all tcp 192.0.2.20:443 <- 198.51.100.${i}:5000       CLOSED:SYN_SENT`,
    );
    expectFinding(`# pfctl -ss\n${rows.join('\n')}\n`, 'FL-1', {
      title: /^192\.0\.2\.20:443 most/,
    });
  });
});

describe('FL-3: NAT to a server that does not answer', () => {
  const rows = many(5, i => flow('SYN_SENT', TARGET, '10.0.0.9', i));

  it('names target and server', () => {
    const text = dump(...rows);
    expectFinding(text, 'FL-3', {
      severity: 'warning',
      title:
        'NAT sends 198.51.100.80:8080 to 10.0.0.9:8080, which most likely does not answer; unanswered SYNs: 5',
      rows: 5,
    });
    expectSilence(text, 'FL-1');
  });

  it('is silent where the server answers, and below the threshold', () => {
    expectHealthy(dump(...many(9, i => flow('ESTABLISHED', TARGET, '10.0.0.9', i, ''))));
    expectHealthy(dump(...rows.slice(0, 4)));
  });
});

describe('FL-2: traffic that goes one way only', () => {
  it('warns, unsure, of TCP past its SYN', () => {
    expectFinding(dump(...many(5, i => flow('ESTABLISHED', TARGET, HOST, i))), 'FL-2', {
      severity: 'warning',
      confidence: 'low',
      title: 'TCP connections to 198.51.100.80:8080 may be seen in one direction only: 5',
    });
    expectHealthy(dump(...many(4, i => flow('ESTABLISHED', TARGET, HOST, i))));
  });

  it('tells of UDP, which need not be answered', () => {
    expectFinding(dump(...many(5, i => udp('198.51.100.53', i))), 'FL-2', { severity: 'info' });
    expectSilence(dump(...many(9, i => udp('224.0.0.251', i))), 'FL-2');
  });

  it('warns of a service that answers no request', () => {
    const to = (port: number, count = 30): string[] =>
      many(count, i => udp('198.51.100.53', i, port));
    for (const port of [53, 123, 389]) {
      expectFinding(dump(...to(port)), 'FL-2', {
        severity: 'warning',
        confidence: 'medium',
        title: `198.51.100.53:${port} most likely does not answer; requests that passed without an answer: 30`,
      });
    }
    for (const text of [
      dump(...to(8125)),
      dump(...to(53, 19)),
      dump(...to(53), udp('198.51.100.53', 99, 53, '')),
      `# conntrack -L | grep UNREPLIED\n${to(53).join('\n')}\n`,
    ]) {
      expectFinding(text, 'FL-2', { severity: 'info', confidence: 'low' });
    }
  });
});

describe('flows that have just begun', () => {
  const at = (left: number, text: string): string => text.replace(/^(\w+ +\d+) \d+/, `$1 ${left}`);
  const of = (left: (i: number) => number, rows: readonly string[]): string =>
    dump(...rows.map((text, i) => at(left(i), text)));

  it('may be answered yet: SYNs and requests of some seconds ago', () => {
    const syns = many(9, i => flow('SYN_SENT', TARGET, HOST, i));
    const nat = many(9, i => flow('SYN_SENT', TARGET, '10.0.0.9', i));
    const requests = many(30, i => udp('198.51.100.53', i));
    for (const [rows, code, most] of [
      [syns, 'FL-1', 120],
      [nat, 'FL-3', 120],
      [requests, 'FL-2', 30],
    ] as const) {
      expectSilence(
        of(() => most - 1, rows),
        code,
      );
      expectFinding(
        of(() => most - 5, rows),
        code,
        { severity: 'warning' },
      );
      // Of a setting nothing is known.
      expectSilence(
        of(() => most + 60, rows),
        code,
      );
    }
    // Some are old, but fewer than it takes.
    expectFinding(
      of(i => (i < 19 ? 10 : 29), requests),
      'FL-2',
      { severity: 'info', rows: 19 },
    );
    expectSilence(
      of(i => (i < 4 ? 10 : 119), syns),
      'FL-1',
    );
    expectFinding(
      of(i => (i < 5 ? 10 : 119), syns),
      'FL-1',
      { rows: 5 },
    );
  });

  it('are information where all that passes began with the table', () => {
    const passing = many(9, i => flow('ESTABLISHED', TARGET, HOST, i));
    for (const left of [299, 431_999]) {
      expectFinding(
        of(() => left, passing),
        'FL-2',
        { severity: 'info' },
      );
      expectFinding(
        of(i => (i === 0 ? left - 60 : left), passing),
        'FL-2',
        { severity: 'warning' },
      );
    }
  });

  it('are refused on purpose where a server is asked from everywhere', () => {
    const asked = (client: (i: number) => string): string =>
      dump(...many(30, i => udp('198.51.100.53', i).replaceAll(`192.0.2.${i + 1}`, client(i))));
    expectFinding(
      asked(i => `20.${i}.3.4`),
      'FL-2',
      { severity: 'info' },
    );
    for (const clients of [
      (i: number) => `10.${i}.3.4`,
      (i: number) => `20.1.1.${i}`,
      () => '20.1.1.1',
    ]) {
      expectFinding(asked(clients), 'FL-2', { severity: 'warning' });
    }
  });
});

describe('rules for sockets', () => {
  it('leave flows out', () => {
    const rows = many(80, i => flow('CLOSE_WAIT', TARGET, HOST, i, ''));
    expectHealthy(dump(...rows));
    expectHealthy(dump(...many(80, i => flow('SYN_RECV', TARGET, HOST, i, ''))));
    expectHealthy(dump(...many(80, i => flow('TIME_WAIT', TARGET, HOST, i, ''))));
  });
});
