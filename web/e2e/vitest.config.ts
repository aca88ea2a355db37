import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['e2e/*.e2e.ts'], fileParallelism: false, testTimeout: 30_000, hookTimeout: 120_000, expect: { poll: { timeout: 15_000 } } },
});
