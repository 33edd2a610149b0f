import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app-module.js';

const PORT = Number(process.env['PORT'] ?? 8000);

const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger: ['error', 'warn'] });
app.enableShutdownHooks(); // SIGTERM closes the app, and with it the chat
await app.listen(PORT, '127.0.0.1');
console.log(`Nest: http://localhost:${String(PORT)}/chatkit`);
