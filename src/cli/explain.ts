import { noContext } from '../core/explain/context';
import { plainText } from '../core/explain/explanationText';
import { explainState } from '../core/explain/state';
import { Localizer } from '../core/wording/text';
import type { TcpState } from '../core/vocabulary/state';

/** What `netstat-lens explain` prints: everything known of a state, on all systems. */
export function explanationOf(state: TcpState): string {
  const localizer = new Localizer();
  return `${plainText(explainState(state, noContext, localizer), 'full', localizer)}\n`;
}
