import type { Rule } from '../ruleContext';
import { closeWaitLeak } from './closeWaitLeak';

/**
 * Every rule. Where several say the same of the same owner with the same weight, the first of
 * them speaks.
 */
export const rules: readonly Rule[] = [closeWaitLeak];
