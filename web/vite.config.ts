import { defineConfig } from 'vite';

// Paths are relative so that the page can stand under any address. Nothing is inlined: the page's
// content security policy takes scripts, styles and data from its own address only.
export default defineConfig({
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': process.env['DATELINE_SERVER'] ?? 'http://127.0.0.1:8080' } },
});
