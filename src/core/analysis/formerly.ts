import { programText } from '../explain/facts';
import type { OwnerIdentity } from '../index/owners';
import type { Dump } from '../reading/dump';
import { label, say } from '../wording/statement';
import { type Localizer, reworded, type Text } from '../wording/text';
import { type Finding, isAtLeast, type Severity } from './finding';
import type { Hosts } from './hosts/hosts';

/** Who had sockets of a finding in an earlier snapshot. */
export interface Former {
  readonly owner: OwnerIdentity;
  readonly severity: Severity;
  /** How many of them, in which snapshot, and up to which one they were followed. */
  readonly count: number;
  readonly snapshot: number;
  readonly until: number;
}

const TEXTS = {
  title: label('{finding} (in snapshot {snapshot}: {program})'),
  other: say(
    'Snapshot {snapshot} lists {count} of these sockets with {program}. Snapshot {until} lists them with another process: both may hold them.',
    'measured',
    'general-practice',
  ),
  hidden: say(
    'Snapshot {snapshot} lists {count} of these sockets with {program}. Snapshot {until} does not show their process.',
    'general-practice',
  ),
};

/**
 * A finding with those who had its sockets before. Where it has no owner itself, and one of them
 * had most, that one is named, and it is as grave as it was then.
 */
export function withFormers(
  finding: Finding,
  formers: readonly Former[],
  { table }: Dump,
  hosts: Hosts,
  localizer: Localizer,
): Finding {
  const { owner, title, severity, evidence } = finding;
  const others = formers.filter(former => former.owner.pid !== owner?.pid);
  const [only] = others;
  const isOfSeveral = owner === null && table.ownersOf(finding.rows[0]!).length > 0;
  if (only === undefined || isOfSeveral) {
    return finding;
  }
  const texts = others.map(former =>
    localizer.say(owner === null ? TEXTS.hidden : TEXTS.other, {
      count: former.count,
      program: nameOf(former, localizer),
      snapshot: hosts.place(former.snapshot) + 1,
      until: hosts.place(former.until) + 1,
    }),
  );
  const told = {
    ...finding,
    evidence: [...texts.map(text => ({ text, row: null, line: null })), ...evidence],
  };
  return owner !== null || others.length > 1 || only.count * 2 < finding.rows.length
    ? told
    : {
        ...told,
        severity: graver(severity, only.severity),
        title: reworded(
          title,
          localizer.format(TEXTS.title, {
            finding: { ...title, verbatim: true },
            program: nameOf(only, localizer),
            snapshot: hosts.place(only.snapshot) + 1,
          }),
        ),
      };
}

function nameOf({ owner }: Former, localizer: Localizer): Text {
  return programText([{ ...owner, fd: null }], localizer);
}

function graver(one: Severity, other: Severity): Severity {
  return isAtLeast(one, other) ? one : other;
}
