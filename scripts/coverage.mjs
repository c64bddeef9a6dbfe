// Says how much of the core the tests have taken, by file, after they ran with
// test/harness/coverage.cjs (npm run coverage), and fails where that is too little. What is missing
// is shown line by line in out/coverage/index.html.

import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { parse } from 'acorn';
import { convert } from 'ast-v8-to-istanbul';
import coverage from 'istanbul-lib-coverage';
import report from 'istanbul-lib-report';
import reports from 'istanbul-reports';

/** Percent of the branches: both ways of each `if`, `?:`, `&&`, `||`, `??`, and each `case`. */
const LEAST = 95;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'out/coverage');
const core = path.join(root, 'src/core') + path.sep;

const coverageMap = coverage.createCoverageMap();
for (const counted of JSON.parse(await readFile(path.join(folder, 'counts.json'), 'utf8'))) {
  const file = fileURLToPath(counted.url);
  const code = await readFile(file, 'utf8');
  const sourceMap = JSON.parse(await readFile(`${file}.map`, 'utf8'));
  const map = new SourceMap(sourceMap);
  coverageMap.merge(
    await convert({
      code,
      sourceMap,
      coverage: counted,
      ast: parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true }),
      // What esbuild adds to a module comes from no line of it.
      ignoreNode: ({ loc }) =>
        map.findEntry(loc.start.line - 1, loc.start.column).originalLine === undefined,
    }),
  );
}
coverageMap.filter(file => file.startsWith(core));

const context = report.createContext({ dir: folder, coverageMap });
reports.create('html').execute(context);
reports.create('text', { skipFull: true }).execute(context);

const { pct } = coverageMap.getCoverageSummary().branches;
console.log(`\n${pct} % of the core's branches were taken; ${LEAST} % have to be.`);
if (!(pct >= LEAST)) process.exitCode = 1;
