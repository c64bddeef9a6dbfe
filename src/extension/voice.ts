import * as vscode from 'vscode';

import { type Palette, PALETTES } from '../core/explain/picture/palette';
import { Teller } from '../core/explain/text';

let current: Teller | undefined;

/** Says the core's texts in the language of the editor. */
export function teller(): Teller {
  current ??= new Teller((_id, english, args) => vscode.l10n.t(english, args));
  return current;
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
