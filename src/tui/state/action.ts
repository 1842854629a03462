import type {Report} from '../../model/report.js';
import type {BootJobs} from '../../recording/jobs.js';
import type {UnitRun} from '../../recording/runs.js';
import type {Pane, Progress, PromptKind, Screen, Size} from './state.js';

/** Everything that can happen. What needs the log, the clipboard or a file is done by the controller. */
export type Action =
  | {readonly type: 'move'; readonly by: number}
  | {readonly type: 'page'; readonly by: 1 | -1}
  /** Lines, as a wheel scrolls them; `pane`: what it is over. */
  | {readonly type: 'scroll'; readonly by: number; readonly pane?: Pane}
  | {readonly type: 'edge'; readonly to: 'first' | 'last' | 'start'}
  | {readonly type: 'enter' | 'back' | 'left' | 'right'}
  | {readonly type: 'screen'; readonly screen: Screen}
  | {readonly type: 'nextScreen'; readonly by: 1 | -1}
  | {readonly type: 'nextCause'; readonly by: 1 | -1}
  | {readonly type: 'select'; readonly what: 'item' | 'row'; readonly index: number}
  | {readonly type: 'prompt'; readonly kind: PromptKind}
  | {readonly type: 'type'; readonly text: string}
  | {readonly type: 'erase'; readonly what: 'character' | 'all'}
  | {readonly type: 'submit' | 'cancel'}
  | {readonly type: 'askToHide'; readonly file: string}
  | {readonly type: 'answer'; readonly isYes: boolean}
  | {readonly type: 'again'; readonly by: 1 | -1}
  | {readonly type: 'nextFinding'; readonly by: 1 | -1}
  | {readonly type: 'level' | 'onlyFindings' | 'onlyBoot' | 'clear' | 'order'}
  | {readonly type: 'overlay'; readonly kind: 'help' | 'boots' | 'units'}
  | {readonly type: 'copy' | 'redact'}
  | {readonly type: 'leave'; readonly how: 'quit' | 'interrupt' | 'suspend'}
  | {readonly type: 'resumed'}
  | {readonly type: 'resize'; readonly size: Size}
  | {readonly type: 'report'; readonly report: Report; readonly progress: Progress}
  | {readonly type: 'boot'; readonly index: number}
  | {readonly type: 'progress'; readonly progress: Progress}
  | {readonly type: 'jobs'; readonly jobs: BootJobs}
  | {readonly type: 'forgetRuns'}
  | {readonly type: 'runs'; readonly unit: string; readonly runs: readonly UnitRun[]}
  | {readonly type: 'jumped'}
  | {
      readonly type: 'log';
      readonly count?: number;
      readonly at?: number;
      readonly filtering?: number | null;
    }
  | {readonly type: 'search'; readonly query: string}
  | {readonly type: 'hits'; readonly hits: number; readonly searching: number | null}
  | {readonly type: 'unitFilter'; readonly unit: string | null}
  | {readonly type: 'toast'; readonly text: string; readonly isBad?: boolean};
