import { BSD, MACOS } from '../knowledge/advice';
import type { ErrorNumbers, NetworkError, Printer } from '../knowledge/errors/networkError';
import { isLinux } from '../knowledge/systems';
import type { System } from '../vocabulary/system';
import { label, say, type Statement } from '../wording/statement';
import { PHRASES } from '../wording/words';
import { type Localizer, quote, type Text } from '../wording/text';
import { SECTIONS, texts } from './advice';
import type { ExplainContext } from './context';
import type { Explanation, Section } from './explanation';
import { simple } from './fields/simple';

const LABELS = {
  causes: label('What it can stand for'),
  proof: label('What shows it'),
  checks: label('How to check'),
  printed: label('Printed as'),
};

const NUMBERS = {
  linux: say('{number} on Linux', 'linux-errno-h', 'errno.3'),
  bsd: say('{number} on macOS and BSD', 'freebsd-errno.2'),
  solaris: say('{number} on Solaris', 'illumos-errno-h'),
  windows: say('{number} on Windows ({name})', 'ms-winsock-errors'),
};

/** What prints an error, in the order in which they are listed. */
const PRINTED: Readonly<Record<Printer, Statement<'message'>>> = {
  linux: say('Linux: {message}', 'errno.3', 'measured-errors'),
  bsd: say('macOS and BSD: {message}', 'freebsd-errno.2'),
  windows: say('Windows: {message}', 'ms-winsock-errors'),
  java: say('Java: {message}', 'measured-errors'),
  go: say('Go: {message}', 'go-syscall'),
  node: say('Node.js: {message}', 'nodejs-errors', 'measured-errors'),
  python: say('Python: {message}', 'python-exceptions', 'measured-errors'),
  dotnet: say('.NET: {message}', 'dotnet-socketexception'),
  curl: say('curl: {message}', 'curl-errors'),
  openssl: say('OpenSSL: {message}', 'measured-errors'),
};

const PRINTERS = Object.keys(PRINTED) as Printer[];

/**
 * Explains an error: what it stands for, which rows and counters show that, what to run. Without a
 * system, what holds for each is said with its name.
 */
export function explainError(
  error: NetworkError,
  context: ExplainContext,
  localizer: Localizer,
): Explanation {
  const known = context.system === null ? null : context;
  const details: Section[] = [
    {
      id: 'causes',
      title: localizer.format(LABELS.causes),
      items: texts(error.causes, known, localizer),
    },
    {
      id: 'proof',
      title: localizer.format(LABELS.proof),
      items: texts(error.proof, known, localizer),
    },
    {
      id: 'checks',
      title: localizer.format(LABELS.checks),
      items: texts(error.checks, known, localizer),
    },
    {
      id: 'printed',
      title: localizer.format(LABELS.printed),
      items: PRINTERS.flatMap(printer => {
        const message = error.printed[printer];
        return message === undefined
          ? []
          : [localizer.say(PRINTED[printer], { message: quote(message) })];
      }),
    },
    {
      id: 'spellings',
      title: localizer.format(SECTIONS.spellings),
      items: numbersOf(error, context.system, localizer),
    },
  ];
  return simple(localizer.format(PHRASES.word, { word: error.name }), [localizer.say(error.text)], {
    details,
  });
}

/** The numbers of an error, on one system or on all. */
function numbersOf(
  { name, numbers }: NetworkError,
  system: System | null,
  localizer: Localizer,
): Text[] {
  const group = system === null ? null : groupOf(system);
  const has = (one: keyof ErrorNumbers): boolean => group === null || group === one;
  const number = (value: number): Text => quote(String(value));
  const { linux, bsd, solaris, windows } = numbers;
  return [
    ...(has('linux') ? [localizer.say(NUMBERS.linux, { number: number(linux) })] : []),
    ...(has('bsd') ? [localizer.say(NUMBERS.bsd, { number: number(bsd) })] : []),
    ...(has('solaris') ? [localizer.say(NUMBERS.solaris, { number: number(solaris) })] : []),
    ...(has('windows') && windows !== null
      ? [localizer.say(NUMBERS.windows, { number: number(windows), name: `WSA${name}` })]
      : []),
  ];
}

/** Whose numbers a system has; of systems that are none of these, all are shown. */
function groupOf(system: System): keyof ErrorNumbers | null {
  if (isLinux(system)) {
    return 'linux';
  }
  if ([...MACOS, ...BSD].includes(system)) {
    return 'bsd';
  }
  return system === 'solaris' || system === 'windows' ? system : null;
}
