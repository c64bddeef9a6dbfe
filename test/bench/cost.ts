import { writeFileSync } from 'node:fs';
import process from 'node:process';

/* Loaded into a measured program: says what it took when it ends. */
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cost = {
    user: userCPUTime / 1000,
    cpu: (userCPUTime + systemCPUTime) / 1000,
    memory: maxRSS / 1024,
  };
  writeFileSync(process.env['BENCH_REPORT'] ?? '', JSON.stringify(cost));
});
