import { EVENT_TEXTS, type Transition, TRANSITION_LABELS } from '../knowledge/transitions';
import type { Explanation } from './explanation';
import { simple } from './fields/simple';
import type { Localizer } from '../wording/text';

/** Explains a transition of the state diagram. */
export function explainTransition(transition: Transition, localizer: Localizer): Explanation {
  const { from, to, event, action } = transition;
  const text = EVENT_TEXTS[event];
  const segments = /snd (\S+)$/.exec(action)?.[1];
  return simple(localizer.format(TRANSITION_LABELS.title, { from, to, event }), [
    ...(text === undefined ? [] : [localizer.say(text)]),
    ...(segments === undefined ? [] : [localizer.format(TRANSITION_LABELS.sends, { segments })]),
  ]);
}
