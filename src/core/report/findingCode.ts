import type { Finding, RuleCode } from '../analysis/finding';
import { type CodeSearch, codeSearch, type CodeTopic } from '../knowledge/codeSearch';

/** What the code of a finding's program may do wrong; rules without one are no matter of code. */
const TOPICS: Readonly<Partial<Record<RuleCode, CodeTopic>>> = {
  'CW-1': 'open',
  'CW-2': 'open',
  'CW-3': 'open',
  'CW-4': 'open',
  'CW-6': 'open',
  'CW-7': 'open',
  'PAIR-1': 'open',
  'PAIR-2': 'open',
  'PAIR-4': 'open',
  'F2-2': 'open',
  'CLD-1': 'open',
  'BND-1': 'open',
  'RQ-1': 'open',
  'UDP-2': 'open',
  'UDP-3': 'open',
  'TW-1': 'open',
  'TW-3': 'open',
  'CW-5': 'accept',
  'LQ-1': 'accept',
  'CT-1': 'accept',
  'KA-1': 'timeout',
  'KA-2': 'timeout',
  'KA-3': 'timeout',
  'PAIR-3': 'timeout',
  'SS-1': 'timeout',
};

/** What to look for in the code that a finding is about; null if it is no matter of code. */
export function findingCode({ code, owner }: Finding): CodeSearch | null {
  const topic = TOPICS[code];
  return topic === undefined ? null : codeSearch(topic, owner?.process ?? null);
}
