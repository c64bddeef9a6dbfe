import { expectFinding, expectSilence, netstat, row } from '../../scene';

const held = (timer: string): string =>
  netstat(row('CLOSE_WAIT', '192.0.2.1:45000', '198.51.100.5:443', { owner: '7/java', timer }));

describe('CW-7', () => {
  it('says that rows vanish and descriptors stay', () => {
    expectFinding(held('keepalive (7100.00/0/0)'), 'CW-7', { severity: 'info', pid: 7 });
    expectSilence(held('off (0.00/0/0)'), 'CW-7');
  });
});
