import * as vscode from 'vscode';

import { stateLink } from '../../core/explain/stateLink';
import { plain } from '../../core/wording/text';
import { localizer } from '../host/localization';
import { markdown } from '../host/markdown';
import { registerPages } from '../host/pages';

/** Documents that are made of a row, which their address holds. */
const SCHEME = 'netstat-lens-row';

/** Links on the states of rows in terminals: each says who closed, and opens the explanation. */
export function registerRowLinks(context: vscode.ExtensionContext): vscode.TerminalLinkProvider {
  const show = registerPages(context, SCHEME, (_state, line) => page(line));
  return {
    provideTerminalLinks: ({ line }) => {
      const found = stateLink(line, localizer());
      if (found === null) {
        return [];
      }
      const { start, end, explanation } = found;
      const [headline] = explanation.lead;
      return [new RowLink(line, start, end, headline && plain(headline))];
    },
    handleTerminalLink: async link => {
      if (link instanceof RowLink) {
        await show(link.state, link.line);
      }
    },
  };
}

class RowLink extends vscode.TerminalLink {
  public constructor(
    public readonly line: string,
    start: number,
    end: number,
    headline: string | undefined,
  ) {
    super(start, end - start, headline);
  }

  /** The word that is the link. */
  public get state(): string {
    return this.line.slice(this.startIndex, this.startIndex + this.length);
  }
}

function page(line: string): string {
  const found = stateLink(line, localizer());
  return found === null
    ? ''
    : markdown(found.explanation, {
        detail: 'full',
        localizer: localizer(),
        target: () => null,
        picture: () => null,
      });
}
