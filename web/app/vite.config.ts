import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    // no data: addresses, which the page's policy would have to allow
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: { index: page('index.html'), docs: page('docs.html'), ops: page('ops.html') },
    },
  },
  server: {
    proxy: {
      '/api': 'http://localhost:3000',
      '/asyncapi.yaml': 'http://localhost:3000',
      '/openapi.yaml': 'http://localhost:3000',
      '/ops/feed': { target: 'http://localhost:3000', ws: true },
      '/socket.io': { target: 'http://localhost:3000', ws: true },
    },
  },
  test: { include: ['test/**/*.test.ts'] },
});
