/* Runs a program, and exits without waiting for it once something comes in: exiting.ts PROGRAM */
import { runProgram } from '../../src/node/runProgram';

void runProgram(process.argv[2]!, [], { cwd: '/', env: process.env, timeout: 60_000, limit: 1e6 });
process.stdin.once('data', () => process.exit());
