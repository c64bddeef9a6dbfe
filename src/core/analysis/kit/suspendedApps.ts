import type { OwnerIdentity } from '../../index/owners';
import type { Arg, Text } from '../../wording/text';
import { say } from '../../wording/statement';
import type { RuleContext } from './ruleContext';

/**
 * Programs of Store apps and of the shell that Windows stops while they are not in front, lower
 * case. Microsoft has no list of them: the behavior is documented, the names are those of the apps
 * that come with Windows 10 and 11.
 */
const SUSPENDED: ReadonlySet<string> = new Set([
  'calculatorapp',
  'cortana',
  'gamebar',
  'hxcalendarappimm',
  'hxoutlook',
  'hxtsr',
  'microsoft.photos',
  'phoneexperiencehost',
  'photos',
  'searchapp',
  'searchhost',
  'searchui',
  'startmenuexperiencehost',
  'systemsettings',
  'video.ui',
  'winstore.app',
  'yourphone',
]);

const TEXT = say(
  'Windows can suspend {program} while it is not in front. A suspended program closes nothing until it runs again.',
  'ms-app-lifecycle',
);

/** Whether Windows may have suspended a program, so that it cannot close anything now. */
export function isSuspendable({ system }: RuleContext, owner: OwnerIdentity | null): boolean {
  const name = owner?.process ?? null;
  return (
    system === 'windows' && name !== null && SUSPENDED.has(name.toLowerCase().replace(/\.exe$/, ''))
  );
}

/** What there is to say of a program that {@link isSuspendable}. */
export function suspendedText(context: RuleContext, program: Arg): Text {
  return context.say(TEXT, { program });
}
