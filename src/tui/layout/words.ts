import type {Outcome, Severity} from '../../model/report.js';
import type {Tone} from './line.js';

export const outcomeTones: Readonly<Record<Outcome, Tone>> = {
  healthy: 'good',
  degraded: 'warn',
  emergency: 'bad',
  panic: 'bad',
  hang: 'bad',
  reboot: 'bad',
  incomplete: 'warn',
};

export const severityTones: Readonly<Record<Severity, Tone>> = {
  fatal: 'bad',
  error: 'bad',
  warning: 'warn',
  info: 'note',
};

/** A share of 1. Only what is whole is 100 %. */
export function percent(share: number): string {
  return `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))} %`;
}
