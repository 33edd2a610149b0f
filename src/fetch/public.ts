export { chatkit, type ChatKitFetch } from './chatkit';
