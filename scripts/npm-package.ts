// Makes the npm package in a folder of its own: the core as a library with its types, and the
// command line. In the project's package.json there can be no `files`, which vsce refuses beside
// .vscodeignore, and the package needs nothing that the extension has.
//
//   node --import tsx scripts/npm-package.ts      (into out/npm)

import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { generateDtsBundle } from 'dts-bundle-generator';
import { build } from 'esbuild';

import { bundle } from './bundles.mjs';
import { noticesOf, packagesIn } from './notices';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LIBRARY = 'src/library/index.ts';

/** Parts of the project's package.json. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly keywords: readonly string[];
}

/** Writes the package's files into a folder, which is emptied first. */
export async function makeNpmPackage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writePrograms(folder);
  await writeFile(path.join(folder, 'index.d.ts'), types());
  await writeFile(path.join(folder, 'package.json'), await manifest());
  await writeReference(folder);
  await cp(path.join(ROOT, 'docs/npm.md'), path.join(folder, 'README.md'));
  await cp(path.join(ROOT, 'LICENSE'), path.join(folder, 'LICENSE'));
}

/** Library and command line, with what both need in files that both import. */
async function writePrograms(folder: string): Promise<void> {
  const { metafile } = await build({
    ...bundle({ entry: LIBRARY, outfile: undefined, format: 'esm' }, true),
    entryPoints: { index: LIBRARY, cli: 'src/cli/main.ts' },
    outdir: folder,
    splitting: true,
    platform: 'node',
    target: 'node20',
    // Who bundles it makes it small; who debugs it wants to read it.
    minify: false,
    metafile: true,
  });
  const cli = path.join(folder, 'cli.js');
  await writeFile(cli, `#!/usr/bin/env node\n${await readFile(cli, 'utf8')}`);
  await chmod(cli, 0o755);
  await writeFile(
    path.join(folder, 'ThirdPartyNotices.txt'),
    await noticesOf(packagesIn(metafile)),
  );
}

/** All types of the library in one file, rolled up from the declarations that tsc makes. */
function types(): string {
  run('typescript/bin/tsc', '-b', 'tsconfig/library.json');
  const [text = ''] = generateDtsBundle(
    [
      {
        filePath: path.join(ROOT, 'out/types/src/library/index.d.ts'),
        output: { noBanner: true, exportReferencedTypes: false, respectPreserveConstEnum: true },
      },
    ],
    { preferredConfigPath: path.join(ROOT, 'tsconfig/library.json') },
  );
  return text;
}

/** API.md, from what index.d.ts says. */
async function writeReference(folder: string): Promise<void> {
  const stage = await mkdtemp(path.join(os.tmpdir(), 'netstat-lens-api-'));
  try {
    const entry = path.join(folder, 'index.d.ts');
    const tsconfig = path.join(stage, 'tsconfig.json');
    await writeFile(
      tsconfig,
      JSON.stringify({ compilerOptions: { target: 'es2022', types: [] }, files: [entry] }),
    );
    const options = path.join(stage, 'typedoc.json');
    await writeFile(
      options,
      JSON.stringify({
        name: 'netstat-lens',
        entryPoints: [entry],
        tsconfig,
        plugin: ['typedoc-plugin-markdown'],
        outputs: [{ name: 'markdown', path: stage }],
        router: 'module',
        entryFileName: 'API',
        readme: 'none',
        sort: ['source-order'],
        // Whose keys SourceId are; `sources` has them.
        intentionallyNotExported: ['TABLE'],
        disableSources: true,
        hideBreadcrumbs: true,
        hidePageHeader: true,
        logLevel: 'Warn',
        treatWarningsAsErrors: true,
      }),
    );
    run('typedoc/bin/typedoc', '--options', options);
    await rename(path.join(stage, 'API.md'), path.join(folder, 'API.md'));
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** Runs a development dependency's program. */
function run(program: string, ...args: string[]): void {
  const file = path.join(ROOT, 'node_modules', program);
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`${program} failed`);
  }
}

async function manifest(): Promise<string> {
  const read = async <T>(file: string): Promise<T> =>
    JSON.parse(await readFile(path.join(ROOT, file), 'utf8')) as T;
  const { name, version, license, engines, keywords } = await read<Manifest>('package.json');
  const { description } = await read<{ description: string }>('package.nls.json');
  const own = {
    name,
    version,
    description,
    keywords,
    license,
    type: 'module',
    engines: { node: engines.node },
    bin: { [name]: 'cli.js' },
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './package.json': './package.json',
    },
    sideEffects: false,
  };
  return `${JSON.stringify(own, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  void makeNpmPackage(path.join(ROOT, 'out/npm'));
}
