import { existsSync } from 'node:fs';

// Imported before the Agents SDK, which reads some of its settings as it loads.
if (existsSync('.env')) process.loadEnvFile('.env');
