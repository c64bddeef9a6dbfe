import { runInTerminal } from './terminal';

void runInTerminal(process.argv.slice(2));
