export { chatkit, serveInStep, type ChatKitFetch } from './chatkit';
export { answerOnFetch } from './fetch-adapter';
