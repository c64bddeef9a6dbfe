import {
  excludedPortsArguments,
  type ExcludedRange,
  readExcludedPorts,
} from '../core/knowledge/excludedPorts';
import { decodeBytes } from '../core/reading/input/encoding';
import type { Machine } from './capturer';

/** The ranges of ports that a Windows has reserved; null where they cannot be listed. */
export async function listExcludedPorts(
  machine: Pick<Machine, 'platform' | 'find' | 'run'>,
  transport: 'tcp' | 'udp',
  signal?: AbortSignal,
): Promise<ExcludedRange[] | null> {
  const file = machine.platform === 'win32' ? await machine.find('netsh.exe') : undefined;
  if (file === undefined) {
    return null;
  }
  const outcome = await machine.run(file, excludedPortsArguments(transport), signal);
  return outcome.kind === 'done' && outcome.status === 0
    ? readExcludedPorts(decodeBytes(outcome.output).text)
    : null;
}
