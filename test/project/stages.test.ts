/* What `npm test` runs, and what it runs when it is told a file. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { argumentsOf, choose, stages } from '../../scripts/stages.mjs';
import { projectFolder } from '../harness/paths';

const names = (...args: string[]): string[] => choose(args).chosen.map(({ name }) => name);

/** What the runners of the chosen stages are told, by stage. */
function told(...args: string[]): Record<string, string[]> {
  const choice = choose(args);
  return Object.fromEntries(
    choice.chosen.map(stage => [
      stage.name,
      argumentsOf(stage, choice).filter(argument => /^test\/.*\*|\.test\.ts|-g/.test(argument)),
    ]),
  );
}

describe('stages of tests', () => {
  it('run all tests but those of npm run fuzz', () => {
    const folders = readdirSync(path.join(projectFolder, 'test'), { recursive: true })
      .map(String)
      .filter(file => file.endsWith('.test.ts'))
      .map(file => file.split(path.sep)[0] ?? '');
    const run = new Set(stages.flatMap(({ tests = [] }) => tests));
    assert.deepEqual(
      [...new Set(folders)].filter(folder => !run.has(folder)),
      ['fuzz'],
    );
    assert.deepEqual(
      names(),
      stages.map(({ name }) => name),
    );
  });

  it('are chosen by name, with what they need', () => {
    assert.deepEqual(names('core'), ['core']);
    assert.deepEqual(names('core', 'node'), ['build', 'core', 'node']);
    assert.deepEqual(told('core'), {
      core: ['cli', 'node', 'core', 'grammar', 'shared'].map(name => `test/${name}/**/*.test.ts`),
    });
  });

  it('are chosen by the folders of files', () => {
    const core = 'test/core/wording/statements.test.ts';
    const page = 'test/panel/time.test.ts';
    assert.deepEqual(told(core), { core: [core] });
    assert.deepEqual(told(path.join(projectFolder, core), page), { core: [core], panel: [page] });
    assert.deepEqual(told('test/ui/vsix.test.ts')['ui'], ['test/ui/vsix.test.ts']);
  });

  it('are those of the files where both are named', () => {
    const page = 'test/panel/time.test.ts';
    assert.deepEqual(told('core', page), { panel: [page] });
    const hover = 'test/extension/hover.test.ts';
    assert.deepEqual(names(hover), ['build', 'node']);
    const both = [hover, 'test/extension/detect.test.ts'];
    assert.deepEqual(told('web', ...both), { build: [`--tests=${both.join(',')}`], web: [] });
  });

  it('pass options on', () => {
    assert.deepEqual(told('panel', '-g', 'keyboard'), { panel: ['test/panel/**/*.test.ts', '-g'] });
    assert.equal(argumentsOf(stages[1]!, choose(['core', '-g', 'a'])).at(-1), 'a');
  });

  it('give the core all processors where it is alone', () => {
    const isParallel = (...args: string[]): boolean =>
      argumentsOf(stages[1]!, choose(args)).includes('--parallel');
    assert.ok(isParallel('core'));
    assert.ok(!isParallel('core', 'node'));
    assert.ok(!isParallel('test/core/hostile.test.ts'));
  });

  it('refuse what is neither', () => {
    for (const word of ['cores', 'test/core/none.test.ts', 'README.md', 'test/harness/ui.ts']) {
      assert.throws(() => choose([word]), /Neither a stage nor a file of tests/, word);
    }
  });
});
