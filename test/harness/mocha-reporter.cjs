// Mocha's usual report, and the counts for scripts/test.mjs. (Mocha takes CommonJS only here.)

const { writeFileSync } = require('node:fs');

const { reporters } = require('mocha');

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env.NETSTAT_LENS_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, pending }));
    });
  }
};
