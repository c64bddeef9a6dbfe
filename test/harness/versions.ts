/**
 * The versions of VS Code that the tests run in: the only place that names them.
 *
 * code-server is VS Code's own server as an npm package; 4.x.y of it is VS Code 1.x.y.
 * To try another version once, set the environment variable of the entry to it, or to "latest".
 */
export const codeServerVersions = {
  /** The oldest VS Code that the extension supports (`engines.vscode`). */
  oldest: { version: '4.100.3', override: 'NETSTAT_LENS_OLDEST_CODE_SERVER' },
  /** The newest one known to work here. */
  newest: { version: '4.139.1', override: 'NETSTAT_LENS_NEWEST_CODE_SERVER' },
} as const;

export type VSCodeAge = keyof typeof codeServerVersions;

/** The Node.js that a server needs is taken from npm when the running one has another major. */
export const nodeVersions: Readonly<Record<string, string>> = { 20: '20', 22: '22', 24: '24.21.0' };
