import * as vscode from 'vscode';

import { dateLine } from '../../core/capture/dateLine';
import { Disposable } from '../host/disposable';
import { isShown } from '../host/tabs';

/** The scheme of captures. Activation events and when-clauses of package.json name it, too. */
const SCHEME = 'netstat-capture';
const EXTENSION = '.netstat';

/** Characters of a name: tabs show no more. */
const LONGEST_NAME = 60;

/** Characters of captures that are kept in all, although nobody shows them any more. */
const KEPT = 64 * 1024 * 1024;

interface CaptureFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly created: number;
  readonly changed: number;
}

/**
 * Captures as read-only files that exist in memory only. They are files, not virtual documents,
 * because VS Code then takes over what was added to a long text instead of all of it again.
 */
export class CaptureFiles extends Disposable implements vscode.FileSystemProvider {
  /** By path, the oldest first. */
  private readonly files = new Map<string, CaptureFile>();
  private readonly changes = this.register(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  private readonly encoder = new TextEncoder();

  public readonly onDidChangeFile = this.changes.event;

  public constructor() {
    super();
    this.register(vscode.workspace.registerFileSystemProvider(SCHEME, this, { isReadonly: true }));
  }

  /** An address that no capture has had: `/sockets-web-3-2026-01-10T12-00-00.netstat`. */
  public newUri(host: string, time: Date): vscode.Uri {
    return this.uriNamed(`sockets-${host}-${dateLine(time).slice(0, 19)}`.replace(/[^\w.-]/g, '-'));
  }

  /** An address that no capture has had, with a name as far as files can have it. */
  public uriNamed(name: string): vscode.Uri {
    const own = name
      .replace(/[^\p{L}\p{N}_.,=@+ -]/gu, '-')
      .replace(/^[.-]+/, '')
      .slice(0, LONGEST_NAME)
      .trim();
    let path = `/${own}${EXTENSION}`;
    for (let i = 2; this.files.has(path); i++) {
      path = `/${own}-${i}${EXTENSION}`;
    }
    return vscode.Uri.from({ scheme: SCHEME, path });
  }

  /** Sets what a capture holds. */
  public set(uri: vscode.Uri, text: string): void {
    const known = this.files.get(uri.path);
    const changed = Math.max(Date.now(), (known?.changed ?? 0) + 1);
    this.files.set(uri.path, { uri, text, created: known?.created ?? changed, changed });
    this.forgetClosed(uri);
    const type =
      known === undefined ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed;
    this.changes.fire([{ type, uri }]);
  }

  public watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  public stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path === '/') {
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    const { created = 0, changed = 0 } = this.files.get(uri.path) ?? {};
    return {
      type: vscode.FileType.File,
      ctime: created,
      mtime: changed,
      size: this.readFile(uri).length,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  public readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map(path => [path.slice(1), vscode.FileType.File]);
  }

  public readFile(uri: vscode.Uri): Uint8Array {
    // Nothing else is asked for in earnest: extensions look for their settings beside any file.
    if (!uri.path.endsWith(EXTENSION)) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return this.encoder.encode(this.files.get(uri.path)?.text ?? endedText());
  }

  public writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  public createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  public delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  public rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  /** Closed captures can be opened again as long as there is room for them. */
  private forgetClosed(current: vscode.Uri): void {
    let size = 0;
    for (const { text } of this.files.values()) {
      size += text.length;
    }
    for (const { uri, text } of this.files.values()) {
      if (size <= KEPT) {
        return;
      }
      if (uri.path !== current.path && !isShown(uri)) {
        this.files.delete(uri.path);
        size -= text.length;
      }
    }
  }
}

/** What stands in a tab that was restored without its capture. */
function endedText(): string {
  return [
    vscode.l10n.t(
      'This capture is gone. Captures are kept in memory only, while their window is open.',
    ),
    '',
    vscode.l10n.t(
      'To take a new one, run "Netstat: Capture Sockets of This Machine" or "Netstat: Watch Sockets…" from the Command Palette.',
    ),
    vscode.l10n.t('To keep a capture, save it while it is open.'),
    '',
  ].join('\n');
}
