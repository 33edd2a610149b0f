import { parts } from './parts.mjs';

/** A response that takes all events and sends them nowhere. */
class NullSink {
  gate = new parts.Gate();
  started = false;
  closed = false;

  constructor(onEnd, onProblem) {
    this.onEnd = onEnd;
    this.fail = onProblem;
  }

  open() {
    this.started = true;
  }

  write(text) {
    this.started = true;
    if (text.startsWith('{"type":"error"')) this.fail(new Error(text));
  }

  end() {
    this.closed = true;
    this.onEnd();
  }
}

/** Has an app answer one request without HTTP; resolves when its stream has ended. */
export function runWithoutHttp(app, body) {
  return new Promise((resolve, reject) => {
    app[Symbol.for('chatkit-controllers.served')]
      .handle({ request: {}, readBody: async () => body, requestId: 'bench', locale: 'en' })
      .answer.then((answer) => answer.start(new NullSink(resolve, reject)))
      .catch(reject);
  });
}
