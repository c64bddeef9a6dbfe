import { ascending, groupBy, union, where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import type { Confirmation, Draft } from '../../kit/draft';
import { isPublicRemote } from '../../kit/reachable';
import { rule } from '../../kit/rule';
import { onlyRemote, type RuleContext } from '../../kit/ruleContext';
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
  closed: say(
    'SSH connections from {remote} in quick succession: {open} open, {closed} closed (TIME_WAIT)',
    'rfc9293-3.6.1',
  ),
  closedWhy: say(
    'This end closed them first, as sshd does after failed logins. This dump does not show whether logins failed.',
    'sshd-config.5',
    'general-practice',
  ),
  logins: say(
    'Each login looks like this for a moment: a deployment or a Git server has many at once.',
    'general-practice',
  ),
};

/** Part of the sessions that must ask for root, or for users that do not exist. */
const GUESSED = 0.25;

/** Sessions per address from which on few addresses have them. */
const PER_ADDRESS = 5;

/** How many times the threshold makes a warning of what only closed connections show. */
const VERY_MANY = 20;

const SSH = 22;

/** Programs that listen for sshd. */
const SUPERSERVER = /^(?:systemd|launchd|init|x?inetd|svchost)/;

/** The process that newer sshd have for a login, and only until it. */
const AUTH = 'sshd-auth';

/** Titles of sshd for a session before its login; netstat cuts them. */
const BEFORE = /^sshd(?:-session|-auth)?: (?:\[a|\[n|\S{1,32} \[(?:n|pa|pre))|^sshd-auth$/;

/** Those of users who have logged in. */
const AFTER = /^sshd(?:-session)?: [^@\s]{1,32}@/;

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
  needs: { states: [State.Established, State.TimeWait] },
  culprit: 'remote',
  find(context) {
    const waiting = notLoggedIn(context);
    return [
      waiting.length >= context.thresholds.sshSessions
        ? ofTitles(context, waiting)
        : ofClosed(context),
    ];
  },
});
type Context = RuleContext<'sshSessions'>;

/** Sessions of public addresses that have not logged in, as their processes tell. */
function notLoggedIn({ index }: Context): Uint32Array {
  const titles = titlesOf(index);
  return where(
    index.rowsIn(State.Established),
    row => (titles.has(index.owners.of(row)) || hasAuth(index, row)) && isPublicRemote(index, row),
  );
}

/** Whether one of the processes that have a session is there for its login only. */
function hasAuth({ files }: SnapshotIndex, row: number): boolean {
  return files.owners.get(row)?.some(({ process }) => process === AUTH) === true;
}

function ofTitles(context: Context, rows: Uint32Array): Draft {
  const { index, thresholds } = context;
  const titles = titlesOf(index);
  const guessed = rows.filter(row => titles.get(index.owners.of(row)) === 'guess').length;
  const remotes = context.remotes(rows);
  const isGuessing = guessed >= rows.length * GUESSED;
  // Each of a few addresses has many at once, and no user of theirs has logged in.
  const areFew = remotes.total * PER_ADDRESS <= rows.length && !areKnown(index, rows);
  const isMany = rows.length >= thresholds.sshSessions * 4;
  return {
    subject: 'ssh',
    severity: (isGuessing || areFew) && isMany ? 'warning' : 'info',
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
        ...(guessed > 0 ? [context.evidence(context.say(TEXTS.guessed, { count: guessed }))] : []),
        ...context.examples(rows),
      ],
      confirm: lookInLog(context),
      remedy: isGuessing || (areFew && isMany) ? [context.say(TEXTS.remedy)] : [],
      alternatives: [context.say(TEXTS.logins)],
      caveats: context.caveats({ time: true }),
    }),
  };
}

/** Whether some address of sessions before their login has another one behind it. */
function areKnown(index: SnapshotIndex, rows: Uint32Array): boolean {
  const { localPort, remoteAddress } = index.table;
  const addresses = new Set(Array.from(rows, row => index.plainAddress(remoteAddress[row]!)));
  const before = new Set(rows);
  const port = localPort[rows[0]!];
  return index
    .rowsIn(State.Established)
    .some(
      row =>
        localPort[row] === port &&
        !before.has(row) &&
        addresses.has(index.plainAddress(remoteAddress[row]!)),
    );
}

/** What only closed connections show: addresses that have had many within a minute. */
function ofClosed(context: Context): Draft | undefined {
  const { index, thresholds } = context;
  const { localPort, remoteAddress, state } = index.table;
  const ports = portsOf(context);
  const sessions = where(
    index.rowsBetween(State.Established, State.Closed),
    row =>
      ports.has(localPort[row]!) &&
      (state[row] === State.Established || state[row] === State.TimeWait) &&
      isPublicRemote(index, row),
  );
  const isClosed = (row: number): boolean => state[row] === State.TimeWait;
  const isKnown = (row: number): boolean => AFTER.test(context.ownerOf(row)?.process ?? '');
  const byAddress = groupBy(sessions, row => index.plainAddress(remoteAddress[row]!));
  const quick = [...byAddress]
    .map(([, own]) => own)
    .filter(own => {
      const closed = own.filter(isClosed).length;
      return closed >= thresholds.sshSessions && closed * 2 >= own.length && !own.some(isKnown);
    });
  const rows = ascending(union(quick));
  if (rows.length < thresholds.sshSessions * 4) {
    return undefined;
  }
  const isStrong = quick.length > 1 && rows.length >= thresholds.sshSessions * VERY_MANY;
  const remotes = context.remotes(rows);
  const closed = rows.filter(isClosed).length;
  return {
    subject: 'ssh',
    severity: isStrong ? 'warning' : 'info',
    confidence: 'low',
    rows,
    remote: onlyRemote(remotes),
    describe: () => ({
      title: context.say(TEXTS.closed, {
        remote: context.remoteText(remotes),
        open: rows.length - closed,
        closed,
      }),
      why: [context.say(TEXTS.closedWhy)],
      evidence: context.examples(rows),
      confirm: lookInLog(context),
      remedy: isStrong ? [context.say(TEXTS.remedy)] : [],
      alternatives: [context.say(TEXTS.logins)],
      caveats: context.caveats({ time: true }),
    }),
  };
}

/** Ports that sshd listens on: 22 also where it is not shown who does. */
function portsOf(context: Context): ReadonlySet<number> {
  const { index } = context;
  const ports = new Set([SSH]);
  for (const row of index.rowsIn(State.Listen)) {
    const port = index.table.localPort[row]!;
    const process = context.ownerOf(row)?.process ?? null;
    if (process?.startsWith('sshd') === true) {
      ports.add(port);
    } else if (port === SSH && process !== null && !SUPERSERVER.test(process)) {
      ports.delete(port);
    }
  }
  return ports;
}

function lookInLog(context: Context): Confirmation[] {
  return context.system === 'linux'
    ? [context.check(TEXTS.log, 'journalctl -t sshd -t sshd-session --since -10min')]
    : [];
}

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
