import { closeWaitSituations } from './closeWait';
import { closingSituations } from './closing';
import { openSituations } from './open';
import { openingSituations } from './opening';
import type { Situation } from './situation';

/** Every situation; of the main ones of a state the order decides. */
export const situations: readonly Situation[] = [
  ...openingSituations,
  ...openSituations,
  ...closingSituations,
  ...closeWaitSituations,
];
