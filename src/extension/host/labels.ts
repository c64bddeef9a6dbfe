import { visible } from '../../core/wording/visible';

/** Text of a dump for labels, in which VS Code draws an icon for `$(name)`. */
export function labelText(text: string): string {
  return visible(text).replaceAll('$(', String.raw`\$(`);
}

/** Text for messages, in which VS Code makes links, also of commands, of `[text](address)`. */
export function messageText(text: string): string {
  return visible(text).replaceAll('](', '] (');
}
