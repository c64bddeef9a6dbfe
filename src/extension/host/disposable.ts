import type * as vscode from 'vscode';

/** Something that owns other disposables and disposes them with itself. */
export abstract class Disposable implements vscode.Disposable {
  private readonly owned: vscode.Disposable[] = [];
  private disposed = false;

  public dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      for (const one of this.owned.splice(0).reverse()) {
        one.dispose();
      }
    }
  }

  /** Disposes `value` with this; at once where this is disposed already. */
  protected register<T extends vscode.Disposable>(value: T): T {
    if (this.disposed) {
      value.dispose();
    } else {
      this.owned.push(value);
    }
    return value;
  }
}
