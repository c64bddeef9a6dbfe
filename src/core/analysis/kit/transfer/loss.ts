import { say } from '../../../wording/statement';

/* What there is to say of segments that get lost on a path, by whatever it shows. */

/** Percent of what was sent from which on a path is worth a warning: judgment, no standard has it. */
export const LOSSY = 3;

/** What connections that send much again have in common, and where loss is usual. */
export const { remedy: COMMON_PATH, wireless: WIRELESS } = {
  remedy: say(
    'Look for what the connections that send again have in common: a network, a link, a tunnel with a smaller MTU.',
    'general-practice',
  ),
  wireless: say('On Wi-Fi and mobile networks 1 to 2% are usual.', 'general-practice'),
};
