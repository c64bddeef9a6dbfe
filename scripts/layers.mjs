// Cuts a program for VS Code's extension hosts into files that are loaded when they are needed and
// share their modules.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { build as bundle } from 'esbuild';

/**
 * Gives each module of `layers` a file of its own name, beside the build's entries. Each layer
 * imports those before it, so that a module is in the file of the first layer that needs it. An
 * entry named in `whole` holds the first layer, too, and exports what that exports to later ones.
 *
 * Extension hosts load CommonJS, but esbuild splits ES modules only, and names what it splits off
 * by itself: so what belongs to a layer is put together and translated in a second step.
 */
export function layered(layers, whole) {
  const names = layers.map(file => path.parse(file).name);
  return {
    name: 'layered',
    setup(build) {
      const options = build.initialOptions;
      const { absWorkingDir, entryPoints, outdir, sourcemap, write = true } = options;
      const entries = entryPoints.map(file => path.parse(file).name);
      Object.assign(options, {
        entryPoints: [
          ...entryPoints.map((file, i) => ({ in: file, out: entries[i] })),
          ...names.map(name => ({ in: `layer:${name}`, out: name })),
        ],
        format: 'esm',
        metafile: true,
        sourcemap: sourcemap ? 'inline' : false,
        splitting: true,
        write: false,
      });

      build.onResolve({ filter: /^layer:/ }, ({ path: layer }) => ({
        path: layer.slice('layer:'.length),
        namespace: 'layer',
      }));
      build.onLoad({ filter: /.*/, namespace: 'layer' }, ({ path: name }) => {
        const at = names.indexOf(name);
        const own = `export * from './${layers[at]}';`;
        const before = at > 0 ? `import 'layer:${names[at - 1]}';` : '';
        return { contents: own + before, resolveDir: absWorkingDir };
      });

      build.onEnd(async result => {
        if (result.errors.length > 0) return;
        const split = new Split(result, path.join(absWorkingDir, outdir), names);
        const made = await Promise.all(
          [...entries, ...names].map(name => {
            const chunk = split.chunkOf(name === whole ? names[0] : name);
            return split.file(name, chunk, options);
          }),
        );
        const others = result.outputFiles.filter(file => !file.path.endsWith('.js'));
        result.outputFiles = [...made, ...others];
        if (write) {
          await mkdir(path.join(absWorkingDir, outdir), { recursive: true });
          await Promise.all(result.outputFiles.map(file => writeFile(file.path, file.contents)));
        }
      });
    },
  };
}

/** What esbuild has split. */
class Split {
  constructor({ metafile, outputFiles }, folder, names) {
    this.folder = folder;
    this.texts = new Map(outputFiles.map(file => [path.basename(file.path), file.text]));
    this.outputs = new Map(
      Object.entries(metafile.outputs).map(([file, output]) => [path.basename(file), output]),
    );
    /** The first layer that needs a chunk. */
    this.layerOf = new Map();
    for (const name of names) {
      const own = this.outputs
        .get(`${name}.js`)
        .imports.map(({ path: file }) => path.basename(file))
        .filter(file => this.texts.has(file) && !this.isHelper(file) && !this.layerOf.has(file));
      // What they export to each other has names of one letter, the same in each.
      if (own.length > 1) throw new Error(`an entry and ${name} share what no layer before needs`);
      for (const chunk of own) this.layerOf.set(chunk, name);
    }
  }

  /** Whether a chunk holds nothing of the program: it may exist twice. */
  isHelper(chunk) {
    const inputs = Object.keys(this.outputs.get(chunk)?.inputs ?? {});
    return inputs.every(input => input.startsWith('layer:'));
  }

  chunkOf(name) {
    return [...this.layerOf.keys()].find(chunk => this.layerOf.get(chunk) === name);
  }

  /** A file with its chunk, as CommonJS that requires the others. */
  async file(name, chunk, { charset, legalComments, minify, sourcemap, target }) {
    const entry = `${name}.js`;
    const own = this.outputs.get(entry).exports;
    const { outputFiles } = await bundle({
      stdin: {
        contents: [
          `export { ${own.join()} } from './${entry}';`,
          chunk === undefined ? '' : `export * from './${chunk}';`,
        ].join('\n'),
      },
      bundle: true,
      charset,
      format: 'cjs',
      legalComments,
      logLevel: 'silent',
      minify,
      outfile: path.join(this.folder, entry),
      sourcemap,
      target,
      write: false,
      plugins: [
        {
          name: 'split',
          setup: build => {
            build.onResolve({ filter: /.*/ }, ({ path: file }) => {
              const other = path.basename(file);
              const known = file.startsWith('./') && this.texts.has(other);
              if (known && (other === entry || other === chunk || this.isHelper(other))) {
                return { path: path.join(this.folder, other), namespace: 'split' };
              }
              const layer = this.layerOf.get(other);
              return { path: layer === undefined ? file : `./${layer}.js`, external: true };
            });
            build.onLoad({ filter: /.*/, namespace: 'split' }, ({ path: file }) => ({
              contents: this.texts.get(path.basename(file)),
            }));
          },
        },
      ],
    });
    return outputFiles[0];
  }
}
