// Mocha's usual report, and the counts and failures for scripts/test.mjs. (Mocha takes CommonJS
// only here.)

const { writeFileSync } = require('node:fs');

const { reporters } = require('mocha');

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    // A test that passes at the second attempt is told all the same.
    runner.on('retry', (test, error) => {
      console.log(`  again: ${test.titlePath().join(' › ')}\n${error.stack ?? error}`);
    });
    runner.once('end', () => {
      const file = process.env.NETSTAT_LENS_COUNTS;
      if (!file) return;
      const { passes, failures, pending } = this.stats;
      const failedTests = this.failures.map(test => ({
        title: test.titlePath().join(' › '),
        error: String(test.err?.message ?? test.err),
      }));
      writeFileSync(
        file,
        JSON.stringify({ passed: passes, failed: failures, pending, failedTests }),
      );
    });
  }
};
