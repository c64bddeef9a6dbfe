import * as vscode from 'vscode';

import type { Capture } from '../../core/capture/capture';
import type { ExcludedRange } from '../../core/knowledge/excludedPorts';
import { answerPort } from '../../core/report/port/portUse';
import { readPort, type WantedPort } from '../../core/report/port/wantedPort';
import { label } from '../../core/wording/statement';
import { registerCommand } from '../host/command';
import { localized, localizer } from '../host/localization';
import { markdown } from '../host/markdown';
import { registerPages } from '../host/pages';

const TEXTS = {
  title: label('Who Uses Port…?'),
  which: label('Enter a local port, as in 8080, 53/udp, or 127.0.0.1:8080'),
  invalid: label('A number from 1 to 65535, with an address before it or /udp behind it'),
};

/** Documents that are made of answers, one for each time that somebody asks. */
const SCHEME = 'netstat-lens-port';

/** Answers that are kept for the tabs that show them. */
const KEPT = 20;

/** The machine that is asked. */
export interface AskedMachine {
  /** Its sockets as they are now; undefined where they cannot be listed, which has been told. */
  snapshot(): Promise<Capture | undefined>;
  /** The ranges of ports that its Windows has reserved; null if there is none. */
  excludedPorts(transport: 'tcp' | 'udp'): Promise<readonly ExcludedRange[] | null>;
}

/** "Who Uses Port…?": asks for a port and shows what uses it on this machine. It stops nothing. */
export function registerWhoUsesPort(
  context: vscode.ExtensionContext,
  machine: AskedMachine,
  isAllowed: () => boolean,
): void {
  const pages = new Map<string, string>();
  const show = registerPages(context, SCHEME, name => pages.get(name) ?? '');
  context.subscriptions.push(
    registerCommand('netstatLens.whoUsesPort', async given => {
      if (!isAllowed()) {
        return;
      }
      const wanted = typeof given === 'string' ? readPort(given) : await askPort();
      const capture = wanted === null ? undefined : await machine.snapshot();
      if (wanted === null || capture === undefined) {
        return;
      }
      const excluded = await machine.excludedPorts(wanted.transport ?? 'tcp');
      // VS Code keeps a page by its name: each answer is another.
      const name = `Port ${wanted.port}, ${new Date().toTimeString().slice(0, 8)}`;
      pages.set(name, page(capture, wanted, excluded));
      for (const old of [...pages.keys()].slice(0, -KEPT)) {
        pages.delete(old);
      }
      await show(name);
    }),
  );
}

async function askPort(): Promise<WantedPort | null> {
  const text = await vscode.window.showInputBox({
    title: localized(TEXTS.title),
    prompt: localized(TEXTS.which),
    validateInput: value => (readPort(value) === null ? localized(TEXTS.invalid) : undefined),
  });
  return text === undefined ? null : readPort(text);
}

function page(
  { dump }: Capture,
  wanted: WantedPort,
  excluded: readonly ExcludedRange[] | null,
): string {
  return answerPort(dump, wanted, { excluded }, localizer())
    .map(({ explanation }) =>
      markdown(explanation, {
        detail: 'full',
        localizer: localizer(),
        target: () => null,
        picture: () => null,
      }),
    )
    .join('\n\n---\n\n');
}
