export interface Stage {
  readonly name: string;
  readonly title: string;
  readonly tests?: readonly string[];
  readonly after?: string;
}

export interface Choice {
  readonly chosen: readonly Stage[];
  readonly files: readonly string[];
  readonly options: readonly string[];
}

export const stages: readonly Stage[];

export function choose(args: readonly string[]): Choice;

export function argumentsOf(stage: Stage, choice: Choice): string[];
