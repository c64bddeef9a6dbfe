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

/** Unpacks what is written to it (Compression Streams). */
declare class DecompressionStream {
  constructor(format: 'gzip');
  readonly writable: {
    getWriter(): {
      write(chunk: Uint8Array): Promise<void>;
      close(): Promise<void>;
      abort(reason?: unknown): Promise<void>;
    };
  };
  readonly readable: {
    getReader(): {
      read(): Promise<
        | { readonly done: false; readonly value: Uint8Array }
        | { readonly done: true; readonly value: undefined }
      >;
      cancel(): Promise<void>;
    };
  };
}
