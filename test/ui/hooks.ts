import { capture, closeAll, consoleTail } from '../harness/ui';

/** For every UI test: pictures when one fails, and nothing left running at the end. */
export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') return;
    const files = await capture(this.currentTest.titlePath().join(' '));
    for (const file of files) console.log(`        picture: ${file}`);
    for (const line of consoleTail()) console.log(`        ${line}`);
  },
  async afterAll(): Promise<void> {
    await closeAll();
  },
};
