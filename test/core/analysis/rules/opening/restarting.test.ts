import { expectFinding, expectSilence, loop, many, ss } from '../../scene';

const listening = (users: string, port = 8080): string =>
  ss(`LISTEN 0 50 0.0.0.0:${port} 0.0.0.0:* users:(${users})`);
const user = (pid: number, name = 'api'): string => `("${name}",pid=${pid},fd=3)`;
const lives = (...pids: readonly number[]): string =>
  loop(...pids.map(pid => listening(user(pid))));

describe('RE-1', () => {
  it('warns of a listening program with another PID in each snapshot', () => {
    expectFinding(lives(613, 682, 809, 1493), 'RE-1', {
      severity: 'warning',
      confidence: 'medium',
      pid: 1493,
      title: 'api (1493) is restarted again and again: port 8080 has had 4 PIDs in 4 snapshots',
    });
    const slower = many(24, i => 600 + Math.floor(i / 6));
    expectFinding(lives(...slower), 'RE-1', { severity: 'warning', title: /4 PIDs in 24/ });
    // It is not there for a moment.
    const gaps = [613, 0, 682, 0, 809, 0, 950].map(pid =>
      listening(user(pid === 0 ? 5 : pid, pid === 0 ? 'sshd' : 'api'), pid === 0 ? 22 : 8080),
    );
    expectFinding(loop(...gaps), 'RE-1', { severity: 'warning', pid: 950 });
  });

  it('is information about fewer restarts, without times, and for servers of one connection', () => {
    expectFinding(lives(613, 613, 682, 809), 'RE-1', { severity: 'info', confidence: 'low' });
    const untimed = lives(613, 682, 809, 950).replace(/^Mon.*\n/gm, '');
    expectFinding(untimed, 'RE-1', { severity: 'info' });
    const nc = loop(...[1, 2, 3, 4, 5].map(pid => listening(user(pid, 'nc'))));
    expectFinding(nc, 'RE-1', { severity: 'info' });
  });

  it('is silent about one restart, and about what stays up since', () => {
    expectSilence(lives(613, 682, 682, 682), 'RE-1');
    expectSilence(lives(613, 682, 809, ...many(30, () => 809)), 'RE-1');
    const aDay = lives(613, 682, 809, 950)
      .split('Mon Jan')
      .map((part, i) => part.replace(/10:0\d:/, `${8 + i * 3}:00:`))
      .join('Mon Jan');
    expectSilence(aDay, 'RE-1');
  });

  it('is silent about workers that come and go beside their parent, and socket activation', () => {
    const prefork = many(5, i => listening([user(10), user(20 + i)].reverse().join(',')));
    expectSilence(loop(...prefork), 'RE-1');
    const activated = many(5, i => listening(`${user(20 + i)},${user(1, 'systemd')}`));
    expectSilence(loop(...activated), 'RE-1');
  });

  it('is silent about a port that other programs take, and hidden owners', () => {
    const others = many(5, i => listening(user(20 + i, `job-${i}`), 40_123));
    expectSilence(loop(...others), 'RE-1');
    expectSilence(loop(...many(4, () => ss('LISTEN 0 50 0.0.0.0:8080 0.0.0.0:*'))), 'RE-1');
  });
});
