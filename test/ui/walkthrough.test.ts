import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../harness/paths';
import { openVSCode, themes, type VSCodeWindow } from '../harness/ui';

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

describe('the walkthrough', () => {
  let vscode: VSCodeWindow;
  before(async () => {
    vscode = await openVSCode({ size: { width: 1600, height: 900 } });
    await vscode.runCommand('Welcome: Open Walkthrough');
    await vscode.pick(text('title'));
  });
  after(() => vscode.close());

  const steps = () => vscode.page.locator('.gettingStartedContainer .getting-started-step');

  for (const [run, theme] of themes.entries()) {
    it(`shows its steps in the theme ${theme}`, async () => {
      await vscode.setTheme(theme);
      await steps().first().waitFor();
      assert.equal(await steps().count(), 4);
      // The first step is open at first; what stands beside a step is a page of its own.
      for (const [i, [step, beside]] of STEPS.entries()) {
        if (run > 0 || i > 0) await steps().nth(i).click();
        const title = steps().nth(i).locator('.step-title');
        assert.equal((await title.innerText()).trim(), text(`steps.${step}.title`));
        await vscode.webview(`body:has-text("${beside}")`);
        await vscode.screenshot(`walkthrough-${i + 1}-${theme}`);
      }
    });
  }

  it('opens what its steps are about', async () => {
    await steps().first().click();
    await steps().first().getByText('Open Sample', { exact: true }).click();
    await vscode.waitForLanguage('Netstat');
  });
});
