import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/global-setup.ts',
    // Nothing that a test says may depend on the terminal or the place it runs in.
    env: {TZ: 'UTC', FORCE_COLOR: '0'},
    testTimeout: 20_000,
  },
});
