import type {Boot, Cause, Outcome, PhaseName, Severity} from '../../model/report.js';
import type {Tone} from './line.js';

/** Marks say by their form what the colours say. */
export const outcomeMarks: Readonly<Record<Outcome, {readonly mark: string; readonly tone: Tone}>> = {
  healthy: {mark: '✔', tone: 'good'},
  degraded: {mark: '▲', tone: 'warn'},
  emergency: {mark: '✖', tone: 'bad'},
  panic: {mark: '✖', tone: 'bad'},
  hang: {mark: '✖', tone: 'bad'},
  reboot: {mark: '✖', tone: 'bad'},
  incomplete: {mark: '?', tone: 'warn'},
};

export const severityTones: Readonly<Record<Severity, Tone>> = {
  fatal: 'bad',
  error: 'bad',
  warning: 'warn',
  info: 'note',
};

/** The stages of a boot, in their order, and what each does. */
export const stages: readonly {readonly name: PhaseName; readonly words: string; readonly does: string}[] = [
  {name: 'firmware', words: 'firmware', does: 'sets the hardware up and finds something to boot'},
  {name: 'bootloader', words: 'boot loader', does: 'loads the kernel and the initrd'},
  {name: 'kernel', words: 'kernel', does: 'starts drivers, unpacks the initrd, runs init'},
  {name: 'initrd', words: 'initrd', does: 'finds the root file system and mounts it'},
  {name: 'switch-root', words: 'switch root', does: 'makes the root file system the root'},
  {name: 'userspace', words: 'userspace', does: 'starts the services of the system'},
];

export function certaintyOf({confidence, rule}: Cause): string {
  if (confidence !== 'guess') return confidence;
  return rule === null ? 'a guess: no rule knows this failure' : 'a guess';
}

export function unitWords({unit}: Cause, boot: Boot): string | null {
  if (unit === null) return null;
  const runs = boot.units.find(({name}) => name === unit)?.invocations ?? 1;
  return runs > 1 ? `${unit}, first of ${runs} runs` : unit;
}

export function phaseWords(phase: string): string {
  return stages.find(({name}) => name === phase)?.words ?? phase;
}

/** `1 boot`, `2 boots`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** A share of 1. Only what is whole is 100 %. */
export function percent(share: number): string {
  return `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))} %`;
}
