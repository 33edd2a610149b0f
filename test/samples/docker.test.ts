import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';

/*
 * There is no Docker here: what can be wrong without one is looked for in the files themselves.
 */

const ROOT = resolve(__dirname, '../..');
const SAMPLE = join(ROOT, 'samples/cluster');
const read = (name: string): string => readFileSync(join(SAMPLE, name), 'utf8');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  peerDependencies: Record<string, string>;
};

interface Instruction {
  name: string;
  rest: string;
  stage: number;
}

/** The instructions of the Dockerfile, each in one line, with the number of their stage. */
function instructions(): Instruction[] {
  let stage = -1;
  const lines = read('Dockerfile')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (name === 'FROM') stage += 1;
    return { name, rest, stage };
  });
}

describe('the Dockerfile', () => {
  const all = instructions();
  const of = (name: string, stage = 1): string[] =>
    all.flatMap((each) => (each.name === name && each.stage === stage ? [each.rest] : []));
  const env = Object.fromEntries(
    of('ENV')
      .join(' ')
      .split(' ')
      .map((pair) => pair.split('=')),
  ) as Record<string, string>;

  it('has instructions that there are, and two stages with a fixed release of Node', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'EXPOSE', 'HEALTHCHECK', 'CMD'];
    expect(all.filter(({ name }) => !known.includes(name))).toEqual([]);
    expect([...of('FROM', 0), ...of('FROM', 1)]).toEqual([
      'node:24-bookworm-slim AS build',
      'node:24-bookworm-slim',
    ]);
  });

  it('copies files that there are', () => {
    const fromContext = of('COPY', 0).flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(fromContext.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '**/node_modules', '**/dist']));
  });

  it('runs scripts that there are, and what the sample compiles to', () => {
    expect(manifest.scripts['prepack']).toBe('npm run build'); // npm pack makes dist
    const commands = [...of('RUN', 0), ...of('RUN', 1)].join('\n');
    for (const [, script = ''] of commands.matchAll(/npm run (\S+)/g))
      expect(manifest.scripts).toHaveProperty([script]);
    expect(of('CMD')).toEqual(['["node", "dist/server.js"]']);
    expect(existsSync(join(SAMPLE, 'server.ts'))).toBe(true);
  });

  it('installs all that the app imports', () => {
    const [install = ''] = of('RUN').filter((command) => command.includes('npm install'));
    const peers = Object.keys(manifest.peerDependencies).filter((name) => install.split(' ').includes(name));
    expect(peers).toEqual(['class-transformer', 'class-validator', 'pg', 'reflect-metadata', 'rxjs']);
  });

  it('is not run as root, by a process that gets the signals itself', () => {
    expect(of('USER')).toEqual(['node']);
    const order = all.filter(({ stage }) => stage === 1).map(({ name }) => name);
    expect(order.lastIndexOf('COPY')).toBeLessThan(order.indexOf('USER'));
    expect(order.indexOf('CMD')).toBeGreaterThan(order.indexOf('USER'));
    expect(of('CMD')[0]).toMatch(/^\["node",/); // no shell in between
  });

  it('asks for the health of the app at its port', () => {
    expect(of('EXPOSE')).toEqual([env['PORT']]);
    expect(env).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' });
    const [check = ''] = of('HEALTHCHECK');
    const [, command = ''] = /CMD (\[.*\])$/.exec(check) ?? [];
    const [program, flag, script] = JSON.parse(command) as string[];
    expect([program, flag]).toEqual(['node', '-e']);
    expect(script).toContain(`http://127.0.0.1:${String(env['PORT'])}/chatkit/health`);
    const asked = script!.replace(String(env['PORT']), '1'); // where nothing listens
    expect(() => execFileSync(process.execPath, ['-e', asked])).toThrow(/Command failed/);
  });
});

describe('compose.yaml', () => {
  interface Service {
    image?: string;
    build?: { context: string; dockerfile: string };
    environment?: Record<string, string>;
    depends_on?: Record<string, { condition: string }>;
    healthcheck?: { test: string[] };
    volumes?: string[];
    ports?: string[];
    deploy?: { replicas: number };
    stop_grace_period?: string;
  }
  const document = parseDocument(read('compose.yaml'));
  const { services, volumes } = document.toJS() as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };

  it('is YAML without mistakes', () => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    expect(Object.keys(services)).toEqual(['database', 'app', 'proxy']);
  });

  it('builds the Dockerfile, three times, on the database', () => {
    const { build, deploy, environment } = services['app']!;
    expect(resolve(SAMPLE, build!.context)).toBe(ROOT);
    expect(existsSync(join(ROOT, build!.dockerfile))).toBe(true);
    expect(deploy).toEqual({ replicas: 3 });
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = services['database']!.environment!;
    expect(environment!['DATABASE_URL']).toBe(
      `postgres://${POSTGRES_USER!}:${POSTGRES_PASSWORD!}@database:5432/${POSTGRES_DB!}`,
    );
  });

  it('waits for what is there and has a health check', () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(services).toHaveProperty([name]);
        expect(condition).toBe('service_healthy');
        expect(name === 'app' || services[name]!.healthcheck !== undefined).toBe(true); // that of app is in its image
      }
    }
  });

  it('mounts what there is', () => {
    const mounts = Object.values(services).flatMap(({ volumes: all = [] }) =>
      all.map((each) => each.split(':')[0]!),
    );
    expect(mounts).toEqual(['database', './nginx.conf']);
    for (const mount of mounts) {
      expect(mount.startsWith('.') ? existsSync(join(SAMPLE, mount)) : mount in volumes).toBe(true);
    }
  });

  it('has ports that agree: this machine alone, nginx, the app', () => {
    const nginx = read('nginx.conf');
    const [, listen = ''] = /listen (\d+);/.exec(nginx) ?? [];
    expect(services['proxy']!.ports).toEqual([`127.0.0.1:8000:${listen}`]);
    expect(/server (\S+) resolve;/.exec(nginx)?.[1]).toBe('app:8000');
    expect(read('Dockerfile')).toContain('PORT=8000');
  });

  it('gives the app more time to stop than the app takes', () => {
    const [, patience = ''] = /const PATIENCE = ([\d_]+);/.exec(read('server.ts')) ?? [];
    const grace = Number(services['app']!.stop_grace_period!.replace('s', '')) * 1000;
    expect(grace).toBeGreaterThan(Number(patience.replace('_', '')) + 5000); // cancelGrace
  });
});
