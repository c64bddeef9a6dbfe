import { noContext } from '../core/explain/context';
import { plainText } from '../core/explain/plainText';
import { explainState } from '../core/explain/state';
import { Teller } from '../core/explain/text';
import type { TcpState } from '../core/model/state';

/** What `netstat-lens explain` prints: everything known of a state, on all systems. */
export function explanationOf(state: TcpState): string {
  const teller = new Teller();
  return `${plainText(explainState(state, noContext, teller), 'full', teller)}\n`;
}
