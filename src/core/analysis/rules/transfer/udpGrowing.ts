import { groupBy, NO_ROWS, where } from '../../../index/grouping';
import { subjectOfHolder } from '../../../index/holder';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { checkDescriptors, descriptorLimit } from '../../kit/growing/commonLimits';
import { Courses } from '../../kit/growing/courses';
import { course } from '../../kit/growing/growth';
import { isSteadyRise, Rises, type Rising, weightOf } from '../../kit/growing/rises';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { isUdp, UDP_TEXTS } from '../../kit/udp';

/** UDP sockets of one program from which on their number is followed. */
const FOLLOWED = 10;

const TEXTS = {
  title: say(
    '{program} has more and more UDP sockets: {first}, then {count} in {snapshots} snapshots',
    'general-practice',
  ),
};

export const udpGrowing = rule({
  code: 'UDP-3',
  id: 'udp-growing',
  title: label('UDP sockets that only grow in number'),
  thresholds: {
    udpAdded: threshold.sockets(
      30,
      'Report UDP sockets that only grow in number from this many added ones.',
    ),
  },
  needs: { states: [State.None], time: true },
  find(context) {
    const { history, index, thresholds } = context;
    const { streams, rises } = COURSES.to(context);
    if (!history.hosts.isLast(index.number)) {
      // What fills up looks the same until its number stays.
      return [];
    }
    const all = history.hosts.of(index.number).snapshots;
    return each(streams, ({ key, holder, rows, served }) => {
      const rise = rises.get(key);
      if (rise === undefined || !isSteadyRise(rise, served, thresholds.udpAdded)) {
        return undefined;
      }
      const seconds = history.secondsBetween(all[rise.places[0]!]!, index.number);
      const weight = weightOf(rise, seconds);
      if (weight === null) {
        return undefined;
      }
      const { owner, program, subject } = context.holder(holder);
      const count = rows.length;
      return {
        cause: 'udp-sockets',
        subject,
        severity: weight === 'much' ? 'warning' : 'info',
        confidence: seconds === null || weight === 'soon' ? 'low' : 'medium',
        rows,
        owner,
        describe: () => {
          const { growth, texts } = course(
            context,
            rise.places.map(place => all[place]!),
            (_, i) => rise.counts[i]!,
            {
              limit: descriptorLimit(context, owner, Math.max(count, index.owners.count(holder))),
            },
          );
          return {
            title: context.say(TEXTS.title, {
              program,
              first: rise.counts[0]!,
              count,
              snapshots: rise.places.length,
            }),
            why: [context.say(UDP_TEXTS.why)],
            evidence: [...texts.map(text => context.evidence(text)), ...context.examples(rows)],
            confirm: [
              context.check(UDP_TEXTS.again, null),
              ...checkDescriptors(context, owner?.pid ?? null),
            ],
            alternatives: [context.say(UDP_TEXTS.normal)],
            caveats: context.caveats({ owner, time: true }),
            growth,
          };
        },
      };
    });
  },
});

interface Stream extends Rising {
  readonly holder: number;
}

const COURSES = new Courses(history => new Rises(history, streamsOf));

/** The UDP sockets of each program; null where none are listed. */
function streamsOf(index: SnapshotIndex): Stream[] | null {
  const rows = index.hasFlows ? NO_ROWS : where(index.rowsIn(State.None), row => isUdp(index, row));
  if (rows.length === 0) {
    return null;
  }
  const byOwner = groupBy(
    where(rows, row => index.owners.of(row) !== NONE),
    row => index.owners.of(row),
  );
  return Array.from(byOwner.withAtLeast(FOLLOWED), ([holder, own]) => ({
    key: subjectOfHolder(index, holder),
    holder,
    rows: own,
    served: 0,
  }));
}
