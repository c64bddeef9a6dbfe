/**
 * Runs the suite of test/extension in desktop VS Code: in the one that VSCODE_EXECUTABLE names,
 * or in the oldest supported version, which is downloaded from VS Code's update server.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { runTests } from '@vscode/test-electron';

import { cleanUp, temporaryFolder } from './cleanup';
import { projectFolder } from './paths';
import { codeServerVersions } from './versions';
import { copySamples } from './workspace';

async function main(): Promise<void> {
  const executable = process.env['VSCODE_EXECUTABLE'] ?? '';
  // Version 4.x.y of code-server is VS Code 1.x.y.
  const version = codeServerVersions.oldest.version.replace(/^4/, '1');
  const workspace = path.join(temporaryFolder(), 'workspace');
  const userData = path.join(temporaryFolder(), 'user-data');
  await mkdir(workspace);
  await copySamples(workspace);
  await runTests({
    ...(executable === '' ? { version } : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: projectFolder,
    extensionTestsPath: path.join(projectFolder, 'out/extension-suite/node.js'),
    extensionTestsEnv: { NETSTAT_LENS_SUITE_OUTPUT: 'text' },
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
      `--user-data-dir=${userData}`,
    ],
  });
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.error('Name a desktop VS Code in VSCODE_EXECUTABLE if none can be downloaded.');
    process.exitCode = 1;
  })
  .finally(cleanUp)
  .finally(() => process.exit());
