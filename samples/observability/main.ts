import 'reflect-metadata';
import { createServer } from 'node:http';
import { trace } from '@opentelemetry/api';
import { assistantMessage, ChatController, MemoryStore, OnMessage, progress } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/node';
import { openTelemetry } from 'chatkit-controllers/opentelemetry';
import { startTelemetry } from './telemetry';

/** Stands for a call of a service whose client makes spans, as `fetch` does when it is instrumented. */
async function weather(): Promise<string> {
  return trace.getTracer('weather').startActiveSpan('look up the weather', async (span) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    span.end();
    return 'sunny';
  });
}

@ChatController()
class WeatherController {
  @OnMessage()
  async *reply() {
    yield progress('Looking out of the window…');
    yield assistantMessage(`It is ${await weather()}.`);
  }
}

startTelemetry();
const port = Number(process.env['PORT'] ?? 8000);
const chat = chatkit({
  controllers: [WeatherController],
  store: new MemoryStore(),
  owner: 'shared', // no users: for this machine alone
  telemetry: openTelemetry(),
});
const server = createServer(chat).listen(port, '127.0.0.1', () => {
  console.log(`Observability: http://localhost:${String(port)}/chatkit`);
});

const stop = async (): Promise<void> => {
  server.close();
  await chat.close();
  process.exit(); // the metrics are printed for as long as the process lives
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
