import * as vscode from 'vscode';

import { type Palette, PALETTES } from '../../core/explain/picture/palette';
import type { Label } from '../../core/wording/statement';
import { type Arg, Localizer, plain } from '../../core/wording/text';
import { translationKey } from '../../core/wording/translationKey';
import { PHRASES } from '../../core/wording/words';
import { type NameOf, namesFrom, noNames } from '../../core/wording/addressNames';
import { SECTION, setting } from './settings';

let current: Localizer | undefined;
let names: NameOf | undefined;

/** Says the core's texts in the language of the editor, with the user's names for addresses. */
export function localizer(): Localizer {
  current ??= localizerWith(nameOf());
  return current;
}

/** The same without the user's names, which are not those of redacted addresses. */
export function namelessLocalizer(): Localizer {
  return localizerWith(noNames);
}

function localizerWith(namesOf: NameOf): Localizer {
  return new Localizer(
    (english, args) => vscode.l10n.t(templateOf(english), args),
    namesOf,
    vscode.l10n.bundle === undefined ? undefined : numbersOf(vscode.env.language),
  );
}

/** A label in the language of the editor, for what shows plain text. */
export function localized<P extends string>(
  label: Label<P>,
  ...args: [P] extends [never] ? [] : [Readonly<Record<P, Arg>>]
): string {
  return plain(localizer().format(label, ...args));
}

/** "41 counters", in the language of the editor. */
export function counterCount(count: number): string {
  return count === 1 ? localized(PHRASES.oneCounter) : localized(PHRASES.counters, { count });
}

/** A label in the language of the editor with its placeholders still in it. */
export function translated(label: Label<string>): string {
  return vscode.l10n.t(templateOf(label.text));
}

/** A text in the language of the editor where translations are packed by keys, else its English. */
function templateOf(english: string): string {
  return vscode.l10n.bundle?.[translationKey(english)] ?? english;
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
export function registerLocalization(context: vscode.ExtensionContext): void {
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
