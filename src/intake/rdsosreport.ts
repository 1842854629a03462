/**
 * dracut's rdsosreport.txt, also printed on a console: a shell's trace of `+ command` lines with what each command wrote.
 * Only journalctl, dmesg and init.log are logs; what mount, blkid, ls and lvm show is no message of the boot.
 * Source: dracut, modules.d/99base/rdsosreport.sh.
 */

/** `log`: read it as what it looks like. */
export type Section = 'log' | 'command-line' | 'output';

/** In every beginning of a report is one of these; for a scan. */
export const sectionLiterals: readonly string[] = [
  '+ cat /lib/dracut/dracut-',
  '+ cat /proc/cmdline',
  '+ echo /proc/cmdline',
  '+ cat /proc/self/mountinfo',
];

const opening = /^\+ (?:cat \/lib\/dracut\/dracut-|(?:cat|echo) \/proc\/cmdline\s*$|cat \/proc\/self\/mountinfo\s*$)/;
const showsCommandLine = /^\+ (?:cat|sed .*) \/proc\/cmdline\s*$/;
const showsLog = /^\+ (?:journalctl|dmesg)\b|^\+ (?:cat|sed .*) \S*\/init\.log\s*$/;
/** The part of a pipeline that takes passwords out. */
const filter = /^\+ sed -e (?!.* \/(?:etc|proc|run)\/\S+\s*$)/;
/** No command but those that print logs writes lines like these. */
const certainlyLog =
  /^(?:<\d+>)?\[ *\d+\.\d{6}\] |^\p{L}{3} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)? \S+ (?:kernel: |\S+\[\d+\]: )/u;

export interface ReportSections {
  /** Which section a line is in; lines come in order. */
  place(line: string): Section;
  /** Every line matters: a section is open that is no log. */
  readonly isOpen: boolean;
}

export function createReportSections(): ReportSections {
  let section: Section = 'log';
  let isReport = false;
  return {
    place(line) {
      if (line.startsWith('+ ')) {
        isReport ||= opening.test(line);
        if (!isReport || filter.test(line)) return section === 'log' && !isReport ? 'log' : 'output';
        section = showsCommandLine.test(line) ? 'command-line' : showsLog.test(line) ? 'log' : 'output';
        return 'output';
      }
      if (section !== 'log' && certainlyLog.test(line)) section = 'log';
      if (section === 'log') return 'log';
      if (section === 'output' || line.trim() === '') return 'output';
      section = 'output';
      return 'command-line';
    },
    get isOpen() {
      return section !== 'log';
    },
  };
}
