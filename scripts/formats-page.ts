import { dialects } from '../src/core/dialects';
import type { Dialect } from '../src/core/parsing/dialect';
import type { Tells } from '../src/core/model/format';
import { systemName } from '../src/core/knowledge/systems';

/** The text of docs/formats.md, from the same table that advises commands. */
export function formatsPage(): string {
  const rows = [...dialects]
    .sort((a, b) => a.title.localeCompare(b.title, 'en', { sensitivity: 'base' }))
    .map(row);
  return `# Formats

Every dump format that Netstat Lens reads, with the command that tells the most. A dump may come
with prompts, time stamps, quotes, colours or another tool's output around it, in UTF-8, UTF-16 or
an old Windows code page; rows cut out with grep are read without their header.

<!-- Made by \`npm run generate\` from src/core/dialects. -->

| format | id | systems | printed by | best command | processes | queues | timers |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

A pasted command line of those under "printed by" begins another output. "with options" means that the tool prints it when asked, as the best command does. Where a format
never tells the process, hovers and findings say so and name a command that does.
`;
}

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
