import * as vscode from 'vscode';

import { type Analysis, analyzeInSteps } from '../../core/analysis/analyze';
import { DumpStream } from '../../core/reading/input/dumpStream';
import { label } from '../../core/wording/statement';
import type { FileAccess } from './fileReader';
import { messageText } from '../host/labels';
import { openUnpacked } from './packedFile';
import { titleOf } from '../panel/documentSource';
import { analysisSettings } from '../host/settings';
import { inSlices } from '../host/slices';
import { localized, localizer } from '../host/localization';

const TEXTS = {
  tooLarge: label(
    '{name} has {size} MB. Files that are not on this machine are read up to {most} MB. Open the folder on the machine where the file is, or use the command line.',
  ),
  reading: label('Reading {name}'),
};

const MEGABYTE = 1024 * 1024;

/** VS Code gives no larger document to extensions (its MainThreadDocuments). */
export const LARGEST_DOCUMENT = 50 * MEGABYTE;

/** What is read in one piece must fit into memory beside everything else. */
const LARGEST_UNSTREAMED = 512 * MEGABYTE;

/** Reads files that are too large to be documents. */
export class LargeFiles {
  public constructor(
    private readonly files: FileAccess,
    private readonly largestDocument = LARGEST_DOCUMENT,
    private readonly largestUnstreamed = LARGEST_UNSTREAMED,
  ) {}

  /** Size of a file that extensions get no document of; undefined for all else. */
  public async sizeIfLarge(uri: vscode.Uri): Promise<number | undefined> {
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      return size > this.largestDocument ? size : undefined;
    } catch {
      // Not a file, or gone: opening it as a document says so.
      return undefined;
    }
  }

  /** Opens what a file of gzip holds; undefined where it holds too much or was cancelled. */
  public openUnpacked(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
    return openUnpacked(uri, this.files, this.largestDocument);
  }

  /** Reads a file while it shows how far it is; undefined if it was refused or cancelled. */
  public async read(uri: vscode.Uri, size: number): Promise<Analysis | undefined> {
    if (size > this.largestUnstreamed && !this.files.streams(uri)) {
      void vscode.window.showErrorMessage(
        localized(TEXTS.tooLarge, {
          name: messageText(titleOf(uri)),
          size: Math.round(size / MEGABYTE),
          most: Math.round(this.largestUnstreamed / MEGABYTE),
        }),
      );
      return undefined;
    }
    return vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: localized(TEXTS.reading, { name: messageText(titleOf(uri)) }),
        cancellable: true,
      },
      (progress, token) => this.readChunks(uri, size, progress, token),
    );
  }

  private async readChunks(
    uri: vscode.Uri,
    size: number,
    progress: vscode.Progress<{ increment: number }>,
    token: vscode.CancellationToken,
  ): Promise<Analysis | undefined> {
    const stream = new DumpStream();
    stream.expect(size);
    for await (const chunk of this.files.read(uri)) {
      if (token.isCancellationRequested) {
        return undefined;
      }
      stream.pushBytes(chunk);
      progress.report({ increment: (100 * chunk.length) / size });
    }
    const going = (): boolean => !token.isCancellationRequested;
    const dump = await inSlices(stream.finishInSteps(), going);
    const settings = { ...analysisSettings(uri), localizer: localizer() };
    return dump && inSlices(analyzeInSteps(dump, settings), going);
  }
}
