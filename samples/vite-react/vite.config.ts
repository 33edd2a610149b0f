import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = process.env['SERVER'] ?? 'http://localhost:8000';

/** While developing, the page comes from Vite, and Vite hands what is for the server on to it: one origin. */
export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/chatkit': SERVER, '/login': SERVER } },
  build: { outDir: 'dist/page' },
});
