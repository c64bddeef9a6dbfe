// The stages of `npm test`, and what of them a command line asks for.

import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = path.join(root, 'node_modules');

const reporter = ['--reporter', './test/harness/mocha-reporter.cjs'];
const mocha = (...args) => [path.join(modules, 'mocha/bin/mocha.js'), ...reporter, ...args];
const suite = (...args) => ['--import', 'tsx', 'test/harness/run-suite.ts', ...args];

/**
 * In the order in which they are begun. `tests` are the folders of test/ whose files a stage runs;
 * a stage without any counts only when it fails. `after` is a stage that must be done before.
 * `args` gets what `choose` returns, and as `spec` the stage's own files, or a pattern for them.
 */
export const stages = [
  {
    name: 'build',
    title: 'Build',
    // A whole run tests what is shipped; who runs single tests wants to read where they fail.
    args: ({ whole, files }) => [
      'esbuild.config.mjs',
      ...(whole ? ['--production'] : []),
      files.length > 0 ? `--tests=${files.join(',')}` : '--tests',
    ],
  },
  {
    name: 'core',
    title: 'Core, CLI, grammar',
    // Those that start processes first: it takes long when there is much in memory.
    tests: ['cli', 'node', 'core', 'grammar', 'shared'],
    // Alone it has all processors, and one more at work while tests wait for programs; beside another
    // stage, one.
    args: ({ chosen, files, covered, spec, options }) => [
      // Dumps live for long: in young memory of the usual size they are copied many times.
      ...['--enable-source-maps', '--max-semi-space-size=32', 'scripts/bundled-tests.mjs'],
      ...reporter,
      ...(covered ? ['--require', './test/harness/coverage.cjs'] : []),
      ...(chosen.length === 1 && files.length === 0
        ? ['--parallel', `--jobs=${os.availableParallelism() + 1}`]
        : []),
      ...spec,
      ...options,
    ],
  },
  {
    name: 'types',
    title: 'Types',
    args: () => [path.join(modules, 'typescript/bin/tsc'), '-b'],
  },
  {
    name: 'project',
    title: 'What the project says of itself',
    tests: ['project'],
    // CONTRIBUTING's test goes on from what the compiler leaves.
    after: 'types',
    args: ({ spec, options }) => mocha(...spec, ...options),
  },
  {
    name: 'node',
    title: 'VS Code, Node host',
    tests: ['extension'],
    after: 'build',
    args: ({ options }) => suite('node', ...options),
  },
  {
    name: 'web',
    title: 'VS Code, web worker host',
    tests: ['extension'],
    after: 'build',
    args: ({ options }) => suite('web', ...options),
  },
  { name: 'lint', title: 'Lint and formatting', args: () => ['scripts/lint.mjs'] },
  {
    name: 'ui',
    title: "VS Code's window",
    tests: ['ui'],
    after: 'build',
    args: ({ spec, options }) => mocha('--config', 'test/ui/.mocharc.json', ...spec, ...options),
  },
  {
    name: 'panel',
    title: "The panel's page",
    tests: ['panel'],
    args: ({ spec, options }) => mocha(...spec, ...options),
  },
  {
    name: 'npm',
    title: 'The npm package',
    tests: ['npm'],
    args: ({ spec, options }) => mocha(...spec, ...options),
  },
  {
    name: 'coverage',
    title: 'Coverage of the core',
    after: 'core',
    args: () => ['scripts/coverage.mjs'],
  },
];

/** The folder of test/ that a file is in. */
function folderOf(file) {
  const [top, folder] = path.relative(root, path.resolve(file)).split(path.sep);
  return top === 'test' ? folder : undefined;
}

/** The stages that run a file: the named ones that can, or else the first one. */
function stagesOf(file, named) {
  const able = stages.filter(({ tests = [] }) => tests.includes(folderOf(file)));
  const wanted = able.filter(({ name }) => named.includes(name));
  return wanted.length > 0 ? wanted : able.slice(0, 1);
}

/**
 * Reads a command line: names of stages, files, and from the first `--option` on what their runner
 * is told. Files run in the stage that their folder says, whatever stage is named beside them.
 */
export function choose(args) {
  const end = args.findIndex(arg => arg.startsWith('-'));
  const words = end < 0 ? args : args.slice(0, end);
  const options = end < 0 ? [] : args.slice(end);
  const named = words.filter(word => stages.some(({ name }) => name === word));
  const files = words
    .filter(word => !named.includes(word))
    .map(word => path.relative(root, path.resolve(word)).replaceAll(path.sep, '/'));
  const lost = files.filter(
    file => !existsSync(path.join(root, file)) || !stagesOf(file, named)[0],
  );
  if (lost.length > 0) {
    throw new Error(
      `Neither a stage nor a file of tests: ${lost.join(', ')}. ` +
        `Stages: ${stages.map(({ name }) => name).join(', ')}.`,
    );
  }
  const wanted = new Set(
    files.length > 0
      ? files.flatMap(file => stagesOf(file, named).map(({ name }) => name))
      : named.length > 0
        ? named
        : stages.map(({ name }) => name),
  );
  for (const { name, after } of stages) {
    if (after !== undefined && wanted.has(name)) wanted.add(after);
  }
  const chosen = stages.filter(({ name }) => wanted.has(name));
  const whole = words.length === 0;
  const covered = wanted.has('coverage');
  return { chosen, named, files, options, whole, covered };
}

/** The arguments of Node with which a stage does what was chosen. */
export function argumentsOf({ name, tests = [], args }, choice) {
  const own = choice.files.filter(file =>
    stagesOf(file, choice.named).some(one => one.name === name),
  );
  const all = tests.map(folder => `test/${folder}/**/*.test.ts`);
  return args({ ...choice, spec: own.length > 0 ? own : all });
}
