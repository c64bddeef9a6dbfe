import * as vscode from 'vscode';

import { type Palette, PALETTES } from '../../core/explain/picture/palette';
import { Teller } from '../../core/wording/text';
import { type NameOf, namesFrom, noNames } from '../../core/wording/addressNames';
import { SECTION, setting } from './settings';

let current: Teller | undefined;
let names: NameOf | undefined;

/** Says the core's texts in the language of the editor, with the user's names for addresses. */
export function teller(): Teller {
  current ??= tellerWith(nameOf());
  return current;
}

/** The same without the user's names, which are not those of redacted addresses. */
export function namelessTeller(): Teller {
  return tellerWith(noNames);
}

function tellerWith(namesOf: NameOf): Teller {
  return new Teller(
    (_id, english, args) => vscode.l10n.t(english, args),
    namesOf,
    vscode.l10n.bundle === undefined ? undefined : numbersOf(vscode.env.language),
  );
}

/** Writes numbers as a language does. */
function numbersOf(language: string): (value: number) => string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return value => format.format(value);
}

/** What the user calls an address (setting netstatLens.names). */
export function nameOf(): NameOf {
  names ??= namesFrom(setting('names'));
  return names;
}

/** Forgets the user's names when they change. Must come before all that says anything. */
export function registerVoice(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration(`${SECTION}.names`)) {
        current = undefined;
        names = undefined;
      }
    }),
  );
}

/** Colours of pictures for the theme of the moment: an image cannot see the theme's own. */
export function palette(): Palette {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Light:
      return PALETTES.light;
    case vscode.ColorThemeKind.Dark:
      return PALETTES.dark;
    case vscode.ColorThemeKind.HighContrast:
      return PALETTES.highContrastDark;
    case vscode.ColorThemeKind.HighContrastLight:
      return PALETTES.highContrastLight;
  }
}
