/*
 * Starts a PostgreSQL server of its own, says on stdout how it is reached, and stops it when stdin ends:
 * that is when the tests are done, and also when their process was killed. It is a process apart, in a
 * session of its own, so that nothing that ends the tests ends it before the server.
 *
 * What it says are lines of JSON: `{ "url": … }` or `{ "problem": … }`. A line `crash` on stdin has the
 * server killed and started again, which is said likewise.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const [initdb, uid, gid] = process.argv.slice(2);
const bin = dirname(initdb);
const directory = mkdtempSync(join(tmpdir(), 'chatkit-pg-'));
const user = uid === undefined ? {} : { uid: Number(uid), gid: Number(gid) };
if (uid !== undefined) chownSync(directory, user.uid, user.gid);
/** What a server says that is started while processes of the one before have not noticed yet that it is gone. */
const STILL_THERE = /pre-existing shared memory block|lock file ".*" already exists/;
let server;
let launch;
let stopping = false;

process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
process.stdin.on('end', stop).on('close', stop);
createInterface(process.stdin).on('line', () => server?.kill('SIGKILL'));

try {
  await start();
} catch (error) {
  say({ problem: `PostgreSQL could not be started: ${error.stderr || error.message}` });
  stop();
}

async function start() {
  const data = join(directory, 'data');
  execFileSync(
    initdb,
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { ...user, cwd: directory, stdio: 'pipe', encoding: 'utf8' },
  );
  const { flags, url } = await address();
  const settings = [
    ...flags,
    'fsync=off',
    'full_page_writes=off',
    'shared_buffers=64MB',
    'max_connections=200',
  ];
  const command = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  launch = () => run(command, url);
  launch();
}

/** Starts the server on its files, again whenever it has ended. */
function run(command, url) {
  server = spawn(join(bin, 'postgres'), command, {
    ...user,
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { pid } = server;
  let isReady = false;
  const said = [];
  server.on('exit', (_, signal) => {
    if (stopping) {
      rmSync(directory, { recursive: true, force: true });
      process.exit();
    } else if (signal === 'SIGKILL' || said.some((line) => STILL_THERE.test(line))) {
      setTimeout(launch, 20);
    } else {
      say({ problem: isReady ? 'PostgreSQL has ended by itself.' : said.join('\n') });
      stop();
    }
  });
  createInterface(server.stderr).on('line', (line) => {
    if (isReady) return;
    said.push(line);
    isReady = line.includes('ready to accept connections');
    if (isReady) say({ url, pid });
  });
}

async function address() {
  if (process.platform !== 'win32') {
    const url = `postgres://postgres@/postgres?host=${encodeURIComponent(directory)}`;
    return { url, flags: ['listen_addresses=', `unix_socket_directories=${directory}`] };
  }
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${String(port)}/postgres`;
  return { url, flags: ['listen_addresses=127.0.0.1', `port=${String(port)}`] };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Immediately: what is in it is thrown away. */
function stop() {
  if (stopping) return;
  stopping = true;
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) {
    rmSync(directory, { recursive: true, force: true });
    process.exit();
  }
  server.kill('SIGQUIT');
}
