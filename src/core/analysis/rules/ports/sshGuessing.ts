import { where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { reachOf } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { rule } from '../../kit/rule';
import { onlyRemote } from '../../kit/ruleContext';
import { threshold } from '../../kit/threshold';

const TEXTS = {
  title: say('SSH sessions from {remote} that have not logged in: {count}', 'openssh-auth2'),
  why: say(
    'sshd names whom each session is for. Many that ask for root, or for users that do not exist, are most likely guesses of passwords.',
    'openssh-auth2',
    'general-practice',
  ),
  guessed: say('For root, or a user that does not exist: {count}.', 'openssh-auth2'),
  log: say('Look for "Invalid user" and "Failed password".', 'general-practice'),
  remedy: say(
    'Let only known addresses reach the port, and turn passwords off (`PasswordAuthentication no`).',
    'sshd-config.5',
  ),
  logins: say(
    'Each login looks like this for a moment: a deployment or a Git server has many at once.',
    'general-practice',
  ),
};

/** Part of the sessions that must ask for root, or for users that do not exist. */
const GUESSED = 0.25;

/** Titles of sshd for a session before its login; netstat cuts them. */
const BEFORE = /^sshd(?:-session|-auth)?: (?:\[a|\[n|\S{1,32} \[(?:n|pa|pre))|^sshd-auth$/;

/** Those for users that do not exist, and for root, whose session has `@` after its login. */
const GUESS = /^sshd(?:-session|-auth)?: (?:unkno(?!wn@)|invalid |root(?: |$))/;

export const sshGuessing = rule({
  code: 'EXP-2',
  id: 'ssh-guessing',
  title: label('SSH sessions that have not logged in'),
  thresholds: {
    sshSessions: threshold.sockets(
      5,
      'Report from this many SSH sessions that have not logged in, and four times as many as a warning.',
    ),
  },
  needs: { states: [State.Established], pids: true },
  culprit: 'remote',
  find(context) {
    const { index, thresholds } = context;
    const titles = titlesOf(index);
    if (titles.size === 0) {
      return [];
    }
    const { pool, remoteAddress } = index.table;
    const rows = where(
      index.rowsIn(State.Established),
      row =>
        titles.has(index.owners.of(row)) &&
        reachOf(pool.get(index.plainAddress(remoteAddress[row]!))) === 'public',
    );
    const guessed = rows.filter(row => titles.get(index.owners.of(row)) === 'guess').length;
    if (rows.length < thresholds.sshSessions) {
      return [];
    }
    const remotes = context.remotes(rows);
    const isGuessing = guessed >= rows.length * GUESSED;
    return [
      {
        subject: 'ssh',
        severity: isGuessing && rows.length >= thresholds.sshSessions * 4 ? 'warning' : 'info',
        confidence: isGuessing ? 'medium' : 'low',
        rows,
        remote: onlyRemote(remotes),
        describe: () => ({
          title: context.say(TEXTS.title, {
            remote: context.remoteText(remotes),
            count: rows.length,
          }),
          why: isGuessing ? [context.say(TEXTS.why)] : [],
          evidence: [
            ...(guessed > 0
              ? [context.evidence(context.say(TEXTS.guessed, { count: guessed }))]
              : []),
            ...context.examples(rows),
          ],
          confirm:
            context.system === 'linux'
              ? [context.check(TEXTS.log, 'journalctl -t sshd -t sshd-session --since -10min')]
              : [],
          remedy: isGuessing ? [context.say(TEXTS.remedy)] : [],
          alternatives: [context.say(TEXTS.logins)],
          caveats: context.caveats({ time: true }),
        }),
      },
    ];
  },
});

/** The owners whose sessions have not logged in, and what their titles say. */
function titlesOf({ owners }: SnapshotIndex): ReadonlyMap<number, 'guess' | 'other'> {
  const found = new Map<number, 'guess' | 'other'>();
  for (let owner = 0; owner < owners.size; owner++) {
    const process = owners.get(owner).process ?? '';
    if (GUESS.test(process)) {
      found.set(owner, 'guess');
    } else if (BEFORE.test(process)) {
      found.set(owner, 'other');
    }
  }
  return found;
}
