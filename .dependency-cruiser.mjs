import { builtinModules } from 'node:module';

/**
 * The structure of src: each folder, what it is for, and which others it may import, for types and
 * values alike. `npm run lint` checks it; `npm run generate` draws the table in CONTRIBUTING.md and
 * the picture in docs/architecture.md from it. A folder may import only folders that stand above
 * it, so there can be no circle. `imports` names folders, or `core` for all of it.
 */
export const folders = [
  {
    folder: 'core/vocabulary',
    what: 'the words that tools print (states, protocols, timers, headers), and addresses',
    imports: [],
    packages: ['ipaddr.js'],
  },
  {
    folder: 'core/wording',
    what: 'how texts for people are made: statements, their sources, units, visible characters',
    imports: ['core/vocabulary'],
    packages: ['ipaddr.js'],
  },
  {
    folder: 'core/model',
    what: 'sockets and snapshots: the columnar table, formats, work in steps',
    imports: ['core/vocabulary', 'core/wording'],
  },
  {
    folder: 'core/knowledge',
    what: 'what is known of TCP and its systems, each statement with its source',
    imports: ['core/vocabulary', 'core/wording'],
  },
  {
    folder: 'core/grammar',
    what: 'what the parts of the TextMate grammar are made of; in no bundle',
    imports: ['core/vocabulary', 'core/knowledge'],
  },
  {
    folder: 'core/parsing',
    what: 'what a dump format is written with: its contract, lines, words, endpoints',
    imports: ['core/vocabulary', 'core/model'],
  },
  {
    folder: 'core/dialects',
    what: 'one file for each dump format, its grammar or that of its family beside it, and their list',
    imports: [
      'core/wording',
      'core/vocabulary',
      'core/model',
      'core/knowledge',
      'core/grammar',
      'core/parsing',
    ],
  },
  {
    folder: 'core/statistics',
    what: 'one file for each format of counters (`netstat -s`), its grammar beside it, and their list',
    imports: ['core/vocabulary', 'core/model', 'core/grammar', 'core/parsing'],
  },
  {
    folder: 'core/reading',
    what: 'from text to dump: encodings, what stands around rows, snapshots',
    imports: ['core/vocabulary', 'core/model', 'core/parsing', 'core/dialects', 'core/statistics'],
  },
  {
    folder: 'core/query',
    what: "the panel's filter language",
    imports: ['core/vocabulary', 'core/model'],
    packages: ['ipaddr.js'],
  },
  {
    folder: 'core/index',
    what: 'indexes of a snapshot: by state, owner, remote, listener, connection',
    imports: ['core/vocabulary', 'core/model', 'core/reading', 'core/knowledge'],
  },
  {
    folder: 'core/explain',
    what: 'what to say of a token and its row: hovers',
    imports: [
      'core/vocabulary',
      'core/wording',
      'core/model',
      'core/reading',
      'core/knowledge',
      'core/index',
    ],
  },
  {
    folder: 'core/analysis',
    what: 'findings: one file for each rule, their list, and what weighs and merges them',
    imports: [
      'core/vocabulary',
      'core/wording',
      'core/model',
      'core/dialects',
      'core/reading',
      'core/knowledge',
      'core/index',
      'core/explain',
    ],
  },
  {
    folder: 'core/redaction',
    what: 'the same dump with other addresses, hosts and users',
    imports: ['core/vocabulary', 'core/model', 'core/dialects', 'core/reading', 'core/analysis'],
  },
  {
    folder: 'core/report',
    what: 'reports as text, Markdown, JSON, NDJSON and CSV',
    imports: [
      'core/vocabulary',
      'core/wording',
      'core/model',
      'core/dialects',
      'core/reading',
      'core/knowledge',
      'core/index',
      'core/explain',
      'core/analysis',
      'core/redaction',
    ],
  },
  {
    folder: 'core/viewModel',
    what: 'what the panel shows of an analysis, and its validators',
    imports: [
      'core/vocabulary',
      'core/wording',
      'core/model',
      'core/query',
      'core/knowledge',
      'core/index',
      'core/explain',
      'core/analysis',
      'core/report',
    ],
    // Its types are those of its validators.
    packages: ['valibot'],
  },
  {
    folder: 'core/capture',
    what: 'how each system lists its sockets: programs, arguments, what they lack',
    imports: [
      'core/vocabulary',
      'core/wording',
      'core/model',
      'core/dialects',
      'core/reading',
      'core/index',
      'core/analysis',
    ],
  },
  {
    folder: 'library',
    what: 'the interface of the npm package',
    imports: ['core'],
  },
  {
    folder: 'shared',
    what: 'what panel and extension tell each other; settings',
    imports: ['core'],
    packages: ['valibot'],
  },
  {
    folder: 'node',
    what: "starts the system's own tools, safely; reads files",
    imports: ['core'],
    packages: ['node:*'],
  },
  {
    folder: 'extension',
    what: 'VS Code: one file for each contribution, in the folder of its kind',
    imports: ['core', 'shared'],
    packages: ['vscode'],
  },
  {
    folder: 'extension/node',
    what: 'what needs Node, with its entry `extension/node.ts`',
    imports: ['core', 'shared', 'node', 'extension'],
    packages: ['vscode', 'node:*'],
  },
  {
    folder: 'panel',
    what: "the panel's page",
    imports: ['core', 'shared'],
    packages: ['preact'],
  },
  {
    folder: 'cli',
    what: 'the command line',
    imports: ['core', 'shared', 'node'],
    packages: ['node:*'],
  },
];

/** The files of a folder, as a regular expression. */
const filesOf = folder =>
  folder === 'extension/node'
    ? '^src/extension/node(/|\\.ts$)'
    : folder === 'extension'
      ? '^src/extension/(?!node(/|\\.ts$))'
      : `^src/${folder}/`;

/** What a package, or `node:*` for all of Node, is called where it is imported. */
const packagePattern = name =>
  name === 'node:*'
    ? `^(node:)?(${builtinModules.join('|')})$`
    : `(^|^node_modules/(@types/)?)${name.replace('.', '\\.')}(/|$)`;

export default {
  forbidden: [
    {
      name: 'no circles between files',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no circles between folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    ...folders.map(({ folder, imports, packages = [] }) => ({
      name: `${folder} imports only ${[...imports, ...packages].join(', ') || 'itself'}`,
      severity: 'error',
      from: { path: filesOf(folder) },
      to: {
        pathNot: [
          '^package\\.json$',
          ...[folder, ...imports].map(filesOf),
          ...packages.map(packagePattern),
        ],
      },
    })),
    {
      name: 'rules import no rules',
      comment: 'What rules share is in analysis/kit.',
      severity: 'error',
      from: { path: '^src/core/analysis/rules/[^/]+/' },
      to: { path: '^src/core/analysis/rules/' },
    },
    {
      name: 'nothing that ships imports grammar',
      comment: 'Parts of the grammar are for the generator alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/core/grammar/', '\\.grammar\\.ts$'] },
      to: { path: ['^src/core/grammar/', '\\.grammar\\.ts$'] },
    },
    {
      name: 'formats explain nothing',
      comment: 'Their grammar alone may look at what is known of states.',
      severity: 'error',
      from: { path: '^src/core/dialects/', pathNot: '\\.grammar\\.ts$' },
      to: { path: '^src/core/knowledge/' },
    },
    {
      name: 'src imports nothing of test and scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types, too.
    tsPreCompilationDeps: true,
    builtInModules: { add: ['vscode'] },
  },
};
