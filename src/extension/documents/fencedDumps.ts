import type * as vscode from 'vscode';

import { getOrAdd } from '../../core/model/maps';
import { kindInSteps } from '../../core/reading/detect';
import { type FencedBlock, fencedBlocks } from '../../core/reading/fencedBlocks';
import { inSlices } from '../host/slices';
import { documentLines } from './documentLines';
import { MARKDOWN } from './language';

/** Languages that a fence names and that are dumps, whatever stands in the block. */
const NAMES: ReadonlySet<string> = new Set(['netstat', 'ss']);

/** The blocks of one version of a document, and of those that were asked for whether they are dumps. */
interface Blocks {
  readonly version: number;
  readonly all: readonly FencedBlock[];
  readonly dumps: Map<FencedBlock, Promise<boolean>>;
}

const known = new WeakMap<vscode.TextDocument, Blocks>();

/** The fenced block of a Markdown document that is a dump and has a 0-based line. */
export async function fencedDumpAt(
  document: vscode.TextDocument,
  line: number,
): Promise<FencedBlock | undefined> {
  const blocks = blocksOf(document);
  const block = blocks.all.find(({ first, last }) => first <= line && line <= last);
  return block !== undefined && (await isDump(document, blocks, block)) ? block : undefined;
}

/** All fenced blocks of a Markdown document that are dumps. */
export async function fencedDumps(document: vscode.TextDocument): Promise<FencedBlock[]> {
  const blocks = blocksOf(document);
  const found: FencedBlock[] = [];
  for (const block of blocks.all) {
    if (await isDump(document, blocks, block)) {
      found.push(block);
    }
  }
  return found;
}

function blocksOf(document: vscode.TextDocument): Blocks {
  const { version, languageId } = document;
  let blocks = known.get(document);
  if (blocks?.version !== version) {
    const all = languageId === MARKDOWN ? fencedBlocks(documentLines(document)) : [];
    blocks = { version, all, dumps: new Map() };
    known.set(document, blocks);
  }
  return blocks;
}

async function isDump(
  document: vscode.TextDocument,
  { dumps }: Blocks,
  block: FencedBlock,
): Promise<boolean> {
  if (NAMES.has(block.language)) {
    return true;
  }
  return getOrAdd(dumps, block, async () => {
    const lines = documentLines(document, block.first, block.last);
    return (await inSlices(kindInSteps(lines))) === 'dump';
  });
}
