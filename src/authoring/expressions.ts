import type {Problem} from '../model/errors.js';
import type {LoadedRule} from '../rules/load.js';
import {expressionsIn} from '../rules/schema.js';

type Path = readonly (string | number)[];

/**
 * Expressions that hostile text can keep busy: repetitions that can share characters are tried in every division of
 * them, which takes quadratic time or worse.
 */
export async function checkExpressions(rules: readonly LoadedRule[]): Promise<Problem[]> {
  const {analyse} = await import('scslre');
  return rules.flatMap(({file, content, place}) => {
    const texts = content.match.flatMap(({text}, index): [Path, string][] =>
      text === undefined ? [] : [[['match', index, 'text'], text]],
    );
    return [...texts, ...expressionsIn(content)].flatMap(([path, source]) => {
      const {reports} = analyse(new RegExp(source), {assumeRejectingSuffix: true, maxReports: 1});
      return reports.map(report => ({file, ...place(path), message: describe(report)}));
    });
  });
}

type Report = ReturnType<typeof import('scslre').analyse>['reports'][number];

function describe(report: Report): string {
  const time = report.exponential ? 'exponential' : 'quadratic';
  switch (report.type) {
    case 'Trade': {
      const [first, second] = [report.startQuant.raw, report.endQuant.raw];
      return `takes ${time} time: ${first} and ${second} can match the same characters; let one exclude what the other may match, or put fixed text between them`;
    }
    case 'Self':
      return `takes ${time} time: ${report.quant.raw} can match the same text in several ways; let each character have one place`;
    case 'Move':
      return `takes ${time} time: ${report.quant.raw} is tried anew at each of its characters; begin with fixed text, ^ or \\b`;
  }
}
