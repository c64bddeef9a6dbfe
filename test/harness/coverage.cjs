// Counts which branches of the core the tests take, for scripts/coverage.mjs: mocha --require this.
// V8 counts in the process that runs the tests, which are bundled.

const fs = require('node:fs');
const { Session } = require('node:inspector');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const root = path.join(__dirname, '../..');
const bundles = pathToFileURL(path.join(root, 'out/tests')).href;
const result = path.join(root, 'out/coverage/counts.json');

const session = new Session();
session.connect();

/** The inspector of the own process answers at once. */
function ask(method, parameters) {
  let answer;
  session.post(method, parameters, (error, value) => {
    if (error) throw new Error(error.message);
    answer = value;
  });
  return answer;
}

ask('Profiler.enable');
ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

exports.mochaHooks = {
  afterAll() {
    const counted = ask('Profiler.takePreciseCoverage').result;
    fs.mkdirSync(path.dirname(result), { recursive: true });
    fs.writeFileSync(result, JSON.stringify(counted.filter(({ url }) => url.startsWith(bundles))));
  },
};
