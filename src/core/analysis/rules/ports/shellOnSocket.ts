import { groupBy, where } from '../../../index/grouping';
import { isShell } from '../../../knowledge/children';
import { NONE } from '../../../model/row';
import type { Owner } from '../../../model/socket';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { each, rule } from '../../kit/rule';
import { onlyRemote, type RuleContext } from '../../kit/ruleContext';
import { lookAtProcess, SUSPECT_TEXTS } from '../../kit/suspects';

const TEXTS = {
  title: say(
    '{program} is a shell whose input and output are a connection to {remote}',
    'general-practice',
  ),
  why: say(
    'Descriptors 0, 1, and 2 of the shell are this one socket, which no service here has accepted. The peer can type commands: a reverse shell of an intruder looks like this.',
    'general-practice',
  ),
  meant: say(
    'An administrator, or a test of security, may have started it on purpose (`nc -e`, `socat`).',
    'general-practice',
  ),
};

/** Standard input, output and errors. */
const STANDARD = [0, 1, 2];

export const shellOnSocket = rule({
  code: 'BDR-2',
  id: 'shell-on-socket',
  title: label('A shell whose input and output are a connection'),
  needs: { states: [State.Established, State.CloseWait], pids: true },
  find(context) {
    const { index } = context;
    const shells = new Map<number, Owner>();
    const rows = where(index.rowsBetween(State.Established, State.Closed), row => {
      const shell = shellOf(index.files.owners.get(row) ?? []);
      if (shell === undefined || !isOpenedHere(context, row)) {
        return false;
      }
      shells.set(row, shell);
      return true;
    });
    const byPid = groupBy(rows, row => shells.get(row)!.pid ?? NONE);
    return each(byPid, ([pid, own]) => {
      const owner = shells.get(own[0]!)!;
      const remotes = context.remotes(own);
      return {
        subject: `pid ${pid}`,
        severity: 'warning',
        confidence: 'medium',
        rows: own,
        owner,
        remote: onlyRemote(remotes),
        // The port alone says less, and that a shell does not close is no mistake of its own.
        explains: { rows: [own], symptoms: ['BDR-1', 'CW-1', 'CW-2', 'CW-4', 'CW-6'] },
        describe: () => ({
          title: context.say(TEXTS.title, {
            program: context.program(owner),
            remote: context.remoteText(remotes),
          }),
          why: [context.say(TEXTS.why)],
          evidence: context.examples(own),
          confirm: lookAtProcess(context, owner.pid),
          remedy: [context.say(SUSPECT_TEXTS.find)],
          alternatives: [context.say(TEXTS.meant)],
        }),
      };
    });
  },
});

/** The shell that has a socket as its input and output; undefined where none has. */
function shellOf(holders: readonly Owner[]): Owner | undefined {
  return holders.find(
    holder =>
      isShell(holder) &&
      STANDARD.every(fd => holders.some(one => one.pid === holder.pid && one.fd === fd)),
  );
}

/**
 * Whether a connection to another host was opened here: inetd and its like give what they accept to
 * scripts in the same way.
 */
function isOpenedHere({ index }: RuleContext, row: number): boolean {
  return !index.isHere(row) && index.roleOf(row) === 'client';
}
