import type { Dump } from '../reading/dump';
import { CONFIDENCES, type Finding, type RuleCode, SEVERITIES } from './finding';

/** Rules whose findings are cured elsewhere: at the peer, or on the path to it. */
const ELSEWHERE: ReadonlySet<RuleCode> = new Set<RuleCode>(['F1-1', 'RT-1', 'KA-2']);

/** Rules about how a host is set up: what goes wrong right now comes first. */
const STANDING: ReadonlySet<RuleCode> = new Set<RuleCode>(['EXP-1', 'DUP-1']);

/** The most urgent first; what this host can fix before what it cannot. */
export function byUrgency({ table }: Dump): (a: Finding, b: Finding) => number {
  return (a, b) =>
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    Number(STANDING.has(a.code)) - Number(STANDING.has(b.code)) ||
    Number(isElsewhere(a)) - Number(isElsewhere(b)) ||
    CONFIDENCES.indexOf(b.confidence) - CONFIDENCES.indexOf(a.confidence) ||
    b.rows.length - a.rows.length ||
    table.line[a.rows[0]!]! - table.line[b.rows[0]!]!;
}

function isElsewhere({ code }: Finding): boolean {
  return ELSEWHERE.has(code);
}
