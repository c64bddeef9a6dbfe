import path from 'node:path';

/** The project's folder. */
export const projectFolder = path.resolve(__dirname, '../..');

/** Where VS Code and a browser are kept between runs. */
export const cacheFolder = path.resolve(
  process.env['NETSTAT_LENS_CACHE'] ?? path.join(projectFolder, '.cache'),
);
