import { parseArgs } from 'node:util';

import { type Command, listed, OPTION_NAMES, OPTIONS, type OptionName } from './options';
import { closest, echo } from './suggestion';

/** Wrong usage; the message is for the user. */
export class UsageError extends Error {}

/** The options that were given. */
export class Given {
  /** The values of each, in order; an option without a value has an empty one. */
  private readonly values = new Map<OptionName, string[]>();

  /** @throws UsageError where a second value would replace the first. */
  public add(name: OptionName, value: string | undefined): void {
    const values = this.values.get(name);
    if (values === undefined) {
      this.values.set(name, [value ?? '']);
      return;
    }
    const { repeatable = false } = OPTIONS[name];
    if (value !== undefined && !repeatable) {
      throw new UsageError(`--${name} is given twice`);
    }
    values.push(value ?? '');
  }

  public has(name: OptionName): boolean {
    return this.values.has(name);
  }

  public value(name: OptionName): string | undefined {
    return this.values.get(name)?.[0];
  }

  public all(name: OptionName): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** @throws UsageError where an option is given that a command does not take. */
  public refuseUnless(command: Command): void {
    for (const name of this.values.keys()) {
      const { commands } = OPTIONS[name];
      if (!commands.includes(command)) {
        throw new UsageError(`--${name} is for ${listed(commands, 'and')}, not for ${command}`);
      }
    }
  }
}

/**
 * Splits arguments into options and all others.
 * @throws UsageError where they are not options of this program.
 */
export function splitArguments(args: readonly string[]): {
  readonly given: Given;
  readonly positionals: readonly string[];
  /** Whether the first of them stands behind `--`, which makes it a file whatever its name is. */
  readonly onlyFiles: boolean;
} {
  const given = new Given();
  const { tokens, positionals } = parse(args);
  for (const token of tokens) {
    if (token.kind === 'option') {
      given.add(token.name as OptionName, token.value);
    }
  }
  const first = tokens.find(({ kind }) => kind !== 'option');
  return { given, positionals, onlyFiles: first?.kind === 'option-terminator' };
}

function parse(args: readonly string[]) {
  const options = Object.fromEntries(
    OPTION_NAMES.map(name => {
      const { value, short } = OPTIONS[name];
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      return [name, short === undefined ? { type } : { type, short }];
    }),
  );
  const config = { args: [...args], allowPositionals: true, tokens: true, options } as const;
  refuseUnknown(parseArgs({ ...config, strict: false }).tokens);
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Token = ReturnType<typeof parseArgs<{ tokens: true; strict: false }>>['tokens'][number];

/** @throws UsageError where an option is none of this program. */
function refuseUnknown(tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.kind === 'option' && !Object.hasOwn(OPTIONS, token.name)) {
      const near = closest(token.name, OPTION_NAMES);
      const option = `unknown option ${echo(token.rawName)}`;
      throw new UsageError(
        near === null
          ? `${option}; if this is a file, put -- before its name`
          : `${option}: did you mean "--${near}"?`,
      );
    }
  }
}
