import type { Advice } from '../../../knowledge/advice';
import { say, type Statement } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { confirmGrowth, counterCaveats, type Moved, movedIn } from './counters';
import type { Draft } from '../draft';
import { type Rule, rule } from '../rule';
import type { RuleContext } from '../ruleContext';

const TEXTS = {
  share: say('That is {percent}% of {all} in the same time.', 'linux-snmp-counter', 'rfc4022'),
};

/** What counters say by growing. */
interface Growth extends Pick<Draft, 'confidence' | 'severity' | 'subject'> {
  readonly counters: readonly string[];
  /** Others that are shown where they grew as well. */
  readonly beside?: readonly string[];
  /** Of what they count a part; up to so many percent, or of very few, it is information. */
  readonly of?: { readonly counters: readonly string[]; readonly percent: number };
  readonly says: Statement<'count'>;
  readonly why?: Advice;
  /** Where to look further. */
  readonly look?: { readonly text: Advice; readonly command: string };
  readonly remedy?: Advice;
  /** What looks the same and is none. */
  readonly innocent?: Advice;
}

/** A rule on counters that say all that there is to say by growing. */
export function growthRule<const Code extends string, const Id extends string>(
  head: Pick<Rule<Code, Id, never>, 'code' | 'id' | 'title'>,
  ...growths: readonly Growth[]
): Rule<Code, Id, never> {
  return rule({
    ...head,
    needs: { counters: true, time: true },
    find(context) {
      const moved = movedIn(context);
      return moved === null
        ? []
        : growths
            .filter(({ counters }) => moved.by(...counters) > 0)
            .map(growth => grown(context, moved, growth));
    },
  });
}

/** What there is to say of counters that grew. */
export function grown(context: RuleContext, moved: Moved, growth: Growth): Draft {
  const { counters, beside = [], of, confidence, subject, says, why, look, remedy } = growth;
  const count = moved.by(...counters);
  const share = of === undefined ? null : moved.share(count, ...of.counters);
  const isFew = of !== undefined && (share === null || share <= of.percent);
  return onCounters(context, moved, [...counters, ...beside], {
    subject,
    severity: isFew ? 'info' : growth.severity,
    confidence,
    rows: [],
    describe: () => ({
      title: context.say(says, { count }),
      why: advised(context, why),
      evidence:
        of === undefined || share === null
          ? []
          : [
              context.evidence(
                context.say(TEXTS.share, {
                  percent: Number(share.toFixed(1)),
                  all: moved.by(...of.counters),
                }),
              ),
            ],
      confirm:
        look === undefined
          ? []
          : advised(context, look.text).map(text => ({ text, command: look.command })),
      remedy: advised(context, remedy),
      alternatives: advised(context, growth.innocent),
    }),
  });
}

/** Adds to a draft that rests on counters how they grew, how to check it, and what they leave out. */
export function onCounters(
  context: RuleContext,
  moved: Moved,
  counters: readonly string[],
  { describe, ...draft }: Draft,
): Draft {
  return {
    ...draft,
    describe: () => {
      const own = describe();
      return {
        ...own,
        evidence: [...moved.evidence(context, ...counters), ...(own.evidence ?? [])],
        confirm: [
          ...(own.confirm ?? []),
          ...confirmGrowth(context, ...counters.filter(name => moved.knows(name))),
        ],
        caveats: [...(own.caveats ?? []), ...counterCaveats(context)],
      };
    },
  };
}

function advised(context: RuleContext, advice: Advice | undefined): Text[] {
  return advice === undefined ? [] : context.advise(advice);
}
