// Says how much of the core the tests have taken, by file, after they ran with
// test/harness/coverage.cjs (npm run coverage), and fails where that is too little. What is missing
// is shown line by line in out/coverage/index.html.

import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { parse } from 'acorn';
import { convert } from 'ast-v8-to-istanbul';
import coverage from 'istanbul-lib-coverage';
import report from 'istanbul-lib-report';
import reports from 'istanbul-reports';

/** Percent of the branches: both ways of each `if`, `?:`, `&&`, `||`, `??`, and each `case`. */
const LEAST = 95;

const folder = fileURLToPath(new URL('../out/coverage', import.meta.url));
const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;

const files = JSON.parse(await readFile(path.join(folder, 'counts.json'), 'utf8'));
const coverageMap = coverage.createCoverageMap();
for (const { file, code, functions } of files) {
  const [, encoded] = INLINE_MAP.exec(code) ?? [];
  if (encoded === undefined || functions === undefined) throw new Error(`not counted: ${file}`);
  const sourceMap = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  const map = new SourceMap(sourceMap);
  coverageMap.merge(
    await convert({
      code,
      sourceMap,
      coverage: { url: pathToFileURL(file).href, functions },
      ast: parse(code, { ecmaVersion: 'latest', sourceType: 'script', locations: true }),
      // What esbuild adds to a module comes from no line of it.
      ignoreNode: node =>
        isExportsList(node) ||
        map.findEntry(node.loc.start.line - 1, node.loc.start.column).originalLine === undefined,
    }),
  );
}

const context = report.createContext({ dir: folder, coverageMap });
reports.create('html').execute(context);
reports.create('text', { skipFull: true }).execute(context);

const { pct } = coverageMap.getCoverageSummary().branches;
console.log(`\n${pct} % of the core's branches were taken; ${LEAST} % have to be.`);
if (!(pct >= LEAST)) process.exitCode = 1;

/** `0 && (module.exports = { … })`, by which Node finds the names without running the module. */
function isExportsList({ type, left }) {
  return type === 'LogicalExpression' && left.type === 'Literal' && left.value === 0;
}
