import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {failing, report, root} from './whyboot.js';

test('the library gives the report that the program prints, and nothing on standard error', () => {
  const script = `
    import {analyze, openSource, renderJson} from 'whyboot';
    process.stdout.write(renderJson(await analyze(await openSource(['${failing}'], process.stdin))));`;
  const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(report([failing]));
});
