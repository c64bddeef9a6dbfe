import { systemKnowledge } from '../../knowledge/systems';
import type { Text } from '../../wording/text';
import { settingOf } from './counting/counters';
import { FINDING_TEXTS } from './findingTexts';
import type { RuleContext } from './ruleContext';
import { threshold } from './threshold';

/** The part of the ports that a system gives out which is too much. */
export const PORT_THRESHOLDS = {
  portsWarning: threshold.percent(
    50,
    'Report a warning when this percentage of the ports for outgoing connections is in use.',
  ),
  portsError: threshold.percent(
    80,
    'Report an error when this percentage of the ports for outgoing connections is in use.',
  ),
};

/** The ports that a system gives out to those who ask for none in particular. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
  /** Whether the dump shows the range; else it is the default one. */
  readonly shown: boolean;
}

/** The range of a protocol; null on systems whose default is not known. Linux has one for both. */
export function portRange(context: RuleContext, protocol: 'tcp' | 'udp'): PortRange | null {
  const shown = shownRange(context, protocol);
  const range = shown ?? systemKnowledge(context.system)?.ephemeral;
  return range ? { first: range[0], last: range[1], shown: shown !== null } : null;
}

/** The first and the last port as the dump shows them; null where it does not. */
function shownRange(
  context: RuleContext,
  protocol: 'tcp' | 'udp',
): readonly [first: number, last: number] | null {
  const setting = (name: string): number => settingOf(context, name) ?? NaN;
  const [first, last] = context.index.linux
    ? [setting('SysctlIpLocalPortRangeFirst'), setting('SysctlIpLocalPortRangeLast')]
    : context.system === 'windows' && protocol === 'tcp'
      ? [
          setting('NetshTcpPortsFirst'),
          setting('NetshTcpPortsFirst') + setting('NetshTcpPortsCount') - 1,
        ]
      : [NaN, NaN];
  return first <= last ? [first, last] : null;
}

/** That the default range is assumed, where the dump does not show it. */
export function assumedRange(context: RuleContext, { first, last, shown }: PortRange): Text[] {
  return shown ? [] : [context.say(FINDING_TEXTS.portRange, { range: `${first}–${last}` })];
}
