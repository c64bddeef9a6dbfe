import { expectFinding, expectSilence, many, windows } from '../../scene';

const bound = (count: number, more: string[] = []): string =>
  windows(...many(count, i => `BOUND 0.0.0.0:${50_000 + i} 0.0.0.0:0 99`), ...more);

describe('BND-1', () => {
  it('counts bound ports without connections', () => {
    expectFinding(bound(500), 'BND-1', { severity: 'warning', pid: 99, rows: 500 });
    expectSilence(bound(499), 'BND-1');
    expectFinding(bound(8000), 'BND-1', { severity: 'error' });
  });

  it('leaves out the twins of connections', () => {
    const twins = many(500, i => `ESTABLISHED 192.0.2.1:${50_000 + i} 198.51.100.1:443 99`);
    expectSilence(bound(500, twins), 'BND-1');
  });
});
