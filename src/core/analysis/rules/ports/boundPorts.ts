import { label, say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import { FINDING_TEXTS } from '../../kit/findingTexts';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { groupBy } from '../../../index/grouping';
import { boundAlone, showsConnections } from '../../kit/boundAlone';
import { on, WINDOWS } from '../../../knowledge/advice';
import { systemKnowledge } from '../../../knowledge/systems';

const TEXTS = {
  title: say(
    '{program} holds {count} bound ports that it neither listens on nor connects from',
    'ms-port-exhaustion',
  ),
  likely: say('{program} may hold {count} bound ports without a connection', 'ms-port-exhaustion'),
  why: say(
    'A BOUND socket has taken a port and neither listens nor is connected. So many of one program are most likely sockets that it opened and never closed.',
    'ms-port-exhaustion',
  ),
  share: say(
    'Bound ports of {program}: their number equals {percent}% of the ports for outgoing connections ({range} by default).',
    'ms-port-exhaustion',
  ),
  look: say(
    'Run this now and again in a minute. A number that only grows is a leak.',
    'ms-get-nettcpconnection',
  ),
  remedy: say(
    'In the program, close each socket on every path, also when connecting fails.',
    'ms-port-exhaustion',
  ),
  handles: say(
    'The handle count of the process grows with its sockets. `Get-Process` shows it.',
    'ms-port-exhaustion',
  ),
  twins: say(
    'The dump lists no connections, and each outgoing connection has its port once more as BOUND.',
    'ms-port-exhaustion',
  ),
};

export const boundPorts = rule({
  code: 'BND-1',
  id: 'bound-ports',
  title: label('Many bound ports without a connection'),
  thresholds: {
    boundWarning: threshold.sockets(
      500,
      'Report a warning from this many BOUND sockets of one program without a connection.',
    ),
    boundError: threshold.sockets(
      8000,
      'Report an error from this many BOUND sockets of one program without a connection.',
    ),
  },
  needs: { states: [State.Bound] },
  find(context) {
    const { index, thresholds } = context;
    if (index.counts[State.Bound]! < Math.min(thresholds.boundWarning, thresholds.boundError)) {
      return [];
    }
    const sure = showsConnections(index) && !context.isFiltered;
    const range = systemKnowledge(context.system)?.ephemeral ?? null;
    return each(
      groupBy(boundAlone(index), row => index.owners.of(row)),
      ([number, own]) => {
        if (own.length < thresholds.boundWarning && own.length < thresholds.boundError) {
          return undefined;
        }
        const { owner, program, subject } = context.holder(number);
        const severity = own.length >= thresholds.boundError ? 'error' : 'warning';
        return {
          cause: 'ports',
          subject,
          // Whether twins or not, so many take most of the host's ports.
          severity: sure ? severity : severity === 'error' ? 'warning' : 'info',
          confidence: owner === null || !sure ? 'low' : 'medium',
          rows: own,
          owner,
          describe: () => ({
            title: context.say(sure ? TEXTS.title : TEXTS.likely, { program, count: own.length }),
            why: [context.say(TEXTS.why)],
            evidence: [
              ...(range === null
                ? []
                : [
                    context.evidence(
                      context.say(TEXTS.share, {
                        program,
                        percent: Math.round((own.length * 100) / (range[1] - range[0] + 1)),
                        range: `${range[0]}–${range[1]}`,
                      }),
                    ),
                  ]),
              ...context.examples(own),
            ],
            confirm: [context.check(TEXTS.look, listState(context.system, 'BOUND', owner))],
            remedy: context.advise(
              FINDING_TEXTS.freePorts,
              FINDING_TEXTS.update,
              TEXTS.remedy,
              on(WINDOWS, TEXTS.handles),
            ),
            alternatives: sure ? [] : [context.say(TEXTS.twins)],
            caveats: context.caveats({ owner, time: true }),
          }),
        };
      },
    );
  },
});
