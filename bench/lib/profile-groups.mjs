import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const IDLE = new Set(['(idle)', '(root)']);

/** Work that both sides have to do, and that would hide in the layer or the built-in that does it: by function and file. */
const WORK = new Map(
  Object.entries({
    'parsing the sender': [/^(?:load|parseItem) .*dist\/(?:shared\/memory-store|stores\/sqlite\/index)\.js$/],
    'writing JSON': [/^jsonText .*dist\//, /^frame .*bench\/servers\/plain\.mjs$/],
    'writing to the socket': [/^(?:writev|writeUtf8String|writeLatin1String) $/],
    'SQLite: statements': [/^(?:all|get) $/],
    'SQLite: transactions': [/^exec $/],
  }),
);

/** What a frame works on, or whose code it is: a layer of ours, a package, Node itself, or V8. */
function groupOf({ functionName, url, lineNumber }) {
  const called = `${functionName} ${url}`;
  for (const [work, functions] of WORK) if (functions.some((each) => each.test(called))) return work;
  if (functionName === '(garbage collector)') return 'V8: garbage collector';
  if (functionName === '(program)') return 'V8 and libuv: native code, system calls';
  if (url === '') return 'V8: built-ins';
  if (url.startsWith('node:')) return 'Node';
  const path = relative(ROOT, url.startsWith('file:') ? fileURLToPath(url) : url);
  const packaged = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  if (packaged !== null) return `package ${packaged[1]}`;
  return path.startsWith('dist/') ? `ours: ${layerOf(path, lineNumber)}` : 'the code of the application';
}

const files = new Map();

/** The bundler writes above each module where it came from. */
function layerOf(path, lineNumber) {
  if (!files.has(path)) files.set(path, readFileSync(`${ROOT}/${path}`, 'utf8').split('\n'));
  const above = files.get(path).slice(0, lineNumber + 1);
  const source = above.findLast((line) => line.startsWith('// src/'));
  return source === undefined ? 'exports' : `${source.split('/')[3]}/`;
}

const placeOf = ({ url, lineNumber }) =>
  url === '' ? '' : `${url.replace(/^file:\/\//, '').replace(ROOT, '')}:${String(lineNumber + 1)}`;

/** Sums a profile's samples. Times are in microseconds; idle time is not among them. */
export function group({ nodes, samples, timeDeltas }) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const groups = new Map();
  const functions = new Map();
  let total = 0;
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    const time = timeDeltas[index];
    if (IDLE.has(frame.functionName) || frame.url === 'node:inspector') return; // the profiler itself
    total += time;
    const name = groupOf(frame);
    groups.set(name, (groups.get(name) ?? 0) + time);
    const place = placeOf(frame);
    const key = `${frame.functionName} ${place}`;
    const known = functions.get(key) ?? {
      name: frame.functionName || '(anonymous)',
      place,
      group: name,
      time: 0,
    };
    known.time += time;
    functions.set(key, known);
  });
  const byTime = (one, other) => other.time - one.time;
  return {
    total,
    groups: Array.from(groups, ([name, time]) => ({ name, time })).sort(byTime),
    functions: [...functions.values()].sort(byTime),
  };
}
