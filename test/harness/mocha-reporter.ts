import { reporters, type MochaOptions, type Runner } from 'mocha';

import { saveCounts } from './results';

/** Mocha's usual report, and the counts for scripts/test.mjs. */
export default class CountingReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      saveCounts({ passed: passes, failed: failures, pending });
    });
  }
}
