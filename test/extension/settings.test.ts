import * as vscode from 'vscode';

import { analysisSettings, setting } from '../../src/extension/host/settings';
import { isValid, type Schema, SETTINGS, THRESHOLD_SETTINGS } from '../../src/shared/settings';
import { closeAll, hover, LEAK, open } from './documents';
import * as assert from './suite/assert';

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly items?: { readonly enum: readonly unknown[] };
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enumDescriptions?: readonly string[];
}

interface Section {
  readonly title: string;
  readonly properties: Readonly<Record<string, Property>>;
}

const ALL_SETTINGS: Readonly<Record<string, Schema>> = { ...SETTINGS, ...THRESHOLD_SETTINGS };

const { workspace, ConfigurationTarget } = vscode;

/** Sets what VS Code would not let a user set in its own editor of settings. */
async function set(name: string, value: unknown): Promise<void> {
  await workspace
    .getConfiguration('netstatLens')
    .update(name, value, ConfigurationTarget.Workspace);
}

describe('settings', () => {
  const told: string[] = [];
  const { showWarningMessage } = vscode.window;

  before(() => {
    vscode.window.showWarningMessage = (message: string) => {
      told.push(message);
      return Promise.resolve(undefined);
    };
  });
  after(() => {
    vscode.window.showWarningMessage = showWarningMessage;
  });
  afterEach(async () => {
    for (const name of [
      'problems',
      'hover.detail',
      'ignoredRules',
      'thresholds.closeWaitWarning',
    ]) {
      await set(name, undefined);
    }
    told.length = 0;
    await closeAll();
  });

  it('are in titled sections, described, and may be what the manifest says', () => {
    const extension = vscode.extensions.getExtension('netstat-lens.netstat-lens');
    assert.ok(extension, 'the extension');
    const { configuration } = (
      extension.packageJSON as { contributes: { configuration: Section[] } }
    ).contributes;
    const names: string[] = [];
    for (const { title, properties } of configuration) {
      assert.ok(title.length > 3 && !title.startsWith('%'), title);
      for (const [key, property] of Object.entries(properties)) {
        const name = key.replace(/^netstatLens\./, '');
        names.push(name);
        const description = property.description ?? property.markdownDescription ?? '';
        assert.ok(description.length > 20 && !description.startsWith('%'), name);
        const schema = ALL_SETTINGS[name];
        assert.ok(schema, name);
        assert.ok(isValid(schema, property.default), `the default of ${name}`);
        assert.ok(!isValid(schema, null) && !isValid(schema, { a: 1 }), name);
        const { minimum, maximum, items } = property;
        if (property.type === 'number') {
          assert.ok(minimum !== undefined && maximum !== undefined, name);
          assert.ok(isValid(schema, minimum) && isValid(schema, maximum), name);
          assert.ok(!isValid(schema, minimum - 1) && !isValid(schema, maximum + 1), name);
        } else if (property.type === 'string') {
          const values = property.enum ?? [];
          assert.ok(values.length > 1 && values.every(value => isValid(schema, value)), name);
          assert.ok(!isValid(schema, 'nothing of these'), name);
          if (property.enumDescriptions !== undefined) {
            assert.equal(property.enumDescriptions.length, values.length, name);
          }
        } else if (property.type === 'array') {
          assert.ok(isValid(schema, items?.enum) && !isValid(schema, ['nothing of these']), name);
        }
      }
    }
    assert.deepEqual(names.sort(), Object.keys(ALL_SETTINGS).sort());
  });

  it('that are not valid are told of in one message and have their defaults', async () => {
    const { document } = await open(LEAK);
    assert.match(await hover(document, 3, 'CLOSE_WAIT'), /CLOSE-WAIT/);
    await set('problems', 'loud');
    await assert.eventually(() => told.length === 1, 'a message');
    assert.match(
      told[0] ?? '',
      /defaults .*: netstatLens\.problems is "loud", not "off" \| "info" \| "warning" \| "error"\.$/,
    );
    assert.equal(setting('problems'), 'warning');
    await set('thresholds.closeWaitWarning', -3);
    await assert.eventually(() => told.length === 2, 'another message');
    assert.match(
      told[1] ?? '',
      /"loud", .*; netstatLens\.thresholds\.closeWaitWarning is -3, not >=1\.$/,
    );
    await set('ignoredRules', 'all');
    await assert.eventually(() => told.length === 3, 'a third message');
    await set('hover.detail', 'full');
    const { thresholds, ignoredRules } = analysisSettings(document);
    assert.equal(thresholds.closeWaitWarning, 5);
    assert.equal(ignoredRules.length, 0);
    assert.match(await hover(document, 3, 'CLOSE_WAIT'), /CLOSE-WAIT/);
    assert.equal(told.length, 3, 'what is known was told again');
  });
});
