import type { Dump } from '../core/reading/dump';
import { answerPort, type PortAnswer, portJson } from '../core/report/port/portUse';
import { noSockets } from '../core/report/report';
import { unbroken } from '../core/report/terminal';
import { Localizer } from '../core/wording/text';
import { visible, visibleJson } from '../core/wording/visible';
import { CaptureError, Capturer, CaptureStopped, type Machine } from '../node/capturer';
import { listExcludedPorts } from '../node/excludedPorts';
import type { Request } from './arguments';
import { explanationText } from './explanation';
import { noDumps, readFileDump, reasonOf, sourcesOf } from './input';
import { Interruption } from './interruption';
import { complain, DONE, type Output, TROUBLE } from './output';

type PortRequest = Request & { readonly kind: 'port' };

/** The version of the JSON below; grows when a name changes its meaning or goes. */
const SCHEMA = 1;

interface Answered {
  readonly source: string;
  readonly answers: readonly PortAnswer[];
}

/** Says what uses a port, of this machine or in dumps. */
export async function port(
  request: PortRequest,
  output: Output,
  machine: Machine,
): Promise<number> {
  const localizer = new Localizer();
  const answered: Answered[] = [];
  const trouble =
    request.files.length === 0
      ? await askMachine(request, answered, output, machine, localizer)
      : await askFiles(request, answered, output, localizer);
  if (request.format === 'json') {
    const dumps = answered.map(({ source, answers }) => portJson(source, request.wanted, answers));
    output.write(`${visibleJson({ schema: SCHEMA, dumps })}\n`);
  } else {
    const many = answered.length > 1;
    const blocks = answered.flatMap(({ source, answers }) => [
      ...(many ? [`${visible(`==> ${source} <==`)}\n`] : []),
      ...answers.map(({ explanation }) => explanationText(explanation, localizer, output)),
    ]);
    output.write(blocks.join('\n'));
  }
  return trouble ? TROUBLE : DONE;
}

/** Whether something could not be read. */
async function askFiles(
  { files, wanted }: PortRequest,
  answered: Answered[],
  output: Output,
  localizer: Localizer,
): Promise<boolean> {
  let trouble = false;
  const unreadable = (name: string, error: unknown): void => {
    trouble = true;
    complain(output, `${name}: ${reasonOf(error)}`);
  };
  const sources = await sourcesOf(files, unreadable);
  for (const { name, folder } of sources.files) {
    try {
      const dump: Dump = await readFileDump(name);
      if (dump.table.length > 0) {
        answered.push({ source: name, answers: answerPort(dump, wanted, null, localizer) });
        if (folder !== null) {
          folder.hasDump = true;
        }
      } else if (folder === null) {
        trouble = true;
        complain(output, noSockets(name, dump.other, unbroken));
      }
    } catch (error) {
      unreadable(name, error);
    }
  }
  for (const { name, hasDump } of sources.folders) {
    if (!hasDump) {
      trouble = true;
      complain(output, noDumps(name));
    }
  }
  return trouble;
}

async function askMachine(
  { wanted }: PortRequest,
  answered: Answered[],
  output: Output,
  machine: Machine,
  localizer: Localizer,
): Promise<boolean> {
  const interruption = new Interruption();
  const { signal } = interruption;
  try {
    const [{ dump, host }, excluded] = await Promise.all([
      new Capturer(machine).capture(signal),
      listExcludedPorts(machine, wanted.transport ?? 'tcp', signal),
    ]);
    answered.push({ source: host, answers: answerPort(dump, wanted, { excluded }, localizer) });
    return false;
  } catch (error) {
    if (error instanceof CaptureStopped) {
      interruption.obey();
    } else if (error instanceof CaptureError) {
      complain(output, `the sockets of this machine cannot be listed: ${error.message}`);
    } else {
      throw error;
    }
    return true;
  } finally {
    interruption.dispose();
  }
}
