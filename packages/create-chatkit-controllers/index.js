#!/usr/bin/env node
// The command `init` of chatkit-controllers, under the name that `npm create` looks for.
const { dirname, join } = require('node:path');

const manifest = require.resolve('chatkit-controllers/package.json');
process.argv.splice(2, 0, 'init');
require(join(dirname(manifest), require(manifest).bin['chatkit-controllers']));
