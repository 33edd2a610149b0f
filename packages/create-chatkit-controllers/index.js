#!/usr/bin/env node
// Runs the command `init` of chatkit-controllers, for `npm create chatkit-controllers`.
const { dirname, join } = require('node:path');

const manifest = require.resolve('chatkit-controllers/package.json');
process.argv.splice(2, 0, 'init');
require(join(dirname(manifest), require(manifest).bin['chatkit-controllers']));
