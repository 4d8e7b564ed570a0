import { defineConfig } from 'vite'

export default defineConfig({
  base: '/graphiql/',
  build: {
    // clean.mjs empties dist/, which keeps its .gitignore: the Rust build watches that folder.
    emptyOutDir: false,
    // Fonts and images stay files: the page's Content-Security-Policy needs no data: for them.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // "use client" is for servers that render React; there is none here.
      onLog: (level, log, print) => log.code === 'MODULE_LEVEL_DIRECTIVE' || print(level, log),
    },
  },
})
