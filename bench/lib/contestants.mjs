/** Who is measured. `skipsOptions`: its runs do not begin with `stream_options`, as the protocol asks. */
export const CONTESTANTS = [
  { key: 'a', title: '(a) bare node:http', script: 'servers/bare.mjs' },
  { key: 'a2', title: '(a2) bare, joined writes', script: 'servers/bare-joined.mjs' },
  { key: 'ours-node', title: 'ours, node:http', script: 'servers/ours-node.mjs' },
  { key: 'b', title: '(b) Express by hand', script: 'servers/express.mjs' },
  { key: 'c', title: '(c) backend-sdk', script: 'servers/backend-sdk.mjs', skipsOptions: true },
  { key: 'ours-express', title: 'ours, Express', script: 'servers/ours-express.mjs' },
];

/** Ours over theirs, with the least that is aimed at for requests per second, by connections. */
export const COMPARISONS = [
  { ours: 'ours-node', theirs: 'a', goals: { 1: 0.7, 64: 0.95 } },
  { ours: 'ours-node', theirs: 'a2', goals: { 64: 0.8 } },
  { ours: 'ours-express', theirs: 'b', goals: { 1: 1.1, 4: 1.1, 64: 1.1 } },
  { ours: 'ours-express', theirs: 'c', goals: { 1: 1.1, 4: 1.1, 64: 1.1 } },
];
