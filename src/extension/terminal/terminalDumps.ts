import * as vscode from 'vscode';

import { isEmpty, type Dump } from '../../core/reading/dump';
import { DumpReader } from '../../core/reading/reader';
import { noSockets } from '../../core/report/report';
import { showCapture } from '../capture/captureEditor';
import type { CaptureFiles } from '../capture/captureFiles';
import { messageText } from '../host/labels';
import { inSlices } from '../host/slices';

/** Reads what a terminal shows. */
export async function readOutput(text: string): Promise<Dump> {
  const reader = new DumpReader();
  await inSlices(reader.readInSteps(text));
  return reader.finish();
}

/** Opens what a terminal shows as a dump of that name, and analyzes it; says so where it is none. */
export async function openOutput(files: CaptureFiles, name: string, text: string): Promise<void> {
  const dump = await readOutput(text);
  if (isEmpty(dump)) {
    void vscode.window.showWarningMessage(messageText(noSockets(name, dump.other)));
    return;
  }
  const uri = files.uriNamed(name);
  files.set(uri, text);
  await showCapture(uri);
  await vscode.commands.executeCommand('netstatLens.analyze', uri);
}
