/** What VS Code itself measures of an extension, in milliseconds. */
export interface Activation {
  /** Its entry is read and evaluated. */
  readonly load: number;
  /** `activate` is called, until it returns. */
  readonly call: number;
  /** From then on until what it has returned is settled. */
  readonly finish: number;
}

/** What one window has measured, in milliseconds. */
export interface ActivationTimes {
  readonly own: Activation;
  /** VS Code's own Emmet, in the same window: it tells how busy the machine was. */
  readonly emmet: Activation;
  /** From the first question in a dump to its answer, and from the next. */
  readonly firstHover: number;
  readonly secondHover: number;
}

/** How the times are told from all else on the console. */
export const MARKER = '[netstat-lens-activation] ';
