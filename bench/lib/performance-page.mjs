const docs = new URL('../../docs/', import.meta.url);
export const PAGE = new URL('performance.md', docs);
export const FIGURES = new URL('performance.json', docs);
export const PICTURE = new URL('performance.svg', docs);

const NAMES = {
  a: 'bare `node:http`',
  a2: 'bare, joined writes',
  b: 'Express by hand',
  c: 'chatkit-node-backend-sdk',
  'ours-node': 'ours, `node:http`',
  'ours-express': 'ours, Express',
  'ours-sqlite': 'ours, SQLite',
};

/** Which of the profiles the rows are ordered by. */
const OURS_AT_64 = 1;

const ORDER = ['a', 'a2', 'ours-node', 'b', 'c', 'ours-express', 'ours-sqlite'];
const count = (value) => Math.round(value).toLocaleString('en');

function table(header, rows) {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [
    line(header),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}

function figureOf({ figures }, key, connections) {
  return figures.find((figure) => figure.key === key && figure.connections === connections);
}

const sections = {
  machine: ({ machine, rounds }) =>
    `Node ${machine.node}, ${machine.platform}, ${machine.cpu}; one core for the server, one for the load; medians of ${String(rounds)} rounds in turns.`,

  actions: (figures) =>
    table(
      [
        'Server',
        'requests/s, 64 connections',
        '1 connection',
        'p99 at 64, ms',
        'CPU, µs',
        'memory after, MB',
      ],
      ORDER.map((key) => {
        const many = figureOf(figures, key, 64);
        const one = figureOf(figures, key, 1);
        return [
          NAMES[key],
          count(many.requestsPerSecond),
          count(one.requestsPerSecond),
          many.p99.toFixed(1),
          many.cpuMicros.toFixed(0),
          many.memoryMb.toFixed(0),
        ];
      }),
    ),

  ratios: ({ comparisons }) =>
    table(
      ['Ours to theirs', 'connections', 'requests/s', 'goal', 'p99', 'memory'],
      comparisons
        .filter(({ connections }) => connections !== 4)
        .map(({ ours, theirs, connections, requests, goal, p99, memory }) => [
          `${NAMES[ours]} to ${NAMES[theirs]}`,
          String(connections),
          requests.toFixed(2),
          goal === undefined ? '' : `${goal.toFixed(2)} ${requests >= goal ? 'reached' : 'missed'}`,
          p99.toFixed(2),
          memory.toFixed(2),
        ]),
    ),

  streams: ({ streams: { deltas, long, idle, idleStreams } }) =>
    [
      ...long.map(
        ({ connections, ours, ratio }) =>
          `- ${String(connections)} ${connections === 1 ? 'connection' : 'connections'}: ${count(ours * deltas)} text deltas a second, ${ratio.toFixed(2)} of a loop of \`res.write\`.`,
      ),
      `- ${count(idleStreams)} idle streams: ${(idle.ours / 1024).toFixed(1)} KiB each, ${((idle.ours - idle.bare) / 1024).toFixed(1)} KiB more than a bare response that is kept open.`,
    ].join('\n'),

  scaling: ({ scaling }) => {
    const row = (store, what, rows, field) => [
      `${store}, ${what}`,
      rows.map((each) => `${count(each[field])}: ${each.micros.toFixed(0)} µs`).join(', '),
    ];
    return table(
      ['Store', 'Processor time of an action'],
      scaling.flatMap(({ store, items, handlers }) => [
        row(store, 'items in the thread', items, 'items'),
        row(store, 'handlers', handlers, 'handlers'),
      ]),
    );
  },

  profiles: ({ profiles }) => {
    const names = new Set(profiles.flatMap(({ micros }) => Object.keys(micros)));
    const rows = Array.from(names, (name) => [name, ...profiles.map(({ micros }) => micros[name] ?? 0)]);
    const [large, small] = [true, false].map((isLarge) =>
      rows.filter(([, ...each]) => each.some((value) => value >= 1) === isLarge),
    );
    const sum = (some) => profiles.map((_, index) => some.reduce((all, row) => all + row[index + 1], 0));
    const byOurs = (one, other) => other[OURS_AT_64 + 1] - one[OURS_AT_64 + 1];
    return table(
      [
        'µs of an action',
        ...profiles.map(({ server, connections }) => `${NAMES[server]}, ${String(connections)}`),
      ],
      [...large.sort(byOurs), ['others', ...sum(small)], ['all', ...sum(rows)]].map(([name, ...each]) => [
        name,
        ...each.map((value) => value.toFixed(1)),
      ]),
    );
  },

  installs: ({ installs }) =>
    table(
      ['Application', 'packages', 'installed, MB', 'import, ms'],
      installs.map(({ kind, packages, megabytes, importMs }) => [
        kind,
        String(packages),
        megabytes.toFixed(1),
        importMs.toFixed(0),
      ]),
    ),

  startup: ({ startup }) =>
    [
      `- Importing the package: ${startup.importMs.toFixed(0)} ms beyond its peers.`,
      `- \`createChatKit\` with 1,000 handlers: ${startup.thousandHandlersMs.toFixed(0)} ms.`,
    ].join('\n'),
};

/** The page with what the figures say between its marks `<!-- name -->` and `<!-- /name -->`. */
export function pageWith(figures, page) {
  return Object.entries(sections).reduce((text, [name, write]) => {
    const mark = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!mark.test(text)) throw new Error(`docs/performance.md has no marks for "${name}".`);
    return text.replace(mark, (_, before, after) => `${before}\n${write(figures)}\n\n${after}`);
  }, page);
}

