import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import {
  confirmGrowth,
  counterCaveats,
  movedIn,
  onlyOnce,
  totalEvidence,
  totalOf,
} from '../../kit/counting/counters';
import type { Draft } from '../../kit/draft';
import { onCounters } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';
import { routeTable } from '../../kit/unanswered/routes';
import type { RuleContext } from '../../kit/ruleContext';

const NO_ROUTES = 'IpOutNoRoutes';

/** Since boot: a few are of the time before the network was up. */
const ENOUGH = 20;

const TEXTS = {
  none: say('This host has no default route; packets without a route: {count}', 'measured'),
  some: say('Packets to some addresses found no route: {count}', 'measured'),
  why: say(
    'connect() and sendto() failed at once with ENETUNREACH: nothing was sent, and no socket shows it.',
    'measured',
  ),
  which: say(
    'Counters do not say to where: programs log it as "Network is unreachable".',
    'errno.3',
  ),
  remedy: say(
    'Set a default route, or start what sets it: DHCP, a VPN, the network of the container.',
    'general-practice',
  ),
  meant: say(
    'Hosts and containers may be meant to reach their own network only; then find out which program tries others.',
    'general-practice',
  ),
};

export const sentWithoutRoute = rule({
  code: 'RO-2',
  id: 'counter-no-route',
  title: label('Counters show packets for which no route was found'),
  needs: { counters: true },
  find(context) {
    const moved = movedIn(context);
    const count = moved?.by(NO_ROUTES) ?? 0;
    const isMissing = routeTable(context.index).hasDefault === false;
    if (moved === null || count <= 0) {
      return isMissing ? sinceBoot(context) : [];
    }
    return [
      onCounters(context, moved, [NO_ROUTES], {
        subject: 'routes',
        severity: isMissing ? 'warning' : 'info',
        confidence: 'high',
        rows: [],
        describe: () => ({
          title: context.say(isMissing ? TEXTS.none : TEXTS.some, { count }),
          why: context.advise(on(LINUX, TEXTS.why)),
          remedy: isMissing ? [context.say(TEXTS.remedy)] : [],
          alternatives: isMissing ? [context.say(TEXTS.meant)] : [],
          caveats: context.advise(on(LINUX, TEXTS.which)),
        }),
      }),
    ];
  },
});

function sinceBoot(context: RuleContext): Draft[] {
  const counter = totalOf(context, NO_ROUTES);
  return counter === undefined || counter.value < ENOUGH
    ? []
    : [
        {
          subject: 'routes',
          severity: 'info',
          confidence: 'medium',
          rows: [],
          describe: () => ({
            title: context.say(TEXTS.none, { count: counter.value }),
            why: context.advise(on(LINUX, TEXTS.why)),
            evidence: [totalEvidence(context, counter)],
            confirm: confirmGrowth(context, NO_ROUTES),
            remedy: [context.say(TEXTS.remedy)],
            alternatives: [context.say(TEXTS.meant)],
            caveats: [
              onlyOnce(context),
              ...context.advise(on(LINUX, TEXTS.which)),
              ...counterCaveats(context),
            ],
          }),
        },
      ];
}
