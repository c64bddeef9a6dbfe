import { expectFinding, expectSilence, many, netstat, row } from '../../scene';

const orphan = (i: number, host: number, owner = '-'): string =>
  row('FIN_WAIT2', '192.0.2.1:80', `198.51.100.${host}:${1024 + i}`, {
    owner,
    timer: owner === '-' ? 'timewait (30.00/0/0)' : 'off (0.00/0/0)',
  });

describe('F2-1', () => {
  it('points at the peer that does not close', () => {
    expectFinding(netstat(...many(100, i => orphan(i, 7))), 'F2-1', {
      severity: 'warning',
      title: '198.51.100.7 did not close 100 connections that this host has closed',
    });
    expectSilence(netstat(...many(99, i => orphan(i, 7))), 'F2-1');
  });

  it('counts 500 of many peers', () => {
    expectFinding(netstat(...many(500, i => orphan(i, i % 200))), 'F2-1', { confidence: 'low' });
    expectSilence(netstat(...many(499, i => orphan(i, i % 200))), 'F2-1');
  });

  it('leaves out those that a process holds', () => {
    expectSilence(netstat(...many(100, i => orphan(i, 7, '9/node'))), 'F2-1');
  });
});
