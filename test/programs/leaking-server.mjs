// A server with the bug that this extension is about: it never closes what its clients have closed.
// Prints its port, and then, for each connection whose client has closed, a line.

import { createServer } from 'node:net';

const server = createServer({ allowHalfOpen: true }, socket => {
  socket.on('error', () => undefined);
  socket.on('end', () => process.stdout.write('closed\n'));
  socket.resume();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

// It ends with whoever started it.
process.stdin.on('close', () => process.exit()).resume();
