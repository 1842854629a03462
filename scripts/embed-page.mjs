// Writes src/report/html/assets.generated.ts: the style and the script of the HTML report, small, with the hashes by
// which its Content-Security-Policy knows them.
import {createHash} from 'node:crypto';
import {readFile, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {transform} from 'esbuild';

const folder = fileURLToPath(new URL('../src/report/html/', import.meta.url));

async function asset(file, loader) {
  const {code} = await transform(await readFile(folder + file, 'utf8'), {
    loader,
    minify: true,
    charset: 'utf8',
    target: ['chrome100', 'firefox100', 'safari15.4'],
  });
  const text = code.trim();
  if (/<\/(?:style|script)|<!--/i.test(text)) throw new Error(`${file} would end the element that it stands in`);
  return {text, hash: `sha256-${createHash('sha256').update(text).digest('base64')}`};
}

export async function embedPage() {
  const style = await asset('page.css', 'css');
  const script = await asset('page.js', 'js');
  const constants = {style: style.text, styleHash: style.hash, script: script.text, scriptHash: script.hash};
  const lines = Object.entries(constants).map(
    ([name, value]) => `export const ${name}: string = ${JSON.stringify(value)};\n`,
  );
  await writeFile(
    `${folder}assets.generated.ts`,
    `// Written by scripts/embed-page.mjs from page.css and page.js; not in git.\n${lines.join('')}`,
  );
}
