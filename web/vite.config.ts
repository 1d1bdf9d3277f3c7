import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The latin letters are on every page, so the browser may fetch them before it has read the style sheet. */
function preloadLatinLetters(): Plugin {
  return {
    name: 'preload-latin-letters',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find(name => /inter-latin-wght-normal.*\.woff2$/.test(name));
        if (!font) return [];
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: '' };
        return [{ tag: 'link', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}

const server = process.env.DIALPINE_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), preloadLatinLetters()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // the content security policy allows no data addresses
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // What every page needs at first is one file: to ask for each of many takes a slow machine longer than to read them.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server: { proxy: { '/api': { target: server, ws: true }, '/problems': server } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
