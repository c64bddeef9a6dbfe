import type { ErrorMessage, Shortage } from '../../../reading/around/errorMessage';
import { mayBeOne } from '../../../index/owners';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { getOrAdd } from '../../../model/maps';
import { NONE } from '../../../model/row';
import { DAY, millisecondsApart } from '../../../reading/around/timestamps';
import type { Dump } from '../../../reading/dump';
import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import type { Localizer } from '../../../wording/text';
import type { Hosts } from '../../hosts/hosts';
import type { Evidence } from '../draft';
import type { RuleContext } from '../ruleContext';

const TEXTS = {
  line: say('Line {line} has a message that fits this: "{words}".', 'general-practice'),
};

/** Messages around the sockets; none of several hosts or files, as it is not known whose they are. */
export function messagesAround(dump: Dump, hosts: Hosts): readonly ErrorMessage[] {
  return getOrAdd(known, dump, () =>
    hosts.several || dump.snapshots.some(({ source }) => source !== null) ? [] : dump.messages,
  );
}

const known = new WeakMap<Dump, readonly ErrorMessage[]>();

/** Those that name one shortage, and can be of the moment of a rule's snapshot. */
export function messagesOf(
  { history, index }: RuleContext,
  shortage: Shortage,
): readonly ErrorMessage[] {
  return messagesAround(index.dump, history.hosts).filter(
    message => message.shortage === shortage && isOfMoment(message, index),
  );
}

/** Whether a message can be of about the moment of a listing, whatever its zone, and who says it. */
export function isOfMoment(message: ErrorMessage, index: SnapshotIndex): boolean {
  const apart = millisecondsApart(message, index.snapshot);
  return (apart === null || apart <= DAY) && !isOfFormer(message, index);
}

/**
 * Whether a process says it that is not listed, though the one process of its name is: of a server
 * that listens only, workers need not be listed.
 */
function isOfFormer({ program, pid }: ErrorMessage, index: SnapshotIndex): boolean {
  const { owners, showsPids, snapshot, table } = index;
  if (program === null || pid === null || !showsPids || snapshot.unprivileged) {
    return false;
  }
  const name = programName(program);
  const alike = Array.from({ length: owners.size }, (_, owner) => owner).filter(owner => {
    const { process } = owners.get(owner);
    return process !== null && mayBeOne(process, name);
  });
  const [only = NONE] = alike;
  return (
    alike.length === 1 &&
    owners.get(only).pid !== null &&
    owners.get(only).pid !== pid &&
    some(index, row => owners.of(row) === only && table.state[row] !== State.Listen)
  );
}

/** The name of a program in a message, without its path. */
export function programName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}

function some({ snapshot }: SnapshotIndex, holds: (row: number) => boolean): boolean {
  for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
    if (holds(row)) {
      return true;
    }
  }
  return false;
}

/** A message, with its line. */
export function messageEvidence({ line, words }: ErrorMessage, localizer: Localizer): Evidence {
  return { text: localizer.say(TEXTS.line, { line: line + 1, words }), row: null, line };
}
