/** What connections cost that are open and rest, as those of browsers do most of the time. */
import { chmodSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { run } from './program.mjs';

const request = `GET /healthz HTTP/1.1\r\nHost: idle\r\nX-Padding: ${'x'.repeat(1500)}\r\n\r\n`;

/** Opens a connection, over TLS where the address says so, and has one answer on it. */
function open({ protocol, hostname: host, port }) {
  const connect = protocol === 'https:' ? tls.connect : net.connect;
  return new Promise((done, failed) => {
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false }, () => socket.write(request));
    socket.once('error', failed);
    socket.once('data', () => done(socket));
  });
}

/** What a server needs to speak TLS, made in this folder for the hour. */
export async function tlsOptions(folder) {
  const [certificate, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  await run('openssl', ['req', '-x509', ...curve, '-nodes', '-days', '1', '-subj', '/CN=bench.dialpine.example', '-keyout', key, '-out', certificate]);
  chmodSync(key, 0o600);
  return ['--tls-certificate', certificate, '--tls-key', key];
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
