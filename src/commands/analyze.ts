import {string} from '@oclif/core/args';
import {Command} from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import {type AnalyzeOptions, analyze, startAnalysis} from '../analyze.js';
import {checkIgnored} from '../cli/known-failures.js';
import {checkOutputs, contextOf, planOutputs, writeFileParts} from '../cli/outputs.js';
import {
  endWithReader,
  hasScreen,
  outputWidth,
  printError,
  stdinIsTerminal,
  wantsColor,
  writeParts,
} from '../cli/terminal.js';
import {ticketText} from '../cli/ticket.js';
import {layouts} from '../intake/detect.js';
import {openSource, totalLength} from '../intake/source.js';
import type {ByteSource} from '../model/byte-source.js';
import type {Report} from '../model/report.js';
import {formatNames, type Renderer} from '../report/formats.js';
import {ignoring} from '../report/ignore.js';
import {ndjsonLines} from '../report/ndjson.js';
import {exitStatus, selectBoots} from '../report/status.js';
import {loadRules} from '../rules/packs.js';
import type {TuiOptions} from '../tui/open.js';

const shortHelp = `whyboot reads a boot log and names the first cause of what went wrong.

  journalctl -b -1 | whyboot     the boot before this one
  whyboot console.log            a serial console, dmesg or journalctl capture
  whyboot --format json FILE     the same for a script

whyboot --help lists everything else.`;

/** Of a text report in a file. */
const fileWidth = 100;

export default class Analyze extends Command {
  static override summary = 'Find the root cause in a boot log.';
  static override description = `Other commands: explain, rules and completion; whyboot COMMAND --help tells about each.

Exit status:
  0    the boot is healthy, or nothing reaches the level of --fail-on
  1    the boot failed or is degraded
  2    wrong usage, or a rule file with errors
  3    the input could not be read, or a report not be written
  4    the log ends too early to tell, and nothing was found
  70   a bug in whyboot
  130  interrupted by Ctrl-C`;
  static override examples = [
    {description: 'The boot before this one', command: 'journalctl -b -1 | <%= config.bin %>'},
    {description: 'A capture of a serial console', command: '<%= config.bin %> console.log'},
    {
      description: 'A script reads it',
      command: '<%= config.bin %> --format json console.log | jq -r .boots[-1].outcome',
    },
    {
      description: 'For a ticket, without names and addresses',
      command: '<%= config.bin %> --redact --output boot.md --output boot.html console.log',
    },
    {
      description: 'In CI, with a failure that is known',
      command: "<%= config.bin %> --ignore 'fstab/*' --output boot.xml console.log",
    },
    {description: 'Each boot of a stream as it ends', command: 'journalctl -f | <%= config.bin %> --format ndjson'},
  ];

  static override args = {
    file: string({
      description: 'log to read, or folder of logs; several are read as one; - or nothing is standard input',
      multiple: true,
      // Without this oclif takes the whole log that is piped in as the name of a file.
      ignoreStdin: true,
    }),
  };

  static override flags = {
    format: Flags.option({
      options: formatNames,
      description: 'print the report like this (default on anything but a terminal: text)',
    })(),
    output: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
      description: 'write the report into this file too, in the format of its extension; may be given several times',
    }),
    boot: Flags.string({
      helpValue: 'N|ID|all',
      multiple: true,
      multipleNonGreedy: true,
      description: 'report this boot only: 0 the last, -1 the one before, 1 the first, a boot id, or all of them',
    }),
    rules: Flags.string({
      helpValue: 'DIR',
      multiple: true,
      multipleNonGreedy: true,
      description: 'use the rules of this directory too; may be given several times',
    }),
    'fail-on': Flags.option({
      options: ['fatal', 'error', 'warning', 'never'] as const,
      default: 'error',
      description: 'the least severity that makes the exit status 1',
    })(),
    ignore: Flags.string({
      helpValue: 'RULE',
      multiple: true,
      multipleNonGreedy: true,
      description:
        'a failure that is known: reported as ignored, not counted; the id of a rule, a fingerprint, or AREA/*',
    }),
    redact: Flags.boolean({
      description: 'hide names of hosts, users and networks, addresses, ids, serial numbers and secrets in the report',
    }),
    'input-format': Flags.option({
      options: layouts,
      description: 'read the input as this form, whatever it looks like; text is all forms whose entries are lines',
    })(),
    color: Flags.boolean({allowNo: true, description: 'colour the text report; by default only on a terminal'}),
    'no-tui': Flags.boolean({description: 'print the report even on a terminal'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Analyze);
    const files = args.file ?? [];
    if (files.length === 0 && stdinIsTerminal()) {
      printError(shortHelp);
      process.exitCode = 2;
      return;
    }
    const outputs = planOutputs(flags.format, flags.output ?? []);
    checkOutputs(outputs, files);
    const source = await openSource(files, process.stdin);
    const inputFormat = flags['input-format'];
    const rules = await loadRules(flags.rules ?? []);
    const ignored = flags.ignore ?? [];
    checkIgnored(ignored, rules);
    const options: AnalyzeOptions = {
      rules,
      scanThread: `${this.config.root}/dist/bin/scan-ahead.cjs`,
      ...(inputFormat !== undefined && {inputFormat}),
    };
    const isAsked = flags.format !== undefined || flags.output !== undefined || flags['no-tui'];
    if (!isAsked && hasScreen()) {
      const status = await this.show(source, files, options, {
        color: wantsColor(flags.color),
        isRedacted: flags.redact,
        marked: report => ignoring(report, ignored),
        bootAsked: report =>
          flags.boot === undefined ? null : (selectBoots(report, flags.boot).at(-1)?.index ?? null),
      });
      // A stream of which more may come must not keep a user who has left.
      process.exit(status);
    }
    const redactor = flags.redact ? (await import('../report/redact.js')).createRedactor(rules) : null;
    const shown = (report: Report): Report => {
      const marked = ignoring(report, ignored);
      return redactor === null ? marked : redactor.report(marked);
    };
    const isStream = outputs.stdout.name === 'ndjson' && flags.boot === undefined;
    if (isStream) endWithReader();
    const context = contextOf(outputs);
    const report = await analyze(source, {
      ...options,
      ...(context !== undefined && {context}),
      ...(redactor !== null && {hears: redactor.learn}),
      ...(isStream && {onBoot: boot => writeParts(ndjsonLines(shown(boot)))}),
    });
    const selected = shown({...report, boots: selectBoots(report, flags.boot ?? ['all'])});
    const render = (renderer: Renderer, color: boolean, width: number): Iterable<string> =>
      renderer(selected, {color, width, rules});
    if (!isStream) writeParts(render(await outputs.stdout.load(), wantsColor(flags.color), outputWidth()));
    for (const {file, format} of outputs.files) writeFileParts(file, render(await format.load(), false, fileWidth));
    process.exitCode = exitStatus(ignoring(report, ignored), {failOn: flags['fail-on'], boots: flags.boot});
  }

  /** The terminal UI. It is large, and loaded only here. */
  private async show(
    source: ByteSource,
    files: readonly string[],
    options: AnalyzeOptions,
    view: Pick<TuiOptions, 'color' | 'isRedacted' | 'marked' | 'bootAsked'>,
  ): Promise<number> {
    const {openTui} = await import('../tui/open.js');
    const {createRedactor} = await import('../report/redact.js');
    return openTui({
      source,
      total: await totalLength(files),
      start: (recorded, onEntry) => startAnalysis(recorded, {...options, onEntry}),
      ticket: (file, parts) => ticketText(file, parts, options.rules ?? []),
      redaction: createRedactor(options.rules),
      ...view,
    });
  }
}
