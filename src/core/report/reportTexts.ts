import { label } from '../wording/statement';
import { WORDS } from '../wording/words';

export const REPORT_TEXTS = {
  nothing: label('No problems found.'),
  nothingRead: label('No problems found in what could be read.'),
  noRule: label('No finding for {codes}.'),
  fix: WORDS.fix,
  check: WORDS.check,
  proof: WORDS.proof,
  or: label('Or'),
  but: label('But'),
  left: label('Left'),
  why: label('Reason'),
  also: label('Also'),
  source: label('Source'),
  states: label('States'),
  byRule: label('{count} more, by rule:'),
  moreRules: label('and from other rules ({rules}): {count}'),
  otherStates: label('{n} in other states'),
  all: label('`{all}` shows all {count}, `{rule}` those of one rule.'),
  explain: label('Reasons and sources: `{command}`'),
};

export const BADGES = {
  error: label('ERROR'),
  warning: label('WARNING'),
  info: label('INFO'),
};
