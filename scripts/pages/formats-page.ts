import { dialects } from '../../src/core/dialects';
import type { Dialect } from '../../src/core/parsing/dialect';
import type { Tells } from '../../src/core/model/format';
import { systemName } from '../../src/core/knowledge/systems';
import { counterFormats } from '../../src/core/statistics';

/** The text of docs/formats.md, from the same table that advises commands. */
export function formatsPage(): string {
  const rows = [...dialects]
    .sort((a, b) => a.title.localeCompare(b.title, 'en', { sensitivity: 'base' }))
    .map(row);
  return `# Formats

Every dump format that Netstat Lens reads, with the command that tells the most. A dump may come
with prompts, timestamps, quotes, colors or another tool's output around it, in UTF-8, UTF-16 or
an old Windows code page; rows cut out with grep are read without their header.

<!-- Made by \`npm run generate\` from src/core/dialects. -->

| format | id | systems | printed by | best command | processes | queues | timers |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

A pasted command line of those under "printed by" begins another output. "with options" means that the tool prints it when asked, as the best command does. Where a format
never tells the process, hovers and findings say so and name a command that does.

## Counters, interfaces and routes

<!-- Made by \`npm run generate\` from src/core/statistics. -->

| format | id | systems | printed by |
|---|---|---|---|
${counterRows().join('\n')}

## Wanted

Not read yet: each was met less than three times in public, which is too little to be sure of its rows.
A request with a sample brings it in. The session tables of firewalls and load balancers list what
passes through them, and no sockets of their own; of these, conntrack and pf are read.

| format | printed by |
|---|---|
${WANTED.map(([title, command]) => `| ${title} | ${code(command)} |`).join('\n')}

What gzip packed is read as it is. A text without sockets is named where it is one of these, or what
\`ps\`, \`tcpdump\`, \`iptables\`, or another packer wrote, with what to run instead.
`;
}

function counterRows(): string[] {
  return [...counterFormats]
    .sort((a, b) => a.title.localeCompare(b.title, 'en', { sensitivity: 'base' }))
    .map(({ title, id, systems, commands }) => [
      title,
      code(id),
      systems.map(systemName).join(', '),
      commands.map(code).join(', '),
    ])
    .map(cells => `| ${cells.join(' | ')} |`);
}

/** Formats that nobody has asked for yet, with what prints them. */
const WANTED: readonly (readonly [title: string, command: string])[] = [
  ['Cisco ASA connections', 'show conn'],
  ['Cisco IOS XR', 'show tcp brief'],
  ['F5 BIG-IP connections', 'tmsh show sys connection'],
  ['HPE and H3C Comware', 'display tcp'],
  ['Huawei VRP', 'display tcp status'],
  ['IBM i', 'NETSTAT *CNN'],
  ['macOS nettop', 'nettop -L 1'],
  ['Volatility 2 on Linux', 'vol.py linux_netstat'],
  ['z/OS netstat', 'netstat -c'],
];

function row(dialect: Dialect): string {
  const { command, needs } = dialect.best;
  const { pids, queues, timers } = dialect.tells;
  const cells = [
    dialect.title,
    code(dialect.id),
    dialect.systems.map(systemName).join(', '),
    dialect.commands.map(code).join(', '),
    needs === null ? code(command) : `${code(command)} as ${needs}`,
    told(pids),
    told(queues),
    told(timers),
  ];
  return `| ${cells.join(' | ')} |`;
}

function told(tells: Tells): string {
  return tells === 'always' ? 'yes' : tells === 'never' ? 'no' : tells;
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
