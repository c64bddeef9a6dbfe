/** How this is called with other options. */
export type CommandWith = (options: string) => string;

/** The same for the files that were read. */
export function commandFor(...files: readonly string[]): CommandWith {
  const names = files.filter(file => file !== 'standard input').map(shellWord);
  return options => ['netstat-lens', options, ...names].filter(word => word !== '').join(' ');
}

function shellWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
