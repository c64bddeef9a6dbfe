// Further globals that both the Node extension host and the web worker extension host have.

interface TimerHandle {
  readonly __timer: unique symbol;
}
declare function setTimeout(callback: () => void, milliseconds?: number): TimerHandle;
declare function clearTimeout(handle: TimerHandle | undefined): void;

declare const crypto: {
  randomUUID(): string;
  getRandomValues<T extends Uint8Array>(array: T): T;
};

declare function btoa(data: string): string;
declare function atob(data: string): string;

/** Node's, where there is one: a web worker has none. */
declare const process: { readonly platform: string } | undefined;
