import { strict as assert } from 'node:assert';

import { countsMessage, stateDiagramPage } from '../../../src/extension/commands/stateDiagramPage';
import { EVENT_TEXTS, transitions } from '../../../src/core/knowledge/transitions';
import { TCP_STATES } from '../../../src/core/vocabulary/state';
import { localizer } from './rows';

const page = stateDiagramPage({
  language: 'en',
  title: 'TCP <State> Diagram',
  nonce: 'abc',
  counts: new Map([['CLOSE-WAIT', 62] as const]),
  current: 'CLOSE-WAIT',
  localizer,
});

describe('the page of the state diagram', () => {
  it('explains every state and transition that it shows', () => {
    const keys = [...page.matchAll(/data-key="([^"]+)"/g)].map(([, key]) => key);
    const about = new Set([...page.matchAll(/data-about="([^"]+)"/g)].map(([, key]) => key));
    assert.equal(keys.length, 12 + transitions.length);
    assert.deepEqual(
      keys.filter(key => !about.has(key)),
      [],
    );
    for (const { event } of transitions) {
      assert.ok(Object.hasOwn(EVENT_TEXTS, event), event);
    }
  });

  it('gives each of them to the keyboard, by name', () => {
    assert.equal([...page.matchAll(/tabindex="0" role="button" aria-label="[^"]+"/g)].length, 33);
    assert.match(page, /aria-label="CLOSE-WAIT, 62 sockets"/);
    assert.match(page, /aria-label="ESTABLISHED to CLOSE-WAIT: rcv FIN"/);
  });

  it('shows one explanation', () => {
    const shown = [...page.matchAll(/<section data-about="([^"]+)">/g)].map(([, key]) => key);
    assert.deepEqual(shown, ['CLOSE-WAIT']);
  });

  it('runs nothing but its own script', () => {
    assert.match(page, /default-src 'none'|default-src &#39;none&#39;/);
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.doesNotMatch(page, / on[a-z]+="/);
    assert.doesNotMatch(page, / style="/);
    assert.match(page, /<title>TCP &lt;State&gt; Diagram<\/title>/);
  });

  it('is told new counts', () => {
    const message = countsMessage(new Map([['LISTEN', 3] as const]), localizer) as {
      texts: Record<string, string>;
      names: Record<string, string>;
    };
    assert.equal(message.texts['LISTEN'], 'LISTEN 3');
    assert.equal(message.names['LISTEN'], 'LISTEN, 3 sockets');
    assert.equal(message.texts['CLOSE-WAIT'], 'CLOSE-WAIT');
    assert.deepEqual(Object.keys(message.texts).sort(), [...TCP_STATES].sort());
  });
});
