// Cuts a program for VS Code's extension hosts into files that are loaded when they are needed and
// share their modules.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { transform } from 'esbuild';

/**
 * Gives each module of `layers` a file of its own name, beside the build's entries. Every layer
 * imports those before it, so that each module is in the file of the first layer that needs it.
 * Extension hosts load CommonJS, but esbuild splits ES modules only: files are translated in the end.
 */
export function layered(layers) {
  const names = layers.map(file => path.parse(file).name);
  return {
    name: 'layered',
    setup(build) {
      const options = build.initialOptions;
      const { absWorkingDir, entryPoints, outdir, sourcemap, write = true } = options;
      Object.assign(options, {
        entryPoints: [
          ...entryPoints.map(file => ({ in: file, out: path.parse(file).name })),
          ...names.map(name => ({ in: `layer:${name}`, out: name })),
        ],
        chunkNames: 'shared-[hash]',
        format: 'esm',
        splitting: true,
        sourcemap: sourcemap ? 'inline' : false,
        write: false,
      });

      build.onResolve({ filter: /^layer:/ }, ({ path: layer }) => ({
        path: layer.slice('layer:'.length),
        namespace: 'layer',
      }));
      build.onLoad({ filter: /.*/, namespace: 'layer' }, ({ path: name }) => {
        const at = names.indexOf(name);
        const own = `export * from './${layers[at]}';`;
        const before = at > 0 ? `export * as before from 'layer:${names[at - 1]}';` : '';
        return { contents: own + before, resolveDir: absWorkingDir };
      });

      build.onEnd(async ({ errors, outputFiles }) => {
        if (errors.length > 0) return;
        for (const file of outputFiles.filter(one => one.path.endsWith('.js'))) {
          file.contents = new TextEncoder().encode(await commonJs(file, options));
        }
        if (write) {
          await mkdir(path.join(absWorkingDir, outdir), { recursive: true });
          await Promise.all(outputFiles.map(file => writeFile(file.path, file.contents)));
        }
      });
    },
  };
}

async function commonJs(file, { charset, legalComments, minify, sourcemap, target }) {
  const { code } = await transform(file.text, {
    charset,
    format: 'cjs',
    legalComments,
    minify,
    sourcefile: path.basename(file.path),
    sourcemap,
    target,
  });
  return code;
}
