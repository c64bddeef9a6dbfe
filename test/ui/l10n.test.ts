import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../harness/paths';
import { openVSCode } from '../harness/ui';

function read(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8')) as Record<string, string>;
}

const SAMPLE = 'samples/linux-netstat-close-wait.netstat';
/** A line of the sample with a CLOSE_WAIT that has unread data. */
const LEAKED = 18;

// Packed, translations have other keys.
for (const [language, extension] of [
  ['de', 'packaged'],
  ['fr', 'development'],
] as const) {
  describe(`VS Code in the language ${language}`, () => {
    const bundle = read(`l10n/bundle.l10n.${language}.json`);
    const manifest = read(`package.nls.${language}.json`);

    /** The translation of a text that is there. */
    function translated(english: string): string {
      const text = bundle[english];
      assert.ok(text !== undefined && text !== english, english);
      return text;
    }

    it('shows hover and panel in it', async () => {
      const vscode = await openVSCode({
        file: SAMPLE,
        language,
        extension,
        size: { width: 1500, height: 950 },
      });
      await vscode.waitForLanguage('Netstat');
      await vscode.page.getByText('49 CLOSE_WAIT').waitFor();

      const hover = await vscode.hoverText(LEAKED, 'CLOSE_WAIT');
      // What has no translation yet is in English.
      assert.ok(hover.includes(translated('What happened')), hover);
      await vscode.screenshot(`hover-${language}`);
      await vscode.page.keyboard.press('Escape');

      await vscode.runCommand(
        `${manifest['category'] ?? ''}: ${manifest['commands.analyze.title'] ?? ''}`,
      );
      const panel = await vscode.webview('main');
      await panel.getByText(translated('Findings')).first().waitFor();
      await panel.getByText(translated('CLOSE_WAIT by process')).first().waitFor();
      await panel.evaluate(() => document.fonts.ready);
      await vscode.page.mouse.move(700, 948);
      await vscode.screenshot(`panel-${language}`);
      await vscode.close();
    });
  });
}
