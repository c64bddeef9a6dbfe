import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../harness/paths';
import { openVSCode, themes } from '../harness/ui';

const texts = JSON.parse(
  readFileSync(path.join(projectFolder, 'package.nls.json'), 'utf8'),
) as Record<string, string>;

/** A text of the manifest. */
function text(key: string): string {
  return texts[`walkthroughs.start.${key}`] ?? '';
}

/** The steps, and words of what stands beside them. */
const STEPS = [
  ['sample', 'LISTENING'],
  ['hover', 'has closed the connection'],
  ['analyse', 'how to fix it'],
  ['capture', 'is sent nowhere'],
] as const;

for (const theme of themes) {
  describe(`the walkthrough in the theme ${theme}`, () => {
    it('shows its steps, and opens what they are about', async () => {
      const vscode = await openVSCode({ theme, size: { width: 1600, height: 900 } });
      const { page } = vscode;
      await vscode.runCommand('Welcome: Open Walkthrough');
      await vscode.pick(text('title'));
      const steps = page.locator('.gettingStartedContainer .getting-started-step');
      await steps.first().waitFor();
      assert.equal(await steps.count(), 4);
      // The first step is open at first; what stands beside a step is a page of its own.
      for (const [i, [step, beside]] of STEPS.entries()) {
        if (i > 0) await steps.nth(i).click();
        const title = steps.nth(i).locator('.step-title');
        assert.equal((await title.innerText()).trim(), text(`steps.${step}.title`));
        await vscode.webview(`body:has-text("${beside}")`);
        await vscode.screenshot(`walkthrough-${i + 1}-${theme}`);
      }
      await steps.first().click();
      await steps.first().getByText('Open Sample', { exact: true }).click();
      await vscode.waitForLanguage('Netstat');
      await vscode.close();
    });
  });
}
