import { dumpContext } from '../../../src/core/explain/dumpContext';
import type { Explanation } from '../../../src/core/explain/explanation';
import { explainAt } from '../../../src/core/explain/explain';
import { explainRowState } from '../../../src/core/explain/state';
import { plain, Localizer } from '../../../src/core/wording/text';
import { runToEnd } from '../../../src/core/model/task';
import { readDump } from '../../../src/core/reading/reader';

export const localizer = new Localizer();

/** Header of `netstat -antopee` on Linux. */
export const NETSTAT_HEADER =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer\n';

/** The explanation of the state of the last socket in a dump. */
export function stateOf(text: string): Explanation {
  const dump = readDump(text);
  const socket = dump.table.socket(dump.table.length - 1);
  if (socket.state === null) {
    throw new Error(`no state in ${text}`);
  }
  return explainRowState(
    socket,
    socket.state,
    runToEnd(dumpContext(dump, socket.index)),
    localizer,
  );
}

/** The explanation of what stands at the first place of `token` in the last line; null for none. */
export function tokenOf(text: string, token: string, lineNumber?: number): Explanation | null {
  const dump = readDump(text);
  const lines = text.split('\n');
  const line = lineNumber ?? lines.length - 1;
  const character = lines[line]?.indexOf(token) ?? -1;
  if (character === -1) {
    throw new Error(`no ${token} in ${lines[line] ?? ''}`);
  }
  return explainAt(dump, line, character, n => lines[n] ?? '', localizer)?.explanation ?? null;
}

/** Title, lead and evidence of an explanation, a line each. */
export function said(explanation: Explanation | null): string {
  return explanation === null
    ? ''
    : [explanation.title, ...explanation.lead, ...explanation.evidence].map(plain).join('\n');
}
