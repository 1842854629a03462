import type {TextProps} from 'ink';
import type {Tone} from '../layout/line.js';

type Style = Pick<TextProps, 'bold' | 'color' | 'dimColor' | 'inverse' | 'underline'>;

/** The sixteen colours of the terminal's own palette, and never black or white: it may be dark or light. */
const inColor: Readonly<Record<Tone, Style>> = {
  plain: {},
  dim: {dimColor: true},
  strong: {bold: true},
  good: {color: 'green'},
  bad: {color: 'red', bold: true},
  warn: {color: 'yellow'},
  note: {color: 'cyan'},
  code: {color: 'cyan'},
  hit: {inverse: true, bold: true},
};

const withoutColor: Readonly<Record<Tone, Style>> = {
  plain: {},
  dim: {dimColor: true},
  strong: {bold: true},
  good: {},
  bad: {bold: true},
  warn: {},
  note: {},
  code: {},
  hit: {inverse: true, bold: true},
};

export type Theme = Readonly<Record<Tone, Style>>;

export function themeFor(color: boolean): Theme {
  return color ? inColor : withoutColor;
}

/** Of one colour, however many a line has: turned around, each of them would be a patch. A hit stands out of it. */
export function selectedStyle({bold = false, inverse = false}: Style): Style {
  return inverse ? {bold: true, underline: true} : {inverse: true, bold};
}
