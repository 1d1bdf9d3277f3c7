/** What connections cost that are open and rest, as those of browsers do most of the time. */
import net from 'node:net';

const request = `GET /healthz HTTP/1.1\r\nHost: idle\r\nX-Padding: ${'x'.repeat(1500)}\r\n\r\n`;

/** Opens a connection and has one answer on it. */
function open({ hostname, port }) {
  return new Promise((done, failed) => {
    const socket = net.connect({ host: hostname, port: Number(port) }, () => socket.write(request));
    socket.once('error', failed);
    socket.once('data', () => done(socket));
  });
}

/** Bytes of the server's memory for each of `count` connections. */
export async function bytesOfIdleConnections(server, count) {
  const address = new URL(server.address);
  const sockets = [];
  const openMany = async many => {
    // A few at a time, so that none is dropped by a listening queue that is full.
    for (let i = 0; i < many; i += 50) sockets.push(...(await Promise.all(Array.from({ length: 50 }, () => open(address)))));
  };
  await openMany(100);
  const before = server.memory('VmRSS');
  await openMany(count);
  const bytes = (server.memory('VmRSS') - before) / count;
  for (const socket of sockets) socket.destroy();
  return bytes;
}
