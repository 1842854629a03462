/** What systemd's exit statuses mean; systemd.exec(5), "Process Exit Codes". */
const meanings: Readonly<Record<string, string>> = {
  '200': 'its working directory is missing or not accessible',
  '202': 'its file descriptors could not be arranged',
  '203': 'its program, or the interpreter of it, is missing, not executable, or of another architecture',
  '204': 'there was no memory to start it',
  '205': 'a resource limit was refused',
  '206': 'its OOM score could not be set',
  '207': 'its signal mask could not be set',
  '208': 'its standard input, mostly a terminal, is not available',
  '209': 'its standard output (the journal or a file) is not available',
  '210': 'its root directory or image could not be entered',
  '214': 'its CPU scheduling policy was refused',
  '216': 'its group does not exist',
  '217': 'its user does not exist',
  '218': 'its capabilities could not be set',
  '219': 'its control group could not be joined',
  '220': 'no session could be made for it',
  '222': 'its standard error is not available',
  '224': 'its PAM session failed',
  '225': 'its network namespace could not be set up',
  '226': 'its mount namespace could not be set up: a path is missing or read-only',
  '228': 'its system call filter could not be installed',
  '229': 'its SELinux context was refused',
  '231': 'its AppArmor profile is not loaded',
  '233': 'its directory below /run could not be made',
  '237': 'its keyring could not be set up',
  '238': 'its directory below /var/lib could not be made',
  '239': 'its directory below /var/cache could not be made',
  '240': 'its directory below /var/log could not be made',
  '241': 'its directory below /etc could not be made',
  '243': 'a credential that it needs is missing',
  '127': 'a command that its shell calls was not found',
  '126': 'a command that its shell calls is not executable',
};

const signals: Readonly<Record<string, string>> = {
  ABRT: 'it aborted (SIGABRT)',
  SEGV: 'it crashed (SIGSEGV)',
  KILL: 'it was killed (SIGKILL)',
  TERM: 'it was ended (SIGTERM)',
  BUS: 'it crashed (SIGBUS)',
  ILL: 'it used an instruction that this CPU does not have (SIGILL)',
  PIPE: 'the reader of its output was gone (SIGPIPE)',
};

/** Explains `203/EXEC`, `1/FAILURE` or `9/KILL` as PID 1 writes them. */
export function explainExitStatus(status: string): string {
  const [code = '', name = ''] = status.split('/');
  return meanings[code] ?? signals[name] ?? `it ended with exit status ${status}`;
}

/** Explains a unit or job result; systemd's service_result_table in src/core/service.c. */
export function explainResult(result: string): string {
  return results[result] ?? `its result is ${result}`;
}

const results: Readonly<Record<string, string>> = {
  timeout: 'it did not come up in time',
  'exit-code': 'a process of it ended with an error',
  signal: 'a process of it was ended by a signal',
  'core-dump': 'a process of it crashed',
  watchdog: 'it sent no sign of life within its watchdog time',
  'oom-kill': 'the kernel killed a process of it for lack of memory',
  resources: 'systemd could not get what it needs to start it',
  protocol: 'it did not do what its Type= promises',
  'start-limit-hit': 'it was started too often',
  'service-start-limit-hit': 'the service that it starts was started too often',
  'unit-start-limit-hit': 'the unit that it starts was started too often',
  failed: 'its start failed',
};
