import type { ErrorMessage, Shortage } from '../reading/around/errorMessage';
import type { Dump } from '../reading/dump';
import type { Localizer } from '../wording/text';
import { codesOf, type Finding, type RuleCode } from './finding';
import { mayBeOne } from '../index/owners';
import type { SnapshotIndex } from '../index/snapshotIndex';
import type { Hosts } from './hosts/hosts';
import { isOfMoment, messageEvidence, messagesAround, programName } from './kit/counting/messages';

/** What a shortage speaks for: it is no finding by itself. */
const SUPPORTED: Readonly<Record<Shortage, readonly RuleCode[]>> = {
  descriptors: ['CW-1', 'CW-2', 'CW-3', 'CW-4', 'CW-5', 'CW-6', 'LQ-1', 'CLD-1'],
  addresses: ['TW-1', 'BND-1'],
  synFlood: ['SR-1'],
  tcpMemory: ['CT-7', 'CT-24'],
  conntrack: ['CT-27', 'SS-1'],
  // Rules of their own tell of them.
  inUse: [],
  refused: [],
};

/** Shortages of the host, which whatever it explains has in common. */
const OF_HOST: ReadonlySet<Shortage> = new Set(['tcpMemory', 'conntrack']);

/**
 * Findings with the first message that speaks for each. One that names no program may be of any, so
 * that it must be of one only.
 */
export function withMessages(
  findings: readonly Finding[],
  dump: Dump,
  hosts: Hosts,
  index: (snapshot: number) => SnapshotIndex,
  localizer: Localizer,
): readonly Finding[] {
  const messages = messagesAround(dump, hosts);
  if (messages.length === 0) {
    return findings;
  }
  const told = new Map<Finding, ErrorMessage>();
  for (const message of messages) {
    const supported = findings.filter(
      finding =>
        finding.severity !== 'info' &&
        codesOf(finding).some(code => SUPPORTED[message.shortage].includes(code)) &&
        isAbout(message, finding, dump.table) &&
        isOfMoment(message, index(finding.snapshot)),
    );
    if (supported.length === 1 || OF_HOST.has(message.shortage)) {
      supported.forEach(finding => told.set(finding, told.get(finding) ?? message));
    }
  }
  return findings.map(finding => {
    const message = told.get(finding);
    return message === undefined
      ? finding
      : {
          ...finding,
          evidence: [messageEvidence(message, localizer), ...finding.evidence],
        };
  });
}

/** Whether a finding is about the program or port that a message names. */
function isAbout(
  { port, program, pid, shortage, target }: ErrorMessage,
  { owner, remote, rows }: Finding,
  { localPort }: Dump['table'],
): boolean {
  if (shortage === 'synFlood') {
    return port !== null && rows.some(row => localPort[row] === port);
  }
  if (target !== null && remote !== null) {
    return target === remote;
  }
  // Ports in TIME_WAIT have no program, and are missing to all.
  const isOfAll = shortage === 'addresses' && owner === null;
  if (OF_HOST.has(shortage) || program === null || isOfAll) {
    return true;
  }
  const process = owner?.process ?? null;
  return (
    process !== null &&
    mayBeOne(process, programName(program)) &&
    (pid === null || owner!.pid === null || pid === owner!.pid)
  );
}