const WIDTH = 760;
const COLOURS = { ours: '#0a7d4f', theirs: '#8a8f98' };
const text = (x, y, content, more = '') =>
  `<text x="${x.toFixed(0)}" y="${y.toFixed(0)}" ${more}>${content.replaceAll('`', '')}</text>`;

function bars(figures, connections, top) {
  const most = Math.max(...ORDER.map((key) => figureOf(figures, key, connections).requestsPerSecond));
  const rows = ORDER.map((key, index) => {
    const { requestsPerSecond } = figureOf(figures, key, connections);
    const y = top + 26 + index * 24;
    const length = (requestsPerSecond / most) * 470;
    const colour = key.startsWith('ours') ? COLOURS.ours : COLOURS.theirs;
    return [
      text(190, y + 13, NAMES[key], 'text-anchor="end"'),
      `<rect x="200" y="${String(y)}" width="${length.toFixed(1)}" height="17" rx="2" fill="${colour}"/>`,
      text(206 + length, y + 13, count(requestsPerSecond)),
    ].join('');
  });
  const title = `Actions a second at ${String(connections)} ${connections === 1 ? 'connection' : 'connections'}`;
  return [text(20, top + 12, title, 'font-weight="600"'), ...rows].join('\n');
}

/** Flat lines: the time of an action by the length of its thread, both on a logarithmic scale. */
function lines({ scaling }, top) {
  const rows = scaling.map(({ items }) => items);
  const [left, right, height] = [200, 670, 150];
  const lengths = rows[0].map(({ items }) => Math.log10(items));
  const x = (items) =>
    left + ((Math.log10(items) - lengths[0]) / (lengths.at(-1) - lengths[0])) * (right - left);
  const most = Math.max(...rows.flat().map(({ micros }) => micros));
  const y = (micros) => top + 30 + height * (1 - micros / (most * 1.15));
  const base = `<line x1="${String(left)}" y1="${y(0).toFixed(0)}" x2="${String(right)}" y2="${y(0).toFixed(0)}" stroke="#c9ccd1"/>`;
  const series = scaling.map(({ store, items }) => {
    const points = items.map((each) => `${x(each.items).toFixed(0)},${y(each.micros).toFixed(0)}`).join(' ');
    const colour = store === 'memory' ? COLOURS.ours : '#2563eb';
    const dots = items.map(
      (each) =>
        `<circle cx="${x(each.items).toFixed(0)}" cy="${y(each.micros).toFixed(0)}" r="3" fill="${colour}"/>` +
        text(x(each.items), y(each.micros) - 9, `${each.micros.toFixed(0)} µs`, 'text-anchor="middle"'),
    );
    const name = text(left - 20, y(items[0].micros) + 4, store, 'text-anchor="end"');
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${name}`;
  });
  const axis = rows[0].map(({ items }) =>
    text(x(items), y(0) + 18, `${count(items)} items`, 'text-anchor="middle"'),
  );
  const title = 'Processor time of an action, by the length of its thread';
  return [text(20, top + 12, title, 'font-weight="600"'), base, ...series, ...axis].join('\n');
}

export function pictureOf(figures) {
  const height = 2 * 220 + 230;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2328" role="img" aria-label="Actions a second of each server, and the time of an action by the length of its thread">`,
    `<rect width="${String(WIDTH)}" height="${String(height)}" fill="#ffffff"/>`,
    bars(figures, 64, 16),
    bars(figures, 1, 236),
    lines(figures, 456),
    '</svg>\n',
  ].join('\n');
}
