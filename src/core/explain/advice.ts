import { type Advice, adviceOn, UNIX } from '../knowledge/advice';
import { systemName } from '../knowledge/systems';
import { label } from '../wording/statement';
import type { Localizer, Text } from '../wording/text';
import type { ExplainContext } from './context';

const LABELS = {
  adviceFor: label('**{name}**: {advice}'),
};

/** Headings that explanations of several kinds have. */
export const SECTIONS = {
  advice: label('How to fix it'),
  myths: label('Common misconceptions'),
  spellings: label('Other spellings and codes'),
};

/**
 * What holds on the system of a context; without one everything, with the names of the systems
 * that it holds for.
 */
export function texts(
  all: readonly Advice[],
  context: ExplainContext | null,
  localizer: Localizer,
): Text[] {
  return context === null
    ? all.map(one => onAll(one, localizer))
    : adviceOn(context.system, all).map(text => localizer.say(text));
}

function onAll(advice: Advice, localizer: Localizer): Text {
  if (!('systems' in advice)) {
    return localizer.say(advice);
  }
  const names =
    advice.systems === UNIX
      ? ['Unix']
      : advice.systems.filter(id => id !== 'android').map(systemName);
  return labelled(names.join(', '), localizer.say(advice.text), localizer);
}

/** Advice with the name of what it is for. */
export function labelled(name: string, advice: Text, localizer: Localizer): Text {
  return localizer.format(LABELS.adviceFor, { name, advice });
}
