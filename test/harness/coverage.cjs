// Counts which branches of the core the tests take, for scripts/coverage.mjs: mocha --require this.
// V8 counts in the process that runs the tests; the code that it runs is kept, since positions are
// in what tsx makes of the source.

const fs = require('node:fs');
const { Session } = require('node:inspector');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const root = path.join(__dirname, '../..');
const core = path.join(root, 'src/core') + path.sep;
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

/** By file. */
const code = new Map();
const compile = Module.prototype._compile;
Module.prototype._compile = function (text, file, ...rest) {
  if (file.startsWith(core)) code.set(file, text);
  return compile.call(this, text, file, ...rest);
};

ask('Profiler.enable');
ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

exports.mochaHooks = {
  afterAll() {
    const counts = new Map(
      ask('Profiler.takePreciseCoverage').result.map(({ url, functions }) => [url, functions]),
    );
    const files = [...code].map(([file, text]) => {
      const functions = counts.get(file) ?? counts.get(pathToFileURL(file).href);
      return { file, code: text, functions };
    });
    fs.mkdirSync(path.dirname(result), { recursive: true });
    fs.writeFileSync(result, JSON.stringify(files));
  },
};
