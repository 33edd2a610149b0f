/** Who is measured. `skipsOptions`: its runs do not begin with `stream_options`, as the protocol asks. */
export const CONTESTANTS = [
  { key: 'a', title: '(a) bare node:http', script: 'servers/bare.mjs' },
  { key: 'a2', title: '(a2) bare, joined writes', script: 'servers/bare-joined.mjs' },
  { key: 'ours-node', title: 'ours, node:http', script: 'servers/ours-node.mjs' },
  { key: 'ours-sqlite', title: 'ours, SQLite', script: 'servers/ours-sqlite.mjs' },
  { key: 'b', title: '(b) Express by hand', script: 'servers/express.mjs' },
  { key: 'c', title: '(c) backend-sdk', script: 'servers/backend-sdk.mjs', skipsOptions: true },
  { key: 'ours-express', title: 'ours, Express', script: 'servers/ours-express.mjs' },
];

/** Ours over theirs, with the least that is aimed at for requests per second, by connections. */
export const COMPARISONS = [
  { ours: 'ours-node', theirs: 'a', goals: { 1: 0.8, 64: 0.85 } },
  { ours: 'ours-node', theirs: 'a2', goals: {} },
  { ours: 'ours-sqlite', theirs: 'ours-node', goals: { 64: 0.6 } },
  { ours: 'ours-express', theirs: 'b', goals: { 1: 1, 64: 1 } },
  { ours: 'ours-express', theirs: 'c', goals: { 1: 1.3, 4: 1.3, 64: 1.3 } },
];
